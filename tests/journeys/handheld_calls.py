"""A handheld without a screen: it calls the server as the application does."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any


def written(ago: timedelta = timedelta(0)) -> str:
    """Return an instant as a device writes it."""
    return (datetime.now(UTC) - ago).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Handheld:
    """A device of one person."""

    def __init__(self, world: Any, login: str, name: str) -> None:
        self.rpc = world.people[login]
        self.name = name
        self.uuid = str(uuid.uuid4())
        self.seq = 0

    def hello(self, **state: Any) -> dict[str, Any]:
        """Say how the device is."""
        return self._call("hello", name=self.name, **state)

    def count(self, session: int, lines: list[int], quantity: float = 1) -> dict[str, Any]:
        """Send a count of each line, all in one call."""
        return self._call("push", ops=[self._op(session, line, quantity) for line in lines])

    def _op(self, session: int, line: int, quantity: float) -> dict[str, Any]:
        self.seq += 1
        return {
            "op": str(uuid.uuid4()),
            "seq": self.seq,
            "kind": "count",
            "session": session,
            "at": written(),
            "line": line,
            "quantity": quantity,
        }

    def _call(self, route: str, **sent: Any) -> dict[str, Any]:
        call = {"device": self.uuid, "protocol": 1, "now": written(), **sent}
        answer: dict[str, Any] = self.rpc.post(f"/stockex/scan/sync/{route}", call)
        return answer
