"""What a barcode or GS1 string stands for."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from .types import Code, Link, Number, Schema

MatchType = Literal["location", "product", "packaging", "lot", "serial", "package"]


class BarcodeMatch(Schema):
    """One thing that a code stands for."""

    type: MatchType
    product: Link | None = None
    quantity: Number | None = Field(
        None, description="How much of the product the code stands for, in `unit`."
    )
    unit: Link | None = None
    packaging: Link | None = None
    """The unit that the code names, if it is not the product's own."""
    lot: Link | None = None
    """The lot or serial number; null without the scope `lots:read`."""
    location: Link | None = None
    package: Link | None = None


class Gs1Part(Schema):
    """One part of a GS1 code."""

    ai: str = Field(description="Application identifier.", examples=["10"])
    type: str = Field(examples=["lot"])
    value: str | int | float = Field(examples=["L-2026-11"])


class Barcode(Schema):
    """All that a code stands for, as far as the key's scopes and its owner may see it."""

    code: str
    matches: list[BarcodeMatch]
    """Several if it is not unique, a lot number of two products."""
    gs1: list[Gs1Part]
    """The parts of a GS1 code; empty if the code stands for something as it is."""


class BarcodeQuery(Schema):
    """The code."""

    code: Code = Field(
        description="As it was scanned, percent-encoded: GS1 separators as `%1D`.",
        examples=["]C1010376000000001010L-2026-11"],
    )


def plain_parts(parts: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """Return parts of a GS1 code as they are shown."""
    return [
        {
            "ai": part["ai"],
            "type": part["type"],
            "value": value.isoformat() if isinstance(value := part["value"], date) else value,
        }
        for part in parts
    ]
