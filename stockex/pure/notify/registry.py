"""The names that business events may have, and what their payload must hold.

A name is `<noun>.<past participle>`; a payload schema maps a key to its type.
An addon adds its own with :func:`register`, once, when its models are loaded.
"""

from collections.abc import Mapping

Schema = Mapping[str, type | tuple[type, ...]]

NUMBER = (int, float)
_EVENTS: dict[str, Schema] = {}
_FOR_PROGRAMS: set[str] = set()


def register(name: str, schema: Schema, *, for_people: bool = True) -> None:
    """Add an event name; a second, different schema for a known name is an error.

    :param for_people: False for what only programs follow: no rule can tell it.
    :raise ValueError: if the name is taken by another schema.
    """
    if _EVENTS.setdefault(name, schema) != schema:
        raise ValueError(f"event {name!r} is registered with another schema")
    if not for_people:
        _FOR_PROGRAMS.add(name)


def names() -> list[str]:
    """List the registered names, sorted."""
    return sorted(_EVENTS)


def names_for_people() -> list[str]:
    """List the names that rules can tell people of, sorted."""
    return sorted(filter(is_for_people, _EVENTS))


def is_for_people(name: str) -> bool:
    """Say whether rules may tell people of an event."""
    return name not in _FOR_PROGRAMS


def schema(name: str) -> Schema:
    """Return the payload schema of a name, empty for an unknown one."""
    return _EVENTS.get(name, {})


def payload_faults(name: str, payload: Mapping[str, object]) -> list[str]:
    """Say what is wrong with an event, one text a fault; empty if it is right."""
    schema = _EVENTS.get(name)
    if schema is None:
        return [f"unknown event {name!r}"]
    faults = [f"{key}: missing" for key in schema if key not in payload]
    faults += [f"{key}: not in the schema" for key in payload if key not in schema]
    faults += [
        f"{key}: {type(payload[key]).__name__} instead of {expected}"
        for key, expected in schema.items()
        if key in payload and not _is(payload[key], expected)
    ]
    return faults


def _is(value: object, expected: type | tuple[type, ...]) -> bool:
    kinds = expected if isinstance(expected, tuple) else (expected,)
    return isinstance(value, expected) and (bool in kinds or not isinstance(value, bool))
