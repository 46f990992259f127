"""Conditions on an event's payload: which there are, what they compare with."""

import math
from collections.abc import Mapping
from typing import TypeGuard

from .registry import NUMBER

TEXT_OPERATORS = ("equal", "not_equal", "contains", "not_contains", "one_of", "set", "not_set")
NUMBER_OPERATORS = ("equal", "not_equal", "more", "at_least", "less", "at_most", "far_from_zero")
ONLY_NUMBERS = frozenset(NUMBER_OPERATORS) - frozenset(TEXT_OPERATORS)
BOOLEAN_OPERATORS = ("true", "false")
OPERATORS = {"text": TEXT_OPERATORS, "number": NUMBER_OPERATORS, "boolean": BOOLEAN_OPERATORS}
WITHOUT_VALUE = ("set", "not_set", "true", "false")


def kind_of(expected: type | tuple[type, ...]) -> str:
    """Class a type of a payload schema as text, number or boolean."""
    if expected is bool:
        return "boolean"
    kinds = expected if isinstance(expected, tuple) else (expected,)
    return "number" if any(kind in NUMBER for kind in kinds) else "text"


def kinds_of(schema: Mapping[str, type | tuple[type, ...]]) -> dict[str, str]:
    """Class each key of a payload schema."""
    return {key: kind_of(expected) for key, expected in schema.items()}


def read_number(text: str) -> float:
    """Read a number as people type it: `1234.5`, `1 234,5`, `-3`.

    :raise ValueError: for anything else, also for both a comma and a point, which
        mean different things in different countries.
    """
    plain = text.replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    plain = plain.replace("\N{NARROW NO-BREAK SPACE}", "")
    if "." not in plain and plain.count(",") == 1:
        plain = plain.replace(",", ".")
    if "_" in plain:
        raise ValueError(text)
    number = float(plain)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def fault(kind: str, operator: str, value: str) -> str:
    """Say what is wrong with a condition: a code, empty if nothing is.

    :return: `operator`, `missing` (no value) or `number` (not a number).
    """
    if operator not in OPERATORS[kind]:
        return "operator"
    if operator in WITHOUT_VALUE:
        return ""
    if not value.strip():
        return "missing"
    if kind == "number":
        try:
            read_number(value)
        except ValueError:
            return "number"
    return ""


def holds(found: object, operator: str, value: str) -> bool:
    """Say whether a payload's value meets a condition that has no fault."""
    if operator in BOOLEAN_OPERATORS:
        return bool(found) is (operator == "true")
    if operator in ("set", "not_set"):
        return bool(str(found or "").strip()) is (operator == "set")
    if operator in ONLY_NUMBERS and not _is_number(found):
        # What an event does not say is neither more nor less than anything.
        return False
    if _is_number(found):
        return _number_holds(found, operator, read_number(value))
    return _text_holds(str(found or "").strip().casefold(), operator, value.strip().casefold())


def _is_number(found: object) -> TypeGuard[float]:
    return isinstance(found, (int, float)) and not isinstance(found, bool)


def _number_holds(found: float, operator: str, value: float) -> bool:
    same = math.isclose(found, value, rel_tol=1e-9, abs_tol=1e-9)
    return {
        "equal": same,
        "not_equal": not same,
        "more": found > value and not same,
        "at_least": found > value or same,
        "less": found < value and not same,
        "at_most": found < value or same,
        "far_from_zero": abs(found) > abs(value)
        or math.isclose(abs(found), abs(value), rel_tol=1e-9),
    }[operator]


def _text_holds(found: str, operator: str, value: str) -> bool:
    return {
        "equal": found == value,
        "not_equal": found != value,
        "contains": value in found,
        "not_contains": value not in found,
        "one_of": found in [part.strip() for part in value.split(",")],
    }[operator]
