"""A day with handhelds: who has which, how it is doing, and when each line was counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

_SEED = 97
# A break, and a talk with a supplier: after so many minutes of work, so many minutes long.
_PAUSES = ((55, 25), (105, 14))
# The door of the warehouse in Lyon; a bin is a few metres from the next.
_DOOR = (45.7312, 4.8896)
_STEP = 0.00003


@dataclass(frozen=True)
class Handheld:
    """A device as it last told of itself.

    :ivar silent: minutes since it called.
    :ivar waiting: entries that it could not send, the oldest of them `oldest` minutes old.
    :ivar clock: minutes by which its clock is ahead.
    """

    login: str
    name: str
    battery: int
    charging: bool = False
    silent: int = 2
    waiting: int = 0
    oldest: int = 0
    clock: int = 0
    revoked: bool = False


HANDHELDS = (
    Handheld("counter", "Zebra TC22 n° 1", 64),
    Handheld("counter2", "Zebra TC22 n° 2", 11, silent=4),
    Handheld("counter3", "Téléphone d’Amina", 47, silent=70, waiting=7, oldest=75),
    Handheld("counter3", "Zebra TC22 n° 3 (perdu)", 33, silent=4_300, revoked=True),
    Handheld("controller", "Tablette du bureau", 88, charging=True, silent=12, clock=7),
    Handheld("counter.ma", "Honeywell CT30", 71, silent=25, waiting=2, oldest=6),
)


def walk(start: datetime, count: int) -> Iterator[datetime]:
    """Yield when each of some lines was counted, one after the other, with pauses between."""
    rng = Random(f"{_SEED} walk")
    worked, idle = timedelta(0), timedelta(0)
    pauses = list(_PAUSES)
    for _number in range(count):
        worked += timedelta(seconds=rng.choice((18, 25, 32, 40, 55, 70, 110)))
        if pauses and worked >= timedelta(minutes=pauses[0][0]):
            idle += timedelta(minutes=pauses.pop(0)[1])
        yield start + worked + idle


def position(aisle: int, place: int) -> dict[str, float]:
    """Return where a handheld was: in which aisle, and in which bin of the walk."""
    rng = Random(f"{_SEED} {aisle} {place}")
    return {
        "lat": round(_DOOR[0] + _STEP * (3 * aisle + rng.uniform(-0.5, 0.5)), 6),
        "lon": round(_DOOR[1] + _STEP * (place + rng.uniform(-0.5, 0.5)), 6),
        "accuracy": round(rng.uniform(3, 9), 1),
    }


def number(rng: Random) -> str:
    """Return a UUID that is the same every time."""
    digits = f"{rng.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"
