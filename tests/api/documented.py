"""The operations of the document, and how to call each of them."""

import io
import uuid
from collections.abc import Iterator
from typing import Any, NamedTuple

from PIL import Image

from tests.support.server import Server

JPEG = {"Content-Type": "image/jpeg"}
METHODS = ("get", "post", "patch", "put", "delete")


class Documented(NamedTuple):
    """:ivar path: with its parameters filled in."""

    method: str
    path: str
    facts: dict[str, Any]

    @property
    def is_write(self) -> bool:
        """Tell whether it may change something."""
        return self.method != "GET"


def operations(document: dict[str, Any]) -> Iterator[Documented]:
    """Yield every operation, its path parameters set to what exists nowhere."""
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method in methods:
                facts = methods[method]
                filled = path
                for one in facts.get("parameters", ()):
                    if one["in"] == "path":
                        filled = filled.replace(f"{{{one['name']}}}", "2147483647")
                yield Documented(method.upper(), filled, facts)


def body_for(facts: dict[str, Any]) -> dict[str, Any]:
    """Return what requests needs to send a body of the right content type."""
    content = facts.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        return {"json": {}}
    if content:
        return {"data": b"x", "headers": {"Content-Type": next(iter(content))}}
    return {}


def fingerprint(story: Server) -> list[list[str]]:
    """Return what a refused request must leave as it was."""
    return story.sql(
        "SELECT id, state, title, write_date FROM stockex_count_session ORDER BY id"
    ) + story.sql("SELECT count(*), max(id) FROM stockex_count_entry")


def a_picture(width: int, height: int) -> dict[str, Any]:
    """Return what requests needs to send a photo of that size."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), (200, 60, 20)).save(file, "JPEG", quality=10)
    return {"data": file.getvalue(), "headers": JPEG}


def an_entry(line: int) -> dict[str, Any]:
    """Return an entry of one piece."""
    return {"uuid": str(uuid.uuid4()), "quantity": 1, "line_id": line}


def scopes_of(document: dict[str, Any]) -> list[str]:
    """List the scopes that the document names."""
    return document["components"]["securitySchemes"]["oauth2"]["flows"]["clientCredentials"][
        "scopes"
    ]
