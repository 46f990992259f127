"""Work in the background and its progress."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from .listing import listing, page_of, single
from .types import Id, Link, Moment, Number, Page, Schema, Whole

JobState = Literal["waiting", "running", "done", "cancelled", "failed"]
Plain = str | int | float | bool
# Of a text in a job's result.
LONGEST = 1000


class JobRecord(Schema):
    """What a job works on."""

    model: str = Field(examples=["stockex.count.session"])
    id: Whole


class Job(Schema):
    """Work in the background: ask for it until `state` is done, cancelled or failed."""

    id: Id = 15
    name: str = "Post CNT/2026/0007"
    state: JobState = "running"
    done: Whole = 120
    """Units of work that are finished."""
    total: Whole = 400
    progress: Number = Field(30, description="0 to 100.")
    message: str | None = None
    """Why it failed, or what there is to say."""
    result: dict[str, Plain] | None = None
    """What it found, by name."""
    cancel_requested: bool = False
    """It stops after what it is doing now."""
    record: JobRecord | None = None
    user: Link | None = None
    """Who started it."""
    company: Link | None = None
    created_at: Moment | None = None
    started_at: Moment | None = None
    finished_at: Moment | None = None


class JobFilter(Page):
    """Which jobs."""

    state: Annotated[list[JobState] | None, Field(min_length=1, max_length=5)] = None
    mine: bool | None = None
    """True: only those that the key's owner started."""
    company_id: Id | None = None


JobQuery = listing(JobFilter, Job)
JobFields = single(Job)
JobPage = page_of(Job)


def plain_result(result: object) -> dict[str, Plain] | None:
    """Return what of a job's result is a plain value; None if nothing is."""
    if not isinstance(result, Mapping):
        return None
    return {
        str(name): value[:LONGEST] if isinstance(value, str) else value
        for name, value in result.items()
        if isinstance(value, str | int | float | bool)
    } or None
