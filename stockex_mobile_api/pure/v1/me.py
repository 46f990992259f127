"""Who asks: the first thing that an integrator wants to know."""

from typing import Annotated

from pydantic import Field

from .types import Id, Link, Moment, Schema, Whole


class Person(Schema):
    """The user whose rights the key has."""

    id: Id = 9
    name: str = "Carla Controller"
    login: str = "carla@example.com"
    language: str | None = Field(None, description="Of texts and errors.", examples=["en_US"])
    time_zone: str | None = Field(None, examples=["Africa/Casablanca"])


class Workplace(Schema):
    """A company that the key works in; the first one is the default."""

    id: Id = 1
    name: str = "Maison Dupont"
    currency: str = Field("EUR", description="ISO 4217.")
    is_sandbox: bool = False
    """Made to try things in."""


class Role(Schema):
    """A role of the suite that the user holds."""

    code: str = Field(description="Stable, for programs.", examples=["controller"])
    name: str = Field(description="In the user's language.", examples=["Stock controller"])


class Limit(Schema):
    """How often the key may ask; this request is counted."""

    per_minute: Whole = Field(100, description="0: as often as it likes.")
    remaining: Whole | None = Field(97, description="Of this minute; null without a limit.")
    reset_s: Whole | None = Field(42, description="Seconds until it is whole again.")


class Me(Schema):
    """Who the key stands for, where it works and what it may do."""

    user: Person
    companies: list[Workplace]
    roles: list[Role]
    scopes: Annotated[list[str], Field(examples=[["counts:read", "products:read"]])]
    key: Link | None = None
    """Null for an access token."""
    key_expires_at: Moment | None = None
    sandbox: bool = False
    """The key works in the sandbox company only."""
    limit: Limit
    server_time: Moment
    version: str = Field(description="Of the API.", examples=["1.0.0"])
