"""Live: what happens, told at once over a websocket."""

from typing import Annotated, Literal

from pydantic import Field

from .types import Id, Moment, Schema

Topic = Literal["counts", "stock", "events"]


class LiveRequest(Schema):
    """What to hear of."""

    topics: Annotated[list[Topic], Field(min_length=1, max_length=3)] = Field(
        ["events"],
        description="`counts`: counts and their variances; `stock`: what moved, ran low or "
        "expires; `events`: everything.",
    )


class LiveSubscription(Schema):
    """Where to listen, and until when."""

    id: Id
    websocket: str = Field(
        description="Path of the websocket on this server.",
        examples=["/websocket?version=19.0-2"],
    )
    channel: str | None = Field(
        None,
        description="Send it in a `subscribe` message. Whoever knows it hears what you hear: "
        "it is shown here once.",
        examples=["stockex_live:3q2-7wEBAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs"],
    )
    topics: list[Topic]
    names: list[str] = Field(
        description="The events of these topics. Give them, with commas, as `name` to `/events` "
        "to read there no other than you hear.",
        examples=[["count.created", "count.started"]],
    )
    after: str = Field(
        description="The last event before this subscription: read `/events?after=` from here "
        "once you are connected, then follow the messages.",
    )
    expires_at: Moment
