"""Products: what is bought, kept and sold."""

from typing import Annotated, Literal

from pydantic import Field

from .listing import listing, page_of, single
from .problem import Fault
from .types import (
    Code,
    Id,
    Link,
    Moment,
    Name,
    Number,
    Page,
    Positive,
    Schema,
    Search,
    Whole,
    left_out,
)

Kind = Literal["consu", "service", "combo"]
Tracking = Literal["none", "lot", "serial"]
AbcClass = Literal["a", "b", "c"]
OnRequest = (
    "Sent only if `fields` names it. Null without the scope `stock:read`, and for those who "
    "may not see the stock."
)


class Product(Schema):
    """A product, or one variant of it."""

    id: Id = 42
    name: str = Field("Kettle 1.7 l", description="In the user's language.")
    reference: str | None = Field(None, description="Its own number.", examples=["KET-17"])
    barcode: str | None = Field(None, examples=["3700000000013"])
    category: Link | None = None
    unit: Link | None = None
    """In which its stock is kept."""
    type: Kind = "consu"
    """`consu`: goods."""
    is_storable: bool = True
    """Its stock is kept; other goods are only bought and sold."""
    tracking: Tracking = "none"
    """Every piece of it has a lot or serial number."""
    has_expiry_date: bool = False
    """Its lots expire."""
    list_price: Number = Field(29.9, description="At which it is sold, in `currency`.")
    currency: Link | None = None
    standard_price: Number | None = Field(
        None,
        description="What a unit costs, in the currency of the key's company. Null for those "
        "who may not see costs; it is never written here.",
    )
    weight: Number = Field(0, description="Of one unit, in kg unless the settings say lb.")
    volume: Number = Field(0, description="Of one unit, in m³ unless the settings say ft³.")
    abc_class: AbcClass | None = None
    """How much it matters in the key's company: `a` is counted most often."""
    active: bool = True
    """False: archived."""
    company: Link | None = None
    """Whose it is; null if every company has it."""
    on_hand_quantity: Number | None = Field(None, description=OnRequest)
    free_quantity: Number | None = Field(None, description=f"Not reserved. {OnRequest}")
    forecast_quantity: Number | None = Field(
        None, description=f"On hand, and what is to come less what is to leave. {OnRequest}"
    )
    created_at: Moment | None = None
    updated_at: Moment | None = None


class ProductFilter(Page):
    """Which products."""

    search: Search | None = None
    """Part of the name or the reference, or the barcode."""
    barcode: Code | None = None
    reference: Search | None = None
    category_id: Id | None = None
    """In this category or one below."""
    company_id: Id | None = None
    """Of this company alone; those that every company has are left out."""
    type: Annotated[list[Kind] | None, Field(min_length=1, max_length=3)] = None
    tracking: Annotated[list[Tracking] | None, Field(min_length=1, max_length=3)] = None
    is_storable: bool | None = None
    archived: bool = False
    """Only archived ones, instead of those in use."""
    updated_since: Moment | None = None


class ProductUpdate(Schema):
    """What changes; null empties."""

    name: Name = left_out()
    reference: Name | None = None
    barcode: Code | None = Field(None, examples=["3700000000013"])
    category_id: Id | None = None
    unit_id: Id = left_out()
    type: Kind = left_out()
    is_storable: bool = left_out()
    tracking: Tracking = left_out()
    has_expiry_date: bool = left_out()
    list_price: Positive = left_out()
    weight: Positive = left_out()
    volume: Positive = left_out()
    abc_class: AbcClass | None = None


class ProductCreate(ProductUpdate):
    """A new product."""

    name: Name = Field(examples=["Kettle 1.7 l"])
    company_id: Id = left_out()
    """Whose it is, for good; every company has it if left out."""


class ProductItem(ProductUpdate):
    """A product to change, named by its `id`; a new one without it, which needs a name."""

    id: Id = left_out()
    company_id: Id = left_out()
    """Of a new product only."""


class ProductBatch(Schema):
    """Products; each is taken or refused by itself."""

    items: Annotated[list[ProductItem], Field(min_length=1, max_length=200)]


class ProductResult(Schema):
    """What became of one item."""

    status: Literal["created", "updated", "refused"]
    id: Id | None = None
    code: str | None = Field(None, description="Why it was refused, for programs.")
    detail: str | None = None
    """Why it was refused, and the way out."""
    errors: list[Fault] | None = None
    """Which of its properties cannot be taken."""


class ProductResults(Schema):
    """One result an item, in their order."""

    results: list[ProductResult]
    created: Whole
    updated: Whole
    refused: Whole


class Category(Schema):
    """A category of products."""

    id: Id = 4
    name: str = "Goods / Kitchen"
    parent: Link | None = None


class Unit(Schema):
    """A unit of measure."""

    id: Id = 1
    name: str = "Units"
    factor: Number = Field(1, description="How many of the smallest unit of its kind it holds.")
    reference_unit: Link | None = None
    """The unit that it is a multiple of."""


class CategoryFilter(Page):
    """Which categories."""

    search: Search | None = None
    """Part of the full name."""


class UnitFilter(Page):
    """Which units."""

    search: Search | None = None
    """Part of the name."""


ProductQuery = listing(ProductFilter, Product, ("updated_at", "name"))
ProductFields = single(Product)
ProductPage = page_of(Product)
CategoryQuery = listing(CategoryFilter, Category)
CategoryPage = page_of(Category)
UnitQuery = listing(UnitFilter, Unit)
UnitPage = page_of(Unit)
