"""Count lines: what a session expects and finds, its entries, scans and photos."""

from typing import Annotated, Literal

from pydantic import Field

from .counts import SeesBook
from .listing import listing, page_of, single
from .types import Code, Id, Link, Moment, Name, Number, Page, Schema, Text, Whole

LineState = Literal["pending", "counted", "posted", "failed"]
Verdict = Literal["matched", "different", "moved"]
Uuid = Annotated[
    str,
    Field(
        min_length=8,
        max_length=100,
        pattern=r"^[0-9A-Za-z][0-9A-Za-z._:-]*$",
        description="Made by the client, once an entry: sent again it counts once.",
        examples=["3f0c2a52-5d0f-4c4e-9f0b-0d8f3f3f6a11"],
    ),
]
LineIds = Annotated[list[Id], Field(min_length=1, max_length=1000)]


class Line(Schema):
    """A product in a place, with its lot, package and owner."""

    id: Id = 71
    product: Link | None = None
    location: Link | None = None
    lot: Link | None = None
    package: Link | None = None
    owner: Link | None = None
    zone: Link | None = None
    unit: Link | None = None
    """Of every quantity here."""
    state: LineState = "pending"
    counted_quantity: Number = 0
    """By everybody together."""
    is_unexpected: bool = False
    """Not in the book when the count started."""
    recount: bool = False
    """Sent back to be counted again."""
    recount_round: Whole = 0
    first_entry_at: Moment | None = None
    last_entry_at: Moment | None = None
    note: str | None = None
    post_error: str | None = None
    """Why its correction could not be posted."""
    photo_count: Whole = 0
    book_quantity: Number | None = Field(None, description=SeesBook)
    book_at_count: Number | None = Field(None, description=f"When it was counted. {SeesBook}")
    difference: Number | None = Field(None, description=SeesBook)
    difference_value: Number | None = Field(None, description=SeesBook)
    unit_cost: Number | None = Field(None, description=SeesBook)
    verdict: Verdict | None = Field(None, description=SeesBook)
    out_of_tolerance: bool | None = Field(None, description=SeesBook)
    reason: Link | None = Field(None, description=SeesBook)
    updated_at: Moment | None = None


class LineFilter(Page):
    """Which lines."""

    state: Annotated[list[LineState] | None, Field(min_length=1, max_length=4)] = None
    location_id: Id | None = None
    product_id: Id | None = None
    zone_id: Id | None = None
    verdict: Annotated[list[Verdict] | None, Field(min_length=1, max_length=3)] = None
    """Only for those who see the book."""
    recount: bool | None = None
    out_of_tolerance: bool | None = None
    """Only for those who see the book."""
    updated_since: Moment | None = None


class LineUpdate(Schema):
    """What those who review write on a line; null empties."""

    note: Text | None = None
    reason_id: Id | None = None


class LineChoice(Schema):
    """Lines of the count."""

    line_ids: LineIds


class LineList(Schema):
    """Lines, in the order of the walk."""

    data: list[Line]


class EntryItem(Schema):
    """What somebody counted at one moment: on a line, or of a product in a place."""

    uuid: Uuid
    quantity: Annotated[float, Field(ge=-1e9, le=1e9)]
    line_id: Id | None = None
    product_id: Id | None = None
    location_id: Id | None = None
    lot_id: Id | None = None
    package_id: Id | None = None
    owner_id: Id | None = None
    unit_id: Id | None = None
    """Of the quantity; the product's own if left out."""
    mode: Literal["add", "set"] = "add"
    """`set` replaces what this user counted on the line before."""
    counted_at: Moment | None = None
    """When it was counted, if it was earlier."""
    device: Name | None = None


class EntryBatch(Schema):
    """Entries; each is taken or refused by itself."""

    entries: Annotated[list[EntryItem], Field(min_length=1, max_length=1000)]


class EntryResult(Schema):
    """What became of one entry."""

    uuid: str
    status: Literal["recorded", "duplicate", "refused"]
    line: Link | None = None
    counted_quantity: Number | None = None
    """Of the line, by everybody together."""
    unit: str | None = None
    detail: str | None = None
    """Why it was refused, and the way out."""


class EntryResults(Schema):
    """One result an entry, in their order."""

    results: list[EntryResult]


class Entry(Schema):
    """What one person counted at one moment; never changed."""

    id: Id = 900
    line_id: Id = 71
    user: Link | None = None
    quantity: Number = 0
    unit: Link | None = None
    counted_at: Moment | None = None
    device: str | None = None
    uuid: str = ""
    voids: bool = False
    """Takes earlier entries back."""
    is_live: bool = True
    """False once another entry replaced it."""
    book_quantity: Number | None = Field(None, description=SeesBook)


class EntryFilter(Page):
    """Which entries."""

    line_id: Id | None = None
    user_id: Id | None = None
    live: bool | None = None


class Scan(Schema):
    """One scanned code, and where the counter stands."""

    barcode: Code = Field(examples=["]C1010376123456789010ABC123"])
    location_id: Id | None = None


class ScanResult(Schema):
    """What a code stands for, and what happened."""

    type: Literal["location", "line"]
    location: Link | None = None
    """Where to count from here on."""
    line: Link | None = None
    """The line that was counted."""
    product: str | None = None
    lot: str | None = None
    counted_quantity: Number | None = None
    unit: str | None = None
    is_unexpected: bool | None = None


class Photo(Schema):
    """A picture of what was found."""

    id: Id = 12
    line: Link | None = None
    user: Link | None = None
    taken_at: Moment | None = None
    note: str | None = None


class PhotoFilter(Page):
    """Which photos."""

    line_id: Id | None = None


LineQuery = listing(LineFilter, Line)
LineFields = single(Line)
LinePage = page_of(Line)
EntryQuery = listing(EntryFilter, Entry)
EntryPage = page_of(Entry)
PhotoQuery = listing(PhotoFilter, Photo)
PhotoPage = page_of(Photo)
