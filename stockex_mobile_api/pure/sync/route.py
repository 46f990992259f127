"""A counter's day as a walk: where they stopped, for how long, and where nothing happened."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

# Nobody takes as long for one line: they did something else.
GAP = timedelta(minutes=10)


@dataclass(frozen=True)
class Mark:
    """One count.

    :ivar at: when, naive UTC.
    :ivar again: the line had been counted before, and that count no longer stands.
    """

    at: datetime
    location: int
    line: int
    again: bool = False


@dataclass(frozen=True)
class Fault:
    """A conflict, or an operation that was rejected.

    :ivar location: None if nobody knows where.
    """

    at: datetime
    location: int | None
    is_conflict: bool


@dataclass
class Stop:
    """Counts in one location that no other location interrupts.

    :ivar worked: from each count back to the one before, gaps left out: the way there counts.
    :ivar gap: how long nothing happened before or during it, of what is a gap.
    :ivar lines: ids of lines counted; `again` those that had been counted before.
    """

    location: int
    start: datetime
    end: datetime
    entries: int = 0
    worked: timedelta = timedelta(0)
    gap: timedelta = timedelta(0)
    lines: set[int] = field(default_factory=set)
    again: set[int] = field(default_factory=set)
    conflicts: int = 0
    rejected: int = 0


@dataclass(frozen=True)
class Gap:
    """A time without any count."""

    start: datetime
    end: datetime


def day_bounds(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return when a day begins and when the next one does, in naive UTC.

    A day on which the clocks change has 23 or 25 hours.
    """
    midnights = (day, day + timedelta(days=1))
    start, end = (
        datetime.combine(one, time(), tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
        for one in midnights
    )
    return start, end


def local_day(moment: datetime, zone: tzinfo) -> date:
    """Return the day on which a moment (naive UTC) falls somewhere."""
    return moment.replace(tzinfo=UTC).astimezone(zone).date()


def walk(marks: Sequence[Mark], gap: timedelta = GAP) -> tuple[list[Stop], list[Gap]]:
    """Turn counts into stops and gaps.

    :param marks: in the order in which they were made.
    :param gap: what is longer is a gap, and not work.
    """
    stops: list[Stop] = []
    gaps: list[Gap] = []
    before: datetime | None = None
    for mark in marks:
        if not stops or stops[-1].location != mark.location:
            stops.append(Stop(mark.location, mark.at, mark.at))
        stop, passed = stops[-1], mark.at - (before or mark.at)
        if passed > gap:
            gaps.append(Gap(mark.at - passed, mark.at))
            stop.gap += passed
        else:
            stop.worked += passed
        stop.end = before = mark.at
        stop.entries += 1
        stop.lines.add(mark.line)
        if mark.again:
            stop.again.add(mark.line)
    return stops, gaps


def blame(stops: Sequence[Stop], faults: Iterable[Fault]) -> None:
    """Count each fault at the stop where it happened; what happened nowhere is left."""
    for fault in faults:
        here = [stop for stop in stops if stop.location == fault.location]
        if not here:
            continue
        began = [stop for stop in here if stop.start <= fault.at]
        stop = began[-1] if began else here[0]
        if fault.is_conflict:
            stop.conflicts += 1
        else:
            stop.rejected += 1


def per_hour(lines: int, worked: timedelta) -> float | None:
    """Return lines an hour, to one decimal; None if nobody can tell."""
    seconds = worked.total_seconds()
    return round(lines * 3600 / seconds, 1) if seconds > 0 else None


def short_names(paths: Mapping[int, str]) -> dict[int, tuple[str, str]]:
    """Return what tells places apart, and the aisle of each: what all have in common goes.

    :param paths: full names, such as `LYO/Stock/E/02/03`.
    """
    split = {place: path.split("/") for place, path in paths.items()}
    aisles = [parts[:-1] for parts in split.values()]
    common = 0
    for level in zip(*aisles, strict=False):
        if len(set(level)) > 1:
            break
        common += 1
    return {
        place: (
            "/".join(parts[common:]),
            "/".join(parts[common:-1]) or "".join(parts[common - 1 : common]),
        )
        for place, parts in split.items()
    }
