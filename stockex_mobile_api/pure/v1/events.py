"""Events: what happened, in the order in which it became true."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from .types import Id, Moment, Schema, Whole

NOW = "now"
After = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[0-9a-z-]+$")]
EventName = Annotated[str, StringConstraints(max_length=100, pattern=r"^[a-z_]+\.[a-z_]+$")]
WORDS = {"str": "text", "int": "whole number", "float": "number", "bool": "true or false"}
WORDS |= {"list": "list", "dict": "object"}


class Event(Schema):
    """A business fact; it never changes."""

    sequence: str = Field(description="Goes into `after` to go on from here.")
    id: Id
    name: str = Field(examples=["count.posted"])
    time: Moment
    company_id: Id
    model: str | None = Field(description="Of the record.", examples=["stockex.count.session"])
    record_id: Whole | None = Field(description="What it happened to.")
    payload: dict[str, Any] | None = Field(description="As its name says; see above.")


class EventQuery(Schema):
    """From where on, and which."""

    after: After | None = Field(
        None,
        description="`next`, or an event's `sequence`: what came after it. `now`: nothing yet, "
        "only where to begin. From the first one on if left out.",
    )
    name: Annotated[list[EventName] | None, Field(min_length=1, max_length=50)] = None
    """Only events of these names."""
    limit: Annotated[int, Field(ge=1, le=200)] = 100
    """How many at most, 1 to 200."""


class EventPage(Schema):
    """What happened next, and where to go on."""

    data: list[Event]
    next: str = Field(description="Goes into `after` next time; also when nothing is new.")
    more: bool = Field(description="There may be more already: ask again at once.")


def describe(schemas: Mapping[str, Mapping[str, object]]) -> str:
    """Write what each event's payload holds, as a list in Markdown.

    :param schemas: name -> property -> type or types.
    """
    lines = [
        f"* `{name}`: " + (", ".join(_property(*one) for one in schema.items()) or "nothing")
        for name, schema in sorted(schemas.items())
    ]
    return "\n".join(lines)


def _property(name: str, kinds: object) -> str:
    every: Iterable[object] = kinds if isinstance(kinds, tuple) else (kinds,)
    words = [WORDS.get(getattr(kind, "__name__", ""), "value") for kind in every]
    # An int is a number too.
    text = "number" if "number" in words else " or ".join(words)
    return f"`{name}` ({text})"
