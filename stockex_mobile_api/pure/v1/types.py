"""The types that every resource shares: what PostgreSQL could not take never gets in."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

LARGEST_ID = 2**31 - 1
# Any text without NUL, which PostgreSQL refuses.
NO_NUL = r"^[^\x00]*$"
# The same, with a sign that can be seen. Python, Rust and JavaScript each mean something
# else by `\s`, so what cannot be seen is spelt out.
VISIBLE = (
    r"^[^\x00]*[^\x00-\x20\x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u3000\ufeff][^\x00]*$"
)


class Schema(BaseModel):
    """A JSON object of the API; a property that it does not know is an error."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
    )


DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})?")


def _whole(value: object) -> object:
    """Take 2.0 for 2: to JSON they are the same number."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _day(value: object) -> object:
    # Pydantic takes numbers, and texts of digits, for Unix times.
    if value is not None and not (isinstance(value, str) and DAY.fullmatch(value)):
        raise ValueError("a day is written 2026-11-21")
    return value


def _instant(value: object) -> object:
    if value is not None and not (isinstance(value, str) and INSTANT.fullmatch(value)):
        raise ValueError("an instant is written 2026-11-21T08:30:00Z")
    return value


# Limits stand before the validator: after it they would be missing in the JSON schema.
Id = Annotated[
    int,
    Field(ge=1, le=LARGEST_ID, description="Identifier.", examples=[7]),
    BeforeValidator(_whole),
]
Whole = Annotated[int, Field(ge=0, le=LARGEST_ID), BeforeValidator(_whole)]
Text = Annotated[str, StringConstraints(max_length=1000, pattern=NO_NUL)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=VISIBLE)]
Search = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]
Number = Annotated[float, Field(ge=-1e12, le=1e12)]
Positive = Annotated[float, Field(ge=0, le=1e12)]
Day = Annotated[
    date,
    Field(strict=False),
    BeforeValidator(_day),
    Field(description="A day, `2026-11-21`.", examples=["2026-11-21"]),
]


def _with_zone(moment: datetime) -> datetime:
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("an instant needs its offset from UTC, such as 2026-11-21T08:30:00Z")
    # Years at the ends of the calendar cannot be shifted to UTC.
    # Told in UTC, so judged in UTC too: near midnight of a New Year's Eve they differ.
    if (
        abs(offset) >= timedelta(hours=24)
        or not 1900 <= moment.year < 9000
        or not 1900 <= moment.astimezone(UTC).year < 9000
    ):
        raise ValueError("an instant lies between the years 1900 and 8999")
    return moment


Moment = Annotated[
    datetime,
    Field(strict=False),
    BeforeValidator(_instant),
    AfterValidator(_with_zone),
    Field(
        description="An instant with its offset, RFC 3339.",
        examples=["2026-11-21T08:30:00Z"],
        json_schema_extra={"pattern": "^(19|[2-8][0-9])[0-9]{2}-"},
    ),
]


class Link(Schema):
    """Another record, by its identifier and the name that people know it by."""

    id: Id
    name: str


class Page(Schema):
    """What every list takes."""

    limit: Annotated[int, Field(ge=1, le=200), BeforeValidator(_whole)] = 50
    """How many at most, 1 to 200."""
    cursor: Annotated[str, StringConstraints(min_length=1, max_length=600)] | None = None
    """`next_cursor` of the page before."""


class Empty(Schema):
    """A body without properties: `{}`."""


def left_out() -> Any:
    """Return a property that may be left out, but not be null."""
    return Field(default_factory=lambda: None)
