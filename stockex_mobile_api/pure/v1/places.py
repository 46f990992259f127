"""Places: warehouses and the locations in them."""

from typing import Annotated, Literal

from pydantic import Field

from .listing import listing, page_of, single
from .types import Code, Id, Link, Moment, Page, Schema, Search

Usage = Literal["supplier", "view", "internal", "customer", "inventory", "production", "transit"]


class Location(Schema):
    """A place where goods are, or come from and go to."""

    id: Id = 8
    name: str = "A-01"
    full_name: str = Field("WH/Stock/A-01", description="With the locations around it.")
    barcode: str | None = Field(None, examples=["LOC-A-01"])
    usage: Usage = "internal"
    """Goods are in stock in `internal` and `transit` locations; a `view` only holds others."""
    parent: Link | None = None
    warehouse: Link | None = None
    company: Link | None = None
    """Null if every company has it."""
    active: bool = True
    created_at: Moment | None = None
    updated_at: Moment | None = None


class LocationFilter(Page):
    """Which locations."""

    search: Search | None = None
    """Part of the full name, or the barcode."""
    barcode: Code | None = None
    warehouse_id: Id | None = None
    parent_id: Id | None = None
    """Directly in this location."""
    within_id: Id | None = None
    """In this location, however deep, or itself."""
    usage: Annotated[list[Usage] | None, Field(min_length=1, max_length=7)] = None
    company_id: Id | None = None
    archived: bool = False
    """Only archived ones, instead of those in use."""
    updated_since: Moment | None = None


class Warehouse(Schema):
    """A warehouse, and its place among the others."""

    id: Id = 1
    name: str = "Lyon"
    code: str = Field("LYO", description="Short, at the beginning of its locations' names.")
    company: Link | None = None
    region: Link | None = None
    parent: Link | None = None
    """The warehouse that supplies or leads this one."""
    dependent_ids: list[Id] = []
    """Warehouses that this one supplies or leads."""
    stock_location: Link | None = None
    """Holds what is in stock."""
    active: bool = True
    created_at: Moment | None = None
    updated_at: Moment | None = None


class WarehouseFilter(Page):
    """Which warehouses."""

    search: Search | None = None
    """Part of the name, or the code."""
    region_id: Id | None = None
    parent_id: Id | None = None
    """That this one supplies or leads."""
    company_id: Id | None = None
    archived: bool = False
    """Only archived ones, instead of those in use."""


LocationQuery = listing(LocationFilter, Location, ("updated_at", "full_name"))
LocationFields = single(Location)
LocationPage = page_of(Location)
WarehouseQuery = listing(WarehouseFilter, Warehouse, ("name",))
WarehouseFields = single(Warehouse)
WarehousePage = page_of(Warehouse)
