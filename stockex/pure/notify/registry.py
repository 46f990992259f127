"""The names that business events may have, and what their payload must hold.

A name is `<noun>.<past participle>`; a payload schema maps a key to its type.
An addon adds its own with :func:`register`, once, when its models are loaded.
"""

from collections.abc import Mapping

Schema = Mapping[str, type | tuple[type, ...]]

NUMBER = (int, float)
_EVENTS: dict[str, Schema] = {}


def register(name: str, schema: Schema) -> None:
    """Add an event name; a second, different schema for a known name is an error.

    :raise ValueError: if the name is taken by another schema.
    """
    if _EVENTS.setdefault(name, schema) != schema:
        raise ValueError(f"event {name!r} is registered with another schema")


def names() -> list[str]:
    """List the registered names, sorted."""
    return sorted(_EVENTS)


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
