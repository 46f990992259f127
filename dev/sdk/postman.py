"""The collection for Postman: a folder a tag, a request an operation."""

import json
import re
from typing import Any

from . import contract as facts
from .document import Document
from .examples import example
from .words import HEADER, sentence

SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
SERVER = "http://127.0.0.1:8069"


def files(contract: facts.Contract, document: Document) -> dict[str, str]:
    """Return path below `sdk/postman` -> text."""
    collection = {
        "info": {
            "name": document["info"]["title"],
            "description": f"{HEADER}\n\n{document['info']['description']}",
            "version": contract.version,
            "schema": SCHEMA,
        },
        "auth": {
            "type": "bearer",
            "bearer": [{"key": "token", "value": "{{key}}", "type": "string"}],
        },
        "variable": [
            {"key": "baseUrl", "value": SERVER + contract.root, "type": "string"},
            {"key": "key", "value": "", "type": "string", "description": "An API key, sxk_…"},
        ],
        "item": [
            {
                "name": group.tag,
                "description": group.description,
                "item": [_item(one, document) for one in group.operations],
            }
            for group in contract.groups
        ],
    }
    text = json.dumps(collection, indent=2, ensure_ascii=False) + "\n"
    return {"stockex.postman_collection.json": text}


def _item(operation: facts.Operation, document: Document) -> dict[str, Any]:
    raw = document["paths"][operation.path][operation.method.lower()]
    texts = [operation.description, f"Scope: `{operation.scope}`." if operation.scope else ""]
    request: dict[str, Any] = {
        "method": operation.method,
        "description": "\n\n".join(sentence(text) for text in texts if text),
        "header": _headers(operation),
        "url": _url(operation, raw.get("parameters", [])),
    }
    if operation.sends_json:
        schema = raw["requestBody"]["content"][facts.JSON]["schema"]
        body = example(schema, document["components"]["schemas"])
        request["body"] = {
            "mode": "raw",
            "raw": json.dumps(body, indent=2, ensure_ascii=False),
            "options": {"raw": {"language": "json"}},
        }
    elif operation.media:
        request["body"] = {"mode": "file", "file": {"src": ""}}
    return {"name": operation.summary, "request": request, "response": []}


def _headers(operation: facts.Operation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if operation.sends_json or operation.media:
        media = facts.JSON if operation.sends_json else operation.media[0]
        found.append({"key": "Content-Type", "value": media})
    if operation.takes_key:
        found.append({"key": "Idempotency-Key", "value": "{{$guid}}"})
    if operation.takes_version:
        found.append({"key": "If-Match", "value": "", "disabled": True})
    return found


def _url(operation: facts.Operation, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    path = re.sub(r"{(\w+)}", r":\1", operation.path)
    url: dict[str, Any] = {
        "raw": "{{baseUrl}}" + path,
        "host": ["{{baseUrl}}"],
        "path": path.strip("/").split("/"),
    }
    query = [
        {
            "key": one["name"],
            "value": _shown(one),
            "description": one.get("description", ""),
            **({} if one.get("required") else {"disabled": True}),
        }
        for one in parameters
        if one["in"] == "query"
    ]
    if query:
        url["query"] = query
    if operation.places:
        url["variable"] = [
            {"key": one["name"], "value": _shown(one)} for one in parameters if one["in"] == "path"
        ]
    return url


def _shown(parameter: dict[str, Any]) -> str:
    """Write an example as a query string has it."""
    value = parameter["example"] if "example" in parameter else example(parameter["schema"], {})
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
