"""Where a list goes on: opaque to the client, worth nothing with another query."""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass


class CursorInvalid(ValueError):
    """The text is no cursor, or one of another query."""


@dataclass(frozen=True)
class Position:
    """The last record of a page.

    :ivar value: of the field that the list is sorted by, as JSON knows it.
    :ivar id: of the record.
    """

    value: str | int | float | None
    id: int


def query_mark(query: object) -> str:
    """Return a short mark of a query's filters and order."""
    text = json.dumps(query, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def write_cursor(position: Position, mark: str) -> str:
    """Write where the next page begins."""
    text = json.dumps([mark, position.value, position.id], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(text: str, mark: str) -> Position:
    """Read a cursor.

    :raise CursorInvalid: if it is none, or was given for another query.
    """
    try:
        padded = text + "=" * (-len(text) % 4)
        parts = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        found, value, record = parts
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise CursorInvalid("not a cursor of this API") from error
    if found != mark:
        raise CursorInvalid("the cursor belongs to another query")
    whole = isinstance(record, int) and not isinstance(record, bool)
    if not whole or not 0 < record < 2**31 or not isinstance(value, str | int | float | None):
        raise CursorInvalid("not a cursor of this API")
    if isinstance(value, str) and not _storable(value):
        raise CursorInvalid("not a cursor of this API")
    return Position(value, record)


def _storable(text: str) -> bool:
    """Tell whether PostgreSQL takes a text: neither NUL nor half of a sign is in it."""
    return "\x00" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
