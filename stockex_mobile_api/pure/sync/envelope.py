"""What surrounds the operations of a handheld: who sends, and how the device is."""

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from ..v1.types import NO_NUL, Moment, Schema, Whole
from .operation import Uuid

# The oldest protocol of the application that the server still speaks, and the newest.
OLDEST_PROTOCOL = 1
PROTOCOL = 1
PAYLOAD_LIMIT = 4000
# What may differ when the same operation is sent again.
UNSTEADY = {"op", "seq", "session", "at", "position", "base", "source"}

_DEVICE: TypeAdapter[str] = TypeAdapter(Uuid)


class EnvelopeInvalid(ValueError):
    """A call that cannot be read; its text says what is wrong with it."""


def _label(limit: int) -> Any:
    return Annotated[str, StringConstraints(max_length=limit, pattern=NO_NUL)]


class Queue(Schema):
    """What waits on the device."""

    model_config = ConfigDict(extra="ignore")

    waiting: Whole = 0
    oldest_at: Moment | None = None


class State(Schema):
    """How a device is; what a newer application tells besides is let by."""

    model_config = ConfigDict(extra="ignore")

    now: Moment
    app_version: _label(50) | None = None  # type: ignore[valid-type]
    name: _label(100) | None = None  # type: ignore[valid-type]
    rename: _label(100) | None = None  # type: ignore[valid-type]
    """What its user calls it from now on; `name` counts only when it is new."""
    platform: _label(300) | None = None  # type: ignore[valid-type]
    queue: Queue | None = None
    battery: Annotated[float, Field(ge=0, le=100)] | None = None
    charging: bool | None = None


def read_device(sent: Mapping[str, object]) -> str:
    """Return the UUID of the device that calls.

    :raise EnvelopeInvalid: if it names none.
    """
    try:
        return _DEVICE.validate_python(sent.get("device")).lower()
    except ValidationError as error:
        raise EnvelopeInvalid("device: a UUID is missing") from error


def speaks(protocol: object) -> bool:
    """Tell whether the server speaks an application's protocol."""
    return (
        isinstance(protocol, int) and not isinstance(protocol, bool) and protocol >= OLDEST_PROTOCOL
    )


def read_state(sent: Mapping[str, object]) -> State:
    """Read how a device is.

    :raise EnvelopeInvalid: naming the property that is wrong.
    """
    try:
        return State.model_validate(dict(sent))
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in fault["loc"])
        raise EnvelopeInvalid(f"{where}: {fault['msg']}") from error


def payload_of(item: object, position: bool) -> str:
    """Write an operation down as it came, without its picture, and never too long.

    :param position: whether the company keeps where the device was.
    """
    if isinstance(item, Mapping):
        left_out = {"data"} if position else {"data", "position"}
        kept = {name: value for name, value in item.items() if name not in left_out}
        if "data" in item:
            kept["data"] = f"{len(str(item['data']))} characters"
        item = kept
    return _text(item)[:PAYLOAD_LIMIT]


def digest_of(item: object) -> str:
    """Return what tells an operation sent again from another one under its UUID."""
    if isinstance(item, Mapping):
        item = {name: value for name, value in item.items() if name not in UNSTEADY}
    return hashlib.sha256(_text(item).encode()).hexdigest()


def _text(item: object) -> str:
    try:
        return json.dumps(item, sort_keys=True)
    except (TypeError, ValueError, RecursionError):
        return "unreadable"
