"""The OpenAPI 3.1 document, written from the operations themselves."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from .headers import (
    IDEMPOTENCY,
    IDEMPOTENCY_OF_A_SECRET,
    IF_MATCH,
    IF_NONE_MATCH,
    RATE,
    REQUEST_ID,
    RETRY,
)
from .operation import JSON, PROBLEM, Operation
from .problem import Problem
from .refusals import refusals_of

Document = dict[str, Any]
REF = "#/components/schemas/{model}"
PATH_ID = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
PATH_TEXT = {"type": "string", "minLength": 1, "maxLength": 200}


def build(
    operations: Iterable[Operation],
    scopes: Mapping[str, str],
    version: str,
    tags: Mapping[str, str],
    base: str,
) -> Document:
    """Write the document.

    :param scopes: scope -> what it allows.
    :param version: of the API's document.
    :param tags: group of operations -> what it is about, in the order to show.
    :param base: path under which the version lives.
    """
    operations = list(operations)
    names, schemas = _schemas(operations)
    paths: dict[str, Document] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(
            operation, names
        )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Stockex API",
            "version": version,
            "summary": "Count, trace and follow stock.",
            "description": INTRODUCTION,
            "license": {"name": "LGPL-3.0-only", "identifier": "LGPL-3.0-only"},
        },
        "servers": [{"url": base, "description": "This server"}],
        "tags": [{"name": name, "description": text} for name, text in tags.items()],
        "security": [{"key": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": schemas,
            "securitySchemes": _security(scopes),
        },
    }


INTRODUCTION = """
Every request is made as the owner of its key, with the owner's rights: what they may not
see is not found.

* **Keys**: `Authorization: Bearer sxk_…`, or an access token of OAuth 2.
* **Lists** come in pages of at most 200; `next_cursor` goes into `cursor`.
* **Sparse fields**: `fields=id,name` sends only these.
* **Versions of a record**: its `ETag` goes into `If-Match`; 412 says that it changed.
* **Repeating**: give every POST an `Idempotency-Key`; the same key and body get the same
  answer for a day, and nothing happens twice. An answer that holds a secret is not kept:
  there the second request gets 409.
* **Limits**: `RateLimit` says what is left; 429 says when to go on.
* **Errors** are `application/problem+json`. A business refusal is 409, and its `detail`
  names the record and the way out.
* **Instants** are in UTC; quantities are in the unit beside them, amounts in their currency.
* **Versions**: what is here stays as it is in `/v1`. Properties may be added. What will end
  says so in `Deprecation` and `Sunset` headers, a year ahead.
""".strip()


def _schemas(operations: list[Operation]) -> tuple[dict[type[BaseModel], str], Document]:
    """Return the reference of each model, and all their schemas."""
    wanted: dict[type[BaseModel], None] = {Problem: None}
    for operation in operations:
        for model in (operation.body, operation.response):
            if model:
                wanted[model] = None
    found, document = models_json_schema(
        [(model, "validation") for model in wanted], ref_template=REF
    )
    names = {model: found[model, "validation"]["$ref"] for model in wanted}
    return names, dict(sorted(document["$defs"].items()))


def _operation(operation: Operation, names: Mapping[type[BaseModel], str]) -> Document:
    found: Document = {
        "operationId": operation.name,
        "summary": operation.summary,
        "tags": [operation.tag],
        "responses": _responses(operation, names),
    }
    if about := operation.about:
        found["description"] = about
    if parameters := _parameters(operation):
        found["parameters"] = parameters
    if operation.takes_body:
        found["requestBody"] = {"required": True, "content": _body(operation, names)}
    if operation.scope is None:
        found["security"] = []
    elif operation.scope:
        found["security"] = [{"key": []}, {"oauth2": [operation.scope]}]
        found["x-scope"] = operation.scope
    if operation.deprecated:
        found["deprecated"] = True
        found["x-deprecated-on"] = operation.deprecated.isoformat()
    if operation.sunset:
        found["x-sunset-on"] = operation.sunset.isoformat()
    return found


def _body(operation: Operation, names: Mapping[type[BaseModel], str]) -> Document:
    content: Document = {media: {} for media in operation.media}
    if operation.body:
        content[JSON] = {"schema": {"$ref": names[operation.body]}}
    return content


def _parameters(operation: Operation) -> list[Document]:
    found = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": PATH_ID if name.endswith("_id") else PATH_TEXT,
        }
        for name in operation.parameters
    ]
    if operation.query:
        found += _query_parameters(operation.query)
    if operation.method == "POST":
        found.append(IDEMPOTENCY_OF_A_SECRET if operation.secret else IDEMPOTENCY)
    if operation.versioned:
        found.append(IF_NONE_MATCH if operation.is_safe else IF_MATCH)
    return found


def _query_parameters(model: type[BaseModel]) -> list[Document]:
    schema = model.model_json_schema(ref_template=REF)
    found = []
    for name, part in schema.get("properties", {}).items():
        part = _without_null(part)
        description = part.pop("description", None)
        examples = part.pop("examples", None)
        part.pop("title", None)
        one: Document = {"name": name, "in": "query", "schema": part}
        if name in schema.get("required", ()):
            one["required"] = True
        if description:
            one["description"] = description
        if examples:
            one["example"] = examples[0]
        if part.get("type") == "array":
            one |= {"style": "form", "explode": False}
        found.append(one)
    return found


def _without_null(part: Document) -> Document:
    """Say what a parameter may be: it is left out, never null."""
    kinds = [kind for kind in part.get("anyOf", ()) if kind != {"type": "null"}]
    rest = {name: value for name, value in part.items() if name not in ("anyOf", "default")}
    if "default" in part and part["default"] is not None:
        rest["default"] = part["default"]
    if len(kinds) == 1:
        return {**kinds[0], **rest}
    return {**rest, "anyOf": kinds} if kinds else rest


def _responses(operation: Operation, names: Mapping[type[BaseModel], str]) -> Document:
    headers: Document = {**REQUEST_ID, **(RATE if operation.scope is not None else {})}
    if operation.versioned and operation.is_safe:
        headers["ETag"] = {
            "description": "The version of the record.",
            "schema": {"type": "string"},
        }
    if operation.located:
        headers["Location"] = {"description": "Where it is.", "schema": {"type": "string"}}
    good: Document = {"description": operation.summary, "headers": headers}
    if operation.response:
        good["content"] = {JSON: {"schema": {"$ref": names[operation.response]}}}
    elif operation.answers:
        good["content"] = {
            media: {"schema": {"type": "string", "contentMediaType": media}}
            for media in operation.answers
        }
    found: Document = {str(operation.status): good}
    if operation.versioned and operation.is_safe:
        found["304"] = {"description": "Not changed since the version in `If-None-Match`."}
    for status, text in refusals_of(operation).items():
        found[str(status)] = {
            "description": text,
            "headers": {**REQUEST_ID, **(RETRY if status in (429, 503) else {})},
            "content": {PROBLEM: {"schema": {"$ref": names[Problem]}}},
        }
    return found


def _security(scopes: Mapping[str, str]) -> Document:
    flows = {"tokenUrl": "/stockex/oauth/token", "scopes": dict(scopes)}
    return {
        "key": {
            "type": "http",
            "scheme": "bearer",
            "description": "An API key (`sxk_…`), or an access token.",
        },
        "oauth2": {
            "type": "oauth2",
            "flows": {
                "authorizationCode": {
                    "authorizationUrl": "/stockex/oauth/authorize",
                    "refreshUrl": "/stockex/oauth/token",
                    **flows,
                },
                "clientCredentials": flows,
            },
        },
    }
