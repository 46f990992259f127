"""JSON schemas as the few shapes that a language's types are written from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]
REF = "#/components/schemas/"


@dataclass(frozen=True)
class Plain:
    """A JSON type by its name: string, integer, number, boolean, null."""

    name: str


@dataclass(frozen=True)
class Words:
    """One of some texts."""

    values: tuple[str, ...]


@dataclass(frozen=True)
class Record:
    """An object that the document names."""

    name: str


@dataclass(frozen=True)
class Many:
    """A list."""

    item: "Shape"


@dataclass(frozen=True)
class Either:
    """One of several shapes."""

    kinds: "tuple[Shape, ...]"


@dataclass(frozen=True)
class Anything:
    """An object or a value that the document says no more about."""

    is_object: bool = False


Shape = Plain | Words | Record | Many | Either | Anything
NULL = Plain("null")


def shape_of(schema: Schema) -> Shape:
    """Read a schema.

    :raise ValueError: if it says something that no client was taught.
    """
    if "$ref" in schema:
        return Record(schema["$ref"].removeprefix(REF))
    if kinds := schema.get("anyOf") or schema.get("oneOf"):
        found = tuple(dict.fromkeys(shape_of(kind) for kind in kinds))
        return found[0] if len(found) == 1 else Either(found)
    if "enum" in schema or "const" in schema:
        values = schema.get("enum") or [schema["const"]]
        if not all(isinstance(value, str) for value in values):
            raise ValueError(f"an enumeration of more than texts: {values}")
        return Words(tuple(values))
    kind = schema.get("type")
    if isinstance(kind, list):
        return Either(tuple(shape_of({**schema, "type": one}) for one in kind))
    if kind == "array":
        return Many(shape_of(schema.get("items", {})))
    if kind in ("string", "integer", "number", "boolean", "null"):
        return Plain(kind)
    if kind in (None, "object"):
        return Anything(is_object=kind == "object")
    raise ValueError(f"a schema of the type {kind!r}")


def is_nullable(shape: Shape) -> bool:
    """Tell whether null fits."""
    return shape == NULL or (isinstance(shape, Either) and NULL in shape.kinds)
