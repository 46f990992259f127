"""Whether what a handheld sent fits what has been counted meanwhile."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

# A line's version is its last entry: whatever changes a count leaves a newer one.
VERSION = re.compile(r"e(\d{1,18})")
Choice = Literal["mine", "theirs", "sum"]


@dataclass(frozen=True)
class Counted:
    """An entry on a line.

    :ivar mine: by the user of the operation that is decided.
    :ivar seq: number on the operation's own device of what made the entry, None if another
        device, another person or the back office made it.
    """

    id: int
    quantity: float
    live: bool
    mine: bool
    seq: int | None


@dataclass(frozen=True)
class Conflict:
    """Two counts of a line of which nobody knows which one is right.

    :ivar theirs: what the line comes to without what the operation corrects.
    :ivar corrected: ids of the entries that the operation corrects.
    """

    mine: float
    theirs: float
    corrected: tuple[int, ...]


@dataclass(frozen=True)
class Resolution:
    """What is to be done on the line.

    :ivar count: whether the operation's own quantity is entered.
    :ivar replaced: ids of the live entries that stop counting.
    """

    count: bool
    replaced: tuple[int, ...]


def version_of(last_entry: int) -> str:
    """Write the version of a line.

    :param last_entry: id of its newest entry, live or not, 0 if it was never counted.
    """
    return f"e{last_entry}"


def last_known(base: str | None) -> int:
    """Return the last entry that a device knew; 0 for a version that is none."""
    found = VERSION.fullmatch(base or "")
    return int(found[1]) if found else 0


def is_stale(entries: Iterable[Counted], base: str | None, seq: int) -> bool:
    """Tell whether the line was counted since by anybody else, or later by the device.

    What the device itself sent before is no conflict, however late it is answered.

    :param seq: number of the operation on its device.
    """
    last = last_known(base)
    return any(entry.id > last and not _is_before(entry, seq) for entry in entries)


def conflict_of(
    entries: Sequence[Counted], base: str | None, seq: int, quantity: float
) -> Conflict:
    """Set what a device counted against what else is on the line.

    :param quantity: of the operation, in the line's unit.
    """
    last = last_known(base)
    corrected = {
        entry.id
        for entry in entries
        if entry.live and entry.mine and (_is_before(entry, seq) or entry.id <= last)
    }
    theirs = sum(entry.quantity for entry in entries if entry.live and entry.id not in corrected)
    return Conflict(quantity, theirs, tuple(sorted(corrected)))


def resolution_of(choice: Choice, entries: Sequence[Counted], conflict: Conflict) -> Resolution:
    """Say how a choice is entered, so that the line comes to what was shown.

    "mine" replaces all that is on the line; "theirs" leaves it, without what the operation
    corrects; "sum" counts both.
    """
    live = tuple(sorted(entry.id for entry in entries if entry.live))
    if choice == "mine":
        return Resolution(True, live)
    return Resolution(choice == "sum", conflict.corrected)


def _is_before(entry: Counted, seq: int) -> bool:
    return entry.seq is not None and entry.seq <= seq
