from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ...pure.sync.operation import Operation


@dataclass
class Step:
    """One operation on its way: what was sent, and the row that keeps what becomes of it.

    :ivar uuid: under which it is kept.
    :ivar at: when it happened, by the server's clock (naive UTC).
    :ivar record: its row, as superuser.
    :ivar is_taken: its UUID means something else already, so that `uuid` is another.
    :ivar again: it was received before; its row says what became of it.
    """

    item: object
    given: str | None
    digest: str
    uuid: str = ""
    parsed: Operation | None = None
    fault: str = ""
    at: datetime | None = None
    record: Any = None
    is_taken: bool = False
    again: bool = False

    @property
    def order(self) -> int:
        return self.parsed.seq if self.parsed else 0

    def settle(self, **vals: Any) -> None:
        """Write down what became of it."""
        self.record.write(vals)


@dataclass
class Batch:
    """What one call brought, and what is known while it is applied.

    :ivar device: as superuser.
    :ivar offset: by how much its clock is behind.
    :ivar sessions: those in which the user may count, by how the device names them.
    :ivar open: ids of sessions that were found open and are kept so until we commit.
    """

    device: Any
    received: datetime
    offset: timedelta
    steps: list[Step] = field(default_factory=list)
    sessions: dict[int | str, Any] = field(default_factory=dict)
    open: set[int] = field(default_factory=set)


def vals_of(session: Any) -> dict[str, int]:
    """Return what a row tells of its session."""
    return {"session_id": session.id, "company_id": session.company_id.id}


def text_of(quantity: float) -> str:
    """Write a quantity for a message, without zeros that say nothing."""
    return f"{quantity:.6f}".rstrip("0").rstrip(".")
