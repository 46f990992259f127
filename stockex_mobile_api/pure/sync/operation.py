"""What a handheld sends: one operation for each thing that its user did."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError, model_validator

from ..v1.types import NO_NUL, Id, Moment, Schema, Text, Whole

# How an operation names a session that the handheld opened itself and the server has not seen.
LOCAL = "local:"
# A kind that is longer than these is no photo of a shelf.
PHOTO_LIMIT = 1_400_000
MOST_OPERATIONS = 200

Uuid = Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F-]{32,40}$")]
LocalSession = Annotated[str, StringConstraints(pattern=r"^local:[0-9a-fA-F-]{32,40}$")]
Code = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=NO_NUL)]
Quantity = Annotated[float, Field(ge=-1e9, le=1e9)]
Session = Id | LocalSession


class OperationInvalid(ValueError):
    """An operation that cannot be read; its text says what is wrong with it."""


class Place(Schema):
    """Where the device was."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    accuracy: Annotated[float, Field(ge=0, le=1e7)] | None = None
    """In metres."""


class Part(Schema):
    """What was counted in one unit."""

    uom: Id
    quantity: Quantity


class _Operation(Schema):
    op: Uuid
    seq: Whole = 0
    """Its number on the device: in which order things were done there."""
    session: Session
    at: Moment
    """By the device's clock."""
    position: Place | None = None


class CountOperation(_Operation):
    """A quantity on a line, of a product in a place, or of a code that nobody knew there."""

    kind: Literal["count"]
    line: Id | None = None
    product: Id | None = None
    location: Id | None = None
    lot: Id | None = None
    lot_name: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    package: Id | None = None
    owner: Id | None = None
    code: Code | None = None
    quantity: Quantity | None = None
    parts: Annotated[list[Part], Field(max_length=20)] | None = None
    mode: Literal["add", "set"] = "add"
    base: Annotated[str, StringConstraints(max_length=200)] | None = None
    """What the device knew of the line: its `base` in the catalogue."""
    source: Literal["wedge", "camera", "pad", "voice", "scale", "list"] = "pad"

    @model_validator(mode="after")
    def _is_of_something(self) -> "CountOperation":
        if not (self.line or (self.location and (self.product or self.code))):
            raise ValueError("a count is of a line, or of a product or code in a location")
        if (self.quantity is None) == (not self.parts):
            raise ValueError("a count has a quantity or parts")
        return self


class UndoOperation(_Operation):
    """Takes back one entry, and no other."""

    kind: Literal["undo"]
    of: Uuid


class AdhocOperation(_Operation):
    """A count of one place, begun by who stands there."""

    kind: Literal["adhoc"]
    session: LocalSession
    location: Id


class UnknownOperation(_Operation):
    """Something found that nobody can name."""

    kind: Literal["unknown"]
    location: Id
    quantity: Annotated[float, Field(gt=0, le=1e9)]
    code: Code | None = None
    note: Text | None = None


class PhotoOperation(_Operation):
    """A picture of a line, or of what another operation found."""

    kind: Literal["photo"]
    of: Uuid | None = None
    line: Id | None = None
    data: Annotated[str, StringConstraints(min_length=1, max_length=PHOTO_LIMIT)]
    """JPEG, base64."""

    @model_validator(mode="after")
    def _is_of_something(self) -> "PhotoOperation":
        if not (self.of or self.line):
            raise ValueError("a photo is of a line or of another operation")
        return self


class ResolveOperation(_Operation):
    """What becomes of a conflict."""

    kind: Literal["resolve"]
    of: Uuid
    choice: Literal["mine", "theirs", "sum"]


class ZoneDoneOperation(_Operation):
    """A counter says that nothing is left in a zone."""

    kind: Literal["zone_done"]
    zone: Id | None = None
    """Without it all zones of theirs: a count begun on the device knows no ids yet."""


Operation = (
    CountOperation
    | UndoOperation
    | AdhocOperation
    | UnknownOperation
    | PhotoOperation
    | ResolveOperation
    | ZoneDoneOperation
)
_READER: TypeAdapter[Operation] = TypeAdapter(Annotated[Operation, Field(discriminator="kind")])
_UUID: TypeAdapter[str] = TypeAdapter(Uuid)


def read_operation(item: object) -> Operation:
    """Read one operation of a batch.

    :raise OperationInvalid: naming the property that is wrong.
    """
    try:
        return _READER.validate_python(item)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        # The first step is the kind, which the message need not repeat.
        where = ".".join(str(step) for step in fault["loc"][1:])
        raise OperationInvalid(f"{where}: {fault['msg']}" if where else fault["msg"]) from error


def uuid_of(item: object) -> str | None:
    """Return the UUID of an operation, also of one that cannot be read otherwise."""
    found: Any = item.get("op") if isinstance(item, Mapping) else None
    try:
        return _UUID.validate_python(found)
    except ValidationError:
        return None
