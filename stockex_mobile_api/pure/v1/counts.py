"""Counts: a session from its preparation to exact stock."""

from typing import Annotated, Literal

from pydantic import Field

from .listing import listing, page_of, single
from .types import (
    Day,
    Id,
    Link,
    Moment,
    Name,
    Number,
    Page,
    Schema,
    Search,
    Text,
    Whole,
    left_out,
)

Kind = Literal["full", "cycle", "spot", "initial"]
Scope = Literal["warehouse", "warehouses", "region", "locations"]
StockFilter = Literal["all", "negative", "zero", "not_positive"]
State = Literal["draft", "counting", "review", "approved", "posting", "done", "cancelled"]
Ids = Annotated[list[Id], Field(max_length=1000)]
SeesBook = "Null for those who may not see the book."


class Count(Schema):
    """A count: what is counted, where, by whom, and how far it is."""

    id: Id = 7
    name: str = Field("CNT/2026/0007", description="Its number.")
    title: str | None = None
    kind: Kind = "full"
    state: State = "draft"
    """draft → counting → review → approved → posting → done, or cancelled."""
    company: Link | None = None
    controller: Link | None = None
    """Who prepares and follows it."""
    template: Link | None = None
    scope: Scope = "warehouse"
    warehouse: Link | None = None
    warehouse_ids: list[Id] = []
    region: Link | None = None
    location_ids: list[Id] = []
    category_ids: list[Id] = []
    product_ids: list[Id] = []
    lot_ids: list[Id] | None = Field(None, description=SeesBook)
    moved_since: Day | None = Field(None, description=SeesBook)
    stock_filter: StockFilter | None = Field(None, description=SeesBook)
    allow_overlap: bool = False
    auto_recount: bool = False
    """Submitting sends lines out of tolerance back once."""
    counter_ids: list[Id] = []
    """Users who may count."""
    posting_date: Day | None = None
    started_at: Moment | None = None
    approver: Link | None = None
    approved_at: Moment | None = None
    done_at: Moment | None = None
    reversal_of: Link | None = None
    job: Link | None = None
    """The posting in the background: see `/jobs/{job_id}`."""
    line_count: Whole = 0
    counted_count: Whole = 0
    uncounted_count: Whole = 0
    recount_count: Whole = 0
    posted_count: Whole = 0
    failed_count: Whole = 0
    progress: Number = 0
    """0 to 100."""
    matched_count: Whole | None = Field(None, description=SeesBook)
    different_count: Whole | None = Field(None, description=SeesBook)
    moved_count: Whole | None = Field(None, description=SeesBook)
    out_of_tolerance_count: Whole | None = Field(None, description=SeesBook)
    accuracy: Number | None = Field(None, description=f"0 to 1. {SeesBook}")
    book_value: Number | None = Field(None, description=SeesBook)
    net_variance_value: Number | None = Field(None, description=SeesBook)
    gross_variance_value: Number | None = Field(None, description=SeesBook)
    currency: Link | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None


class CountFilter(Page):
    """Which counts."""

    state: Annotated[list[State] | None, Field(min_length=1, max_length=7)] = None
    """In one of these states."""
    kind: Annotated[list[Kind] | None, Field(min_length=1, max_length=4)] = None
    warehouse_id: Id | None = None
    company_id: Id | None = None
    counter_id: Id | None = None
    """Those in which this user counts."""
    template_id: Id | None = None
    search: Search | None = None
    """Part of the number or the title."""
    updated_since: Moment | None = None


class CountPlan(Schema):
    """What is counted, where and by whom."""

    title: Text | None = None
    kind: Kind = left_out()
    scope: Scope = left_out()
    warehouse_id: Id | None = None
    warehouse_ids: Ids = left_out()
    region_id: Id | None = None
    location_ids: Ids = left_out()
    category_ids: Ids = left_out()
    product_ids: Ids = left_out()
    lot_ids: Ids = left_out()
    moved_since: Day | None = None
    stock_filter: StockFilter = left_out()
    allow_overlap: bool = left_out()
    auto_recount: bool = left_out()
    counter_ids: Ids = left_out()
    posting_date: Day | None = None


class CountCreate(CountPlan):
    """A new count: of a template, or of what is given here; what is given wins."""

    template_id: Id = left_out()
    company_id: Id = left_out()
    """Of the key's owner; their present one if left out."""


class CountUpdate(CountPlan):
    """What changes; null empties. What is counted can only change in a draft."""


class Rejection(Schema):
    """Why a count is sent back."""

    reason: Name = Field(examples=["The shelf behind the door was not counted."])


class Reversal(Schema):
    """Why, when and which posted lines are undone."""

    reason: Name = Field(examples=["Counted the wrong warehouse."])
    posting_date: Day | None = None
    """Today if left out."""
    line_ids: Annotated[list[Id], Field(min_length=1, max_length=1000)] | None = None
    """All posted lines if left out."""


class Template(Schema):
    """A count that is made again and again."""

    id: Id = 3
    name: str = "Yearly count"
    kind: Kind = "full"
    scope_summary: str | None = None
    company: Link | None = None
    session_count: Whole = 0
    last_session_at: Moment | None = None


class Reason(Schema):
    """Why a shelf may not hold what the book says."""

    id: Id = 2
    name: str = "Damaged"
    direction: Literal["any", "shortage", "surplus"] = "any"
    note: str | None = None
    company: Link | None = None


class TemplateFilter(Page):
    """Which templates."""

    search: Search | None = None
    """Part of the name."""


class ReasonFilter(Page):
    """Which reasons."""

    search: Search | None = None
    """Part of the name."""


CountQuery = listing(CountFilter, Count, ("updated_at", "name"))
CountFields = single(Count)
CountPage = page_of(Count)
TemplateQuery = listing(TemplateFilter, Template)
TemplatePage = page_of(Template)
ReasonQuery = listing(ReasonFilter, Reason)
ReasonPage = page_of(Reason)
