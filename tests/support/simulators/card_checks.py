"""Checks of single values, which the check of a card is made of."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

Problem = tuple[str, str]  # where, what is wrong
Check = Callable[[Any, str], Iterator[Problem]]
Properties = dict[str, Check]
Kinds = dict[str, tuple[Properties, tuple[str, ...]]]


def typed(kinds: Kinds) -> Check:
    """Check an object by what its `type` says it is."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield at, "must be an object"
            return
        # A part of a known kind may leave its type out.
        kind = value.get("type", next(iter(kinds)) if len(kinds) == 1 else None)
        if (
            not isinstance(kind, str)
            or kind not in kinds
            or (kind == "AdaptiveCard" and "type" not in value)
        ):
            yield f"{at}.type", f"{kind!r} is none of {', '.join(kinds)}"
            return
        properties, required = kinds[kind]
        for name in required:
            if name not in value:
                yield f"{at}.{name}", "is required"
        for name, part in value.items():
            if name in properties:
                yield from properties[name](part, f"{at}.{name}")
            elif name != "type":
                yield f"{at}.{name}", f"{kind} has no such property"

    return check


def string(value: Any, at: str) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield at, "must be a string"


def text(value: Any, at: str) -> Iterator[Problem]:
    if not isinstance(value, str) or not value:
        yield at, "must be a string that is not empty"


def boolean(value: Any, at: str) -> Iterator[Problem]:
    if not isinstance(value, bool):
        yield at, "must be a boolean"


def number(value: Any, at: str) -> Iterator[Problem]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield at, "must be a number"


def an_object(value: Any, at: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield at, "must be an object"


def one_of(*allowed: str) -> Check:
    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, str) or value.lower() not in {name.lower() for name in allowed}:
            yield at, f"{value!r} is none of {', '.join(allowed)}"

    return check


def url(value: Any, at: str) -> Iterator[Problem]:
    parts = urlsplit(value) if isinstance(value, str) else None
    if not parts or parts.scheme not in {"http", "https"} or not parts.hostname:
        yield at, "must be an absolute URL"


def picture(value: Any, at: str) -> Iterator[Problem]:
    if not (isinstance(value, str) and value.startswith("data:image/")):
        yield from url(value, at)


def version(value: Any, at: str) -> Iterator[Problem]:
    if not isinstance(value, str) or not re.fullmatch(r"1\.[0-5]", value):
        yield at, f"{value!r} is not between 1.0 and 1.5"


def width(value: Any, at: str) -> Iterator[Problem]:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        yield at, "must be a number, auto, stretch or pixels"
    elif isinstance(value, str) and not re.fullmatch(r"auto|stretch|\d+(\.\d+)?(px)?", value):
        yield at, f"{value!r} is no width"


def pixels(value: Any, at: str) -> Iterator[Problem]:
    if not isinstance(value, str) or not re.fullmatch(r"\d+px", value):
        yield at, "must be pixels, as in 50px"


def list_of(check: Check) -> Check:
    def check_all(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield at, "must be an array"
            return
        for number, part in enumerate(value):
            yield from check(part, f"{at}[{number}]")

    return check_all
