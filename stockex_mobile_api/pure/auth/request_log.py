"""One answered request, as the log keeps it."""

from dataclasses import dataclass
from datetime import datetime

from .identity import Identity
from .masking import mask_body, mask_query, mask_text, storable

LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known when a request has been answered.

    :ivar time: when the answer was ready, in UTC.
    :ivar path: the route's template, ``/stockex/api/v1/counts/{id}``, not what was asked.
    :ivar code: the error's code, empty for a success.
    :ivar identity: None if the sender is not known.
    """

    time: datetime
    method: str
    path: str
    status: int
    duration_ms: float
    request_id: str
    remote_addr: str
    query: str = ""
    code: str = ""
    request_size: int = 0
    response_size: int = 0
    identity: Identity | None = None
    request_body: bytes | str = ""
    response_body: bytes | str = ""


def row(entry: Entry) -> dict[str, object]:
    """Return column -> value of the log's table, secrets masked."""
    who = entry.identity
    bodies = who is not None and who.log_bodies
    return {
        "time": entry.time,
        "method": _short(entry.method, 16),
        "path": _short(mask_text(entry.path), 500),
        "query": mask_query(entry.query) or None,
        "status": entry.status,
        "status_class": f"{entry.status // 100}xx",
        "code": _short(entry.code, 64) or None,
        "duration_ms": round(entry.duration_ms, 2),
        # What a client claims may be more than the column holds.
        "request_size": min(entry.request_size, LARGEST),
        "response_size": min(entry.response_size, LARGEST),
        "remote_addr": _short(entry.remote_addr, 64),
        "request_id": _short(entry.request_id, 64),
        "subject": who.subject if who else None,
        "label": _short(who.label, 200) if who else None,
        "key_id": who.key_id or None if who else None,
        "client_id": who.client_id or None if who else None,
        "user_id": who.uid or None if who else None,
        "company_id": who.company_id or None if who else None,
        "request_body": mask_body(entry.request_body) or None if bodies else None,
        "response_body": mask_body(entry.response_body) or None if bodies else None,
    }


def _short(text: str, longest: int) -> str:
    return storable(text)[:longest]
