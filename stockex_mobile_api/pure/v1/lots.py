"""Lots and serial numbers."""

from pydantic import Field

from .listing import listing, page_of, single
from .types import Id, Link, Moment, Name, Number, Page, Schema, Search, left_out

SeesStock = "Null without the scope `stock:read`, and for those who may not see the stock."


class Lot(Schema):
    """A lot or serial number of a product."""

    id: Id = 31
    name: str = Field("L-2026-11", description="The number itself.")
    reference: str | None = None
    """Another number for it, if the maker's own differs."""
    product: Link | None = None
    company: Link | None = None
    """Null if every company has it."""
    expires_at: Moment | None = None
    """Not to be used from then on; only of products that expire."""
    best_before_at: Moment | None = None
    removal_at: Moment | None = None
    """To be taken off the shelf by then."""
    alert_at: Moment | None = None
    """When somebody is told."""
    is_expired: bool = False
    quantity: Number | None = Field(None, description=f"On hand. {SeesStock}")
    unit: Link | None = None
    """Of the quantity."""
    created_at: Moment | None = None
    updated_at: Moment | None = None


class LotPlace(Schema):
    """How much of a lot is in one location."""

    location: Link
    quantity: Number


class LotDetail(Lot):
    """A lot or serial number, and where it is."""

    locations: list[LotPlace] | None = Field(None, description=SeesStock)


class LotFilter(Page):
    """Which lots."""

    product_id: Id | None = None
    search: Search | None = None
    """Part of the number."""
    reference: Search | None = None
    expiring_before: Moment | None = None
    """Those that expire before this instant, or have expired."""
    company_id: Id | None = None
    updated_since: Moment | None = None


class LotUpdate(Schema):
    """What changes; null empties. Without other dates they move with `expires_at`."""

    name: Name = left_out()
    reference: Name | None = None
    expires_at: Moment | None = None
    """An instant with its offset, RFC 3339. Only lots of products that expire have dates; for
    others they are refused with 409."""
    best_before_at: Moment | None = None
    removal_at: Moment | None = None
    alert_at: Moment | None = None


class LotCreate(LotUpdate):
    """A new lot or serial number."""

    name: Name = Field(examples=["L-2026-11"])
    product_id: Id
    """A product that is tracked by lot or serial number."""
    company_id: Id = left_out()
    """Whose it is; its product's company, or every one, if left out."""


LotQuery = listing(LotFilter, Lot, ("updated_at", "name"))
LotFields = single(LotDetail)
LotPage = page_of(Lot)
