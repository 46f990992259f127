"""Values as clients send them."""

from datetime import UTC, datetime

# PostgreSQL's integer, the type of every id.
MAX_ID = 2**31 - 1


def parse_instant(text: str | None) -> datetime | None:
    """Read an ISO 8601 instant as naive UTC; without an offset it is UTC already.

    :raise ValueError: if the text is no instant.
    """
    if not text:
        return None
    instant = datetime.fromisoformat(text)
    if instant.tzinfo:
        instant = instant.astimezone(UTC).replace(tzinfo=None)
    return instant


def parse_id(value: object) -> int:
    """Read a record's id.

    :raise ValueError: if no record can have it.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= MAX_ID:
        raise ValueError(f"{value!r} is no id")
    return value


def parse_parts(parts: object) -> list[dict[str, float]]:
    """Read what was counted unit by unit: dicts with ``uom_id`` and ``quantity``.

    :raise KeyError, TypeError, ValueError: for a part without its unit or quantity.
    """
    if not parts:
        return []
    if not isinstance(parts, list):
        raise TypeError("parts is no list")
    return [
        {"uom_id": parse_id(part["uom_id"]), "quantity": float(part["quantity"])} for part in parts
    ]
