"""What is in stock of a product, and where."""

from pydantic import Field

from .listing import listing, page_of
from .types import Id, Link, Moment, Number, Page, Schema


class StockPart(Schema):
    """What is of a product in one place, with its lot, package and owner."""

    location: Link | None = None
    warehouse: Link | None = None
    lot: Link | None = None
    package: Link | None = None
    owner: Link | None = None
    """Null: it is the company's own."""
    quantity: Number = 12
    reserved_quantity: Number = Field(2, description="Kept for transfers.")
    available_quantity: Number = Field(10, description="The quantity less what is reserved.")
    unit: Link | None = None
    since: Moment | None = None
    """When the oldest of it came."""


class StockFilter(Page):
    """Which part of the stock; the totals are those of this part."""

    warehouse_id: Id | None = None
    location_id: Id | None = None
    """In this location or one below."""
    lot_id: Id | None = None


StockQuery = listing(StockFilter, StockPart)
_Parts = page_of(StockPart)


class ProductStock(_Parts):  # type: ignore[misc, valid-type]
    """How much there is of a product in the key's companies, in all and by place."""

    product: Link
    unit: Link | None = None
    """Of the totals."""
    on_hand_quantity: Number
    free_quantity: Number
    """On hand and not reserved."""
    incoming_quantity: Number | None = None
    """On its way; null when asked for one lot."""
    outgoing_quantity: Number | None = None
    """To leave; null when asked for one lot."""
    forecast_quantity: Number | None = None
    """On hand, and what is incoming less what is outgoing; null when asked for one lot."""
