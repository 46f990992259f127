"""Tell whether clients written for one OpenAPI document can work with another.

What may come: operations, optional parameters and properties of requests, properties of
answers, values of an answer's enumeration, errors. What may not: anything that refuses a
request taken before, or takes out of an answer what was in it.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Any

Part = Mapping[str, Any]
METHODS = ("get", "put", "post", "delete", "patch", "head")
REF = "#/components/schemas/"
# A request's value must not be squeezed.
FLOORS = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
CEILINGS = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
FORMS = ("pattern", "format", "multipleOf", "uniqueItems", "style", "explode")


def breaks(before: Part, after: Part) -> list[str]:
    """List what clients of `before` rely on and `after` does not keep; empty if nothing."""
    return sorted(set(_Comparison(before, after).run()))


class _Comparison:
    """Two documents, and which of their records were compared already."""

    def __init__(self, before: Part, after: Part) -> None:
        self.before, self.after = before, after
        self.seen: set[tuple[str, str, bool]] = set()

    def run(self) -> Iterator[str]:
        for path, item in self.before.get("paths", {}).items():
            now = self.after.get("paths", {}).get(path)
            if now is None:
                yield f"{path} is gone"
                continue
            for method in METHODS:
                if method in item:
                    where = f"{method.upper()} {path}"
                    if method in now:
                        yield from self._operation(where, item[method], now[method])
                    else:
                        yield f"{where} is gone"

    def _operation(self, where: str, before: Part, after: Part) -> Iterator[str]:
        if before.get("operationId") != after.get("operationId"):
            yield f"{where}: its operationId is another"
        yield from _rights(where, before, after)
        yield from self._parameters(where, before, after)
        yield from self._body(f"{where}: body", before, after)
        yield from self._answers(where, before, after)

    def _parameters(self, where: str, before: Part, after: Part) -> Iterator[str]:
        old, new = _parameters(before), _parameters(after)
        for key, one in old.items():
            name = f"{where}: {key[0]} parameter {key[1]}"
            if key not in new:
                yield f"{name} is gone"
                continue
            if new[key].get("required") and not one.get("required"):
                yield f"{name} is required now"
            yield from _forms(name, one, new[key])
            yield from self._schema(name, one.get("schema", {}), new[key].get("schema", {}), True)
        for key in new.keys() - old.keys():
            if new[key].get("required"):
                yield f"{where}: {key[0]} parameter {key[1]} is new and required"

    def _body(self, where: str, before: Part, after: Part) -> Iterator[str]:
        old, new = before.get("requestBody", {}), after.get("requestBody", {})
        if new.get("required") and not old.get("required"):
            yield f"{where} is required now"
        yield from self._content(where, old, new, True)

    def _answers(self, where: str, before: Part, after: Part) -> Iterator[str]:
        for status, old in before.get("responses", {}).items():
            if status.startswith(("2", "3")) and status not in after.get("responses", {}):
                yield f"{where}: the answer {status} is gone"
                continue
            new = after.get("responses", {}).get(status)
            if new is None:
                continue  # an error that does not come any more
            name = f"{where}: answer {status}"
            for header in old.get("headers", {}).keys() - new.get("headers", {}).keys():
                yield f"{name}: the header {header} is gone"
            yield from self._content(name, old, new, False)

    def _content(self, where: str, old: Part, new: Part, sent: bool) -> Iterator[str]:
        for media, content in old.get("content", {}).items():
            if media not in new.get("content", {}):
                yield f"{where}: the content type {media} is gone"
            else:
                now = new["content"][media]
                yield from self._schema(
                    where, content.get("schema", {}), now.get("schema", {}), sent
                )

    # --- Schemas ---

    def _schema(self, where: str, before: Part, after: Part, sent: bool) -> Iterator[str]:
        """Compare what may be sent, or what may be received."""
        pair = (str(before.get("$ref", "")), str(after.get("$ref", "")), sent)
        if all(pair[:2]):
            if pair in self.seen:
                return
            self.seen.add(pair)
            where = where.split(": ")[0] + f": {pair[0].removeprefix(REF)}"
        old = self._kinds(before, self.before)
        new = self._kinds(after, self.after)
        asked, given = (old, new) if sent else (new, old)
        for kind in asked:
            matching = [one for one in given if _fits(_type(kind), _type(one))]
            if not matching:
                word = "does not take" if sent else "may now be"
                yield f"{where} {word} {_type(kind) or 'anything'}"
                continue
            pairs = ((kind, one) if sent else (one, kind) for one in matching)
            found = [list(self._kind(where, first, second, sent)) for first, second in pairs]
            yield from min(found, key=len)

    def _kinds(self, schema: Part, document: Part) -> list[Part]:
        """Write a schema as the list of what it may be."""
        if "$ref" in schema:
            name = schema["$ref"].removeprefix(REF)
            return self._kinds(document["components"]["schemas"][name], document)
        if kinds := schema.get("anyOf") or schema.get("oneOf"):
            return [one for kind in kinds for one in self._kinds(kind, document)]
        if isinstance(schema.get("type"), list):
            return [{**schema, "type": kind} for kind in schema["type"]]
        return [schema]

    def _kind(self, where: str, before: Part, after: Part, sent: bool) -> Iterator[str]:
        yield from _words(where, before, after, sent)
        if sent:
            yield from _limits(where, before, after)
            yield from _forms(where, before, after)
        if "items" in before or "items" in after:
            items = before.get("items", {}), after.get("items", {})
            yield from self._schema(f"{where}[]", *items, sent)
        yield from self._properties(where, before, after, sent)

    def _properties(self, where: str, before: Part, after: Part, sent: bool) -> Iterator[str]:
        old, new = before.get("properties", {}), after.get("properties", {})
        for name, part in old.items():
            if name not in new:
                yield f"{where}.{name} is gone"
            else:
                yield from self._schema(f"{where}.{name}", part, new[name], sent)
        needed, promised = set(after.get("required", ())), set(before.get("required", ()))
        if sent:
            yield from (f"{where}.{name} is required now" for name in needed - promised)
            if _is_open(before) and not _is_open(after):
                yield f"{where} does not take other properties any more"
        else:
            gone = (promised - needed) & new.keys()
            yield from (f"{where}.{name} may be absent now" for name in gone)


def _rights(where: str, before: Part, after: Part) -> Iterator[str]:
    if before.get("security") == [] and after.get("security") != []:
        yield f"{where} needs a key now"
    elif after.get("x-scope", "") not in ("", before.get("x-scope", "")):
        yield f"{where} needs the scope {after['x-scope']} now"


def _parameters(operation: Part) -> dict[tuple[str, str], Part]:
    return {(one["in"], one["name"]): one for one in operation.get("parameters", ())}


def _type(kind: Part) -> str:
    if "type" in kind:
        return str(kind["type"])
    if "enum" in kind or "const" in kind:
        values = kind.get("enum") or [kind.get("const")]
        return "string" if all(isinstance(value, str) for value in values) else ""
    return "object" if "properties" in kind else ""


def _fits(kind: str, other: str) -> bool:
    """Tell whether every value of a type is one of another; "" is any."""
    return kind == other or not other or (kind, other) == ("integer", "number")


def _is_open(kind: Part) -> bool:
    return _type(kind) == "object" and kind.get("additionalProperties", True) is not False


def _words(where: str, before: Part, after: Part, sent: bool) -> Iterator[str]:
    """Compare enumerations; a value may come, none may go."""
    old, new = _values(before), _values(after)
    if old is None and new is not None and sent:
        yield f"{where} takes only {', '.join(map(str, new))} now"
    elif old is not None and new is None and not sent:
        yield f"{where} may now be anything"
    elif old is not None and new is not None:
        yield from (f"{where}: the value {value} is gone" for value in old if value not in new)


def _values(kind: Part) -> list[Any] | None:
    if "const" in kind:
        return [kind["const"]]
    values: list[Any] | None = kind.get("enum")
    return values


def _limits(where: str, before: Part, after: Part) -> Iterator[str]:
    for name in FLOORS:
        # A length begins at zero, a number nowhere.
        lowest = -math.inf if name.endswith("imum") else 0
        if after.get(name, lowest) > before.get(name, lowest):
            yield f"{where}: {name} is {after[name]} now"
    for name in CEILINGS:
        if after.get(name, math.inf) < before.get(name, math.inf):
            yield f"{where}: {name} is {after[name]} now"


def _forms(where: str, before: Part, after: Part) -> Iterator[str]:
    for name in FORMS:
        if name in after and after[name] != before.get(name):
            yield f"{where}: {name} is {after[name]} now"
