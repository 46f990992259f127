"""Bodies that one may send, made from the schemas."""

from collections.abc import Mapping
from typing import Any

from .shapes import REF

FORMATS = {"date": "2026-11-21", "date-time": "2026-11-21T08:30:00Z", "uri": "https://example.com/"}


def example(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Any:
    """Make a value: the schema's own example if it has one, else the least it takes."""
    if "$ref" in schema:
        return example(schemas[schema["$ref"].removeprefix(REF)], schemas)
    if schema.get("examples"):
        return schema["examples"][0]
    if "example" in schema:
        return schema["example"]
    if kinds := schema.get("anyOf") or schema.get("oneOf"):
        return example(next(kind for kind in kinds if kind != {"type": "null"}), schemas)
    if schema.get("default") is not None:
        return schema["default"]
    if "enum" in schema or "const" in schema:
        return (schema.get("enum") or [schema["const"]])[0]
    if schema.get("type") == "array":
        return [example(schema.get("items", {}), schemas)]
    if schema.get("type") == "object" or "properties" in schema:
        return _record(schema, schemas)
    return _scalar(schema)


def _record(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> dict[str, Any]:
    """Fill what is required; everything where nothing is."""
    properties = schema.get("properties", {})
    names = [name for name in properties if name in schema.get("required", ())] or properties
    return {name: example(properties[name], schemas) for name in names}


def _scalar(schema: Mapping[str, Any]) -> Any:
    kind = schema.get("type")
    if kind == "boolean":
        return True
    if kind in ("integer", "number"):
        return max(1, schema.get("minimum", 1))
    return FORMATS.get(schema.get("format", ""), "text".ljust(schema.get("minLength", 0), "x"))
