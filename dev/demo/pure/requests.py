"""What programs asked of the API in the last fortnight: one seed, the same every time."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

DAYS = 14
_SEED = 83
_ROOT = "/stockex/api/v1"
# Sender (0 the terminals, 1 who tries things, 2 the dashboard), requests a day.
_PER_DAY = {0: (6, 11), 1: (0, 4), 2: (4, 8)}
# Method, path, milliseconds, bytes sent, weight; by sender.
_ASKED = {
    0: (
        ("GET", "/counts", 31, 4200, 4),
        ("GET", "/counts/{id}/lines", 64, 18400, 5),
        ("POST", "/counts/{id}/scan", 47, 610, 6),
        ("POST", "/counts/{id}/entries", 88, 1900, 4),
        ("GET", "/barcodes/{code}", 22, 540, 3),
    ),
    1: (
        ("GET", "/me", 14, 820, 3),
        ("GET", "/products", 41, 9700, 3),
        ("POST", "/counts", 95, 1300, 1),
    ),
    2: (
        ("GET", "/products/{id}/stock", 37, 2300, 4),
        ("GET", "/events", 26, 5100, 5),
        ("GET", "/counts", 29, 4100, 2),
    ),
}
# Status and code of what is refused now and then, by method.
_REFUSED = {
    "GET": ((404, "not_found"), (429, "rate_limited")),
    "POST": ((409, "refused"), (422, "invalid")),
}
_REFUSED_SHARE = 0.07


@dataclass(frozen=True)
class Line:
    """One answered request.

    :ivar sender: 0 the terminals, 1 who tries things, 2 the dashboard.
    :ivar time: UTC.
    """

    sender: int
    time: datetime
    method: str
    path: str
    status: int
    code: str
    duration_ms: float
    sizes: tuple[int, int]
    number: str

    def columns(self) -> dict[str, object]:
        """Return what the log's table wants of it."""
        return {
            "time": self.time,
            "method": self.method,
            "path": self.path,
            "status": self.status,
            "status_class": f"{self.status // 100}xx",
            "code": self.code or None,
            "duration_ms": self.duration_ms,
            "request_size": self.sizes[0],
            "response_size": self.sizes[1],
            "remote_addr": "127.0.0.1",
            "request_id": self.number,
        }


def requests_of(now: datetime) -> list[Line]:
    """Return the requests of the fortnight before `now`, oldest first."""
    rng = Random(_SEED)
    lines = []
    for age in range(DAYS, 0, -1):
        morning = datetime.combine((now - timedelta(days=age)).date(), time(8))
        for sender, (least, most) in _PER_DAY.items():
            lines += [_line(rng, sender, morning) for _number in range(rng.randint(least, most))]
    return sorted(lines, key=lambda line: line.time)


def _line(rng: Random, sender: int, morning: datetime) -> Line:
    moment = morning + timedelta(seconds=rng.randrange(34_000))
    asked = _ASKED[sender]
    method, path, usual_ms, size, _weight = rng.choices(asked, [row[-1] for row in asked])[0]
    status, code = 201 if (method, path) == ("POST", "/counts") else 200, ""
    if rng.random() < _REFUSED_SHARE:
        status, code = rng.choice(_REFUSED[method])
    received = rng.randrange(60, 900) if method == "POST" else 0
    sent = 310 if code else round(size * rng.uniform(0.6, 1.4))
    return Line(
        *(sender, moment, method, _ROOT + path, status, code),
        duration_ms=round(usual_ms * rng.uniform(0.7, 2.2), 2),
        sizes=(received, sent),
        number=str(uuid.UUID(int=rng.getrandbits(128), version=4)),
    )
