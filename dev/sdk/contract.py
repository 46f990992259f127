"""The document as clients need it: operations by their groups, records with their properties."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .document import Document
from .shapes import Many, Plain, Record, Shape, Words, is_nullable, shape_of

JSON = "application/json"
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Parameter:
    """A part of a path or of a query string."""

    name: str
    shape: Shape
    description: str
    required: bool
    largest: int | None = None


@dataclass(frozen=True)
class Property:
    """A property of a record; an optional one may be absent."""

    name: str
    shape: Shape
    description: str
    optional: bool


@dataclass(frozen=True)
class Schema:
    """A record that requests or answers are made of."""

    name: str
    description: str
    properties: tuple[Property, ...]
    open: bool


@dataclass(frozen=True)
class Operation:
    """One call.

    :ivar body: schema of its JSON body; empty if it takes none, or one without properties.
    :ivar sends_json: it takes a JSON body, maybe the empty one.
    :ivar media: content types of a body that is no JSON.
    :ivar answer: schema of its JSON answer; empty if there is none.
    :ivar downloads: content types of an answer that is no JSON.
    :ivar item: schema of what its pages hold; empty if it has no pages.
    """

    name: str
    method: str
    path: str
    summary: str
    description: str
    tag: str
    scope: str
    deprecated: bool
    sunset: str
    places: tuple[Parameter, ...]
    query: tuple[Parameter, ...]
    headers: tuple[str, ...]
    body: str
    sends_json: bool
    media: tuple[str, ...]
    answer: str
    downloads: tuple[str, ...]
    item: str

    @property
    def takes_key(self) -> bool:
        """Tell whether an `Idempotency-Key` protects it."""
        return "Idempotency-Key" in self.headers

    @property
    def is_versioned_read(self) -> bool:
        return "If-None-Match" in self.headers

    @property
    def takes_version(self) -> bool:
        return "If-Match" in self.headers

    @property
    def walk_name(self) -> str:
        """The name of the method that goes through all pages."""
        return "iter_" + self.name.removeprefix("list_")

    @property
    def walk_query(self) -> tuple[Parameter, ...]:
        return tuple(one for one in self.query if one.name != "cursor")


@dataclass(frozen=True)
class Group:
    """The operations of one tag."""

    tag: str
    description: str
    operations: tuple[Operation, ...]

    @property
    def class_name(self) -> str:
        return "".join(word.capitalize() for word in re.findall(r"\w+", self.tag))


@dataclass(frozen=True)
class Contract:
    """All of it, in the document's order."""

    version: str
    root: str
    groups: tuple[Group, ...]
    schemas: tuple[Schema, ...]

    @property
    def operations(self) -> Iterator[Operation]:
        for group in self.groups:
            yield from group.operations

    def schema(self, name: str) -> Schema:
        return next(one for one in self.schemas if one.name == name)


def read(document: Document) -> Contract:
    """Read a document."""
    schemas = document["components"]["schemas"]
    sent = _sent(document)
    operations = [
        _operation(path, method, item[method], schemas)
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item
    ]
    groups = [
        Group(tag["name"], tag.get("description", ""), tuple(found))
        for tag in document["tags"]
        if (found := [one for one in operations if one.tag == tag["name"]])
    ]
    return Contract(
        version=document["info"]["version"],
        root=document["servers"][0]["url"],
        groups=tuple(groups),
        schemas=tuple(_schema(name, schemas[name], name in sent) for name in sorted(schemas)),
    )


def _schema(name: str, schema: Mapping[str, Any], is_sent: bool) -> Schema:
    required = schema.get("required", ())
    properties = []
    for key, part in schema.get("properties", {}).items():
        shape = shape_of(part)
        # An answer has all that cannot be null, unless `fields` asked for less.
        optional = key not in required and (is_sent or is_nullable(shape))
        properties.append(Property(key, shape, _text(part), optional))
    return Schema(name, schema.get("description", ""), tuple(properties), _is_open(schema))


def _is_open(schema: Mapping[str, Any]) -> bool:
    return schema.get("additionalProperties", True) is not False


def _text(part: Mapping[str, Any]) -> str:
    for one in (part, *part.get("anyOf", ())):
        if one.get("description"):
            return str(one["description"])
    return ""


def _sent(document: Document) -> set[str]:
    """Name the records that requests are made of."""
    found: set[str] = set()
    todo = [
        content["schema"]
        for item in document["paths"].values()
        for method in METHODS
        for content in item.get(method, {}).get("requestBody", {}).get("content", {}).values()
        if "schema" in content
    ]
    while todo:
        for name in set(_references(todo.pop())) - found:
            found.add(name)
            todo.append(document["components"]["schemas"][name])
    return found


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"].rsplit("/", 1)[1]
        for value in part.values():
            yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)


def _operation(
    path: str, method: str, raw: Mapping[str, Any], schemas: Mapping[str, Any]
) -> Operation:
    parameters = raw.get("parameters", ())
    content = raw.get("requestBody", {}).get("content", {})
    good = next(raw["responses"][code] for code in raw["responses"] if code.startswith("2"))
    answers = good.get("content", {})
    body, answer = _named(content.get(JSON)), _named(answers.get(JSON))
    query = tuple(_parameter(one) for one in parameters if one["in"] == "query")
    return Operation(
        name=raw["operationId"],
        method=method.upper(),
        path=path,
        summary=raw["summary"],
        description=raw.get("description", ""),
        tag=raw["tags"][0],
        scope=raw.get("x-scope", ""),
        deprecated=raw.get("deprecated", False),
        sunset=raw.get("x-sunset-on", ""),
        places=tuple(_parameter(one) for one in parameters if one["in"] == "path"),
        query=query,
        headers=tuple(one["name"] for one in parameters if one["in"] == "header"),
        body=body if body and schemas[body].get("properties") else "",
        sends_json=JSON in content,
        media=tuple(one for one in content if one != JSON),
        answer=answer,
        downloads=tuple(one for one in answers if one != JSON),
        item=_item(query, schemas.get(answer, {})),
    )


def _named(content: Mapping[str, Any] | None) -> str:
    if content is None:
        return ""
    shape = shape_of(content["schema"])
    if not isinstance(shape, Record):
        raise ValueError("a body without a name of its own")
    return shape.name


def _parameter(raw: Mapping[str, Any]) -> Parameter:
    shape = shape_of(raw["schema"])
    return Parameter(
        raw["name"],
        shape,
        raw.get("description", ""),
        raw.get("required", False),
        raw["schema"].get("maximum") if shape == Plain("integer") else None,
    )


def _item(query: tuple[Parameter, ...], answer: Mapping[str, Any]) -> str:
    """Return what the pages hold, if the answer says when they end."""
    properties = answer.get("properties", {})
    if "cursor" not in [one.name for one in query] or "next_cursor" not in properties:
        return ""
    data = shape_of(properties.get("data", {}))
    ends = is_nullable(shape_of(properties["next_cursor"]))
    if ends and isinstance(data, Many) and isinstance(data.item, Record):
        return data.item.name
    return ""


def field_words(operation: Operation) -> tuple[str, ...]:
    """Return the properties that `fields` may name."""
    for one in operation.query:
        if one.name == "fields" and isinstance(one.shape, Many):
            return one.shape.item.values if isinstance(one.shape.item, Words) else ()
    return ()
