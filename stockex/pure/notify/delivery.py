"""When a message reaches a user: at once, after the quiet hours, in a digest, or not at all.

Instants are aware and in UTC; hours of the day are minutes after midnight on the clock of
the user's wall, which a change of summer time moves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


class Frequency(StrEnum):
    """How often a user wants to hear of us."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class Action(StrEnum):
    """What becomes of a message now."""

    SEND = "send"
    WAIT = "wait"
    DIGEST = "digest"
    SKIP = "skip"


class Reason(StrEnum):
    """Why it is so."""

    NOW = "now"
    URGENT = "urgent"
    QUIET_HOURS = "quiet_hours"
    DIGEST_CHOSEN = "digest_chosen"
    LIMIT_REACHED = "limit_reached"
    MUTED = "muted"


@dataclass(frozen=True)
class Wishes:
    """What one user wants.

    :ivar digest_minute: when the digest goes out, in minutes after local midnight.
    :ivar digest_weekday: 0 is Monday; only for a weekly digest.
    :ivar quiet: from and to in minutes after local midnight, over midnight if from > to.
    :ivar most_per_day: 0 is no limit; what is too much goes to the digest.
    :ivar muted: categories of which nothing is sent.
    """

    zone: tzinfo
    frequency: Frequency = Frequency.AT_ONCE
    digest_minute: int = 8 * 60
    digest_weekday: int = 0
    quiet: tuple[int, int] | None = None
    most_per_day: int = 0
    muted: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Item:
    """What planning has to know of a message.

    :ivar urgent: minds neither quiet hours nor frequency nor limit, though it counts.
    """

    category: int
    urgent: bool = False


@dataclass(frozen=True)
class Decision:
    """What becomes of a message, from when on, and why."""

    action: Action
    at: datetime
    reason: Reason


def plan(wishes: Wishes, now: datetime, item: Item, sent_today: int = 0) -> Decision:
    """Decide on one message.

    :param sent_today: messages that went out on the user's own day of `now`.
    """
    if item.category in wishes.muted:
        return Decision(Action.SKIP, now, Reason.MUTED)
    if item.urgent:
        return Decision(Action.SEND, now, Reason.URGENT)
    if wishes.frequency != Frequency.AT_ONCE:
        return Decision(Action.DIGEST, digest_time(wishes, now), Reason.DIGEST_CHOSEN)
    if is_quiet(wishes, now):
        return Decision(Action.WAIT, quiet_end(wishes, now), Reason.QUIET_HOURS)
    if wishes.most_per_day and sent_today >= wishes.most_per_day:
        return Decision(Action.DIGEST, digest_time(wishes, now), Reason.LIMIT_REACHED)
    return Decision(Action.SEND, now, Reason.NOW)


def plan_all(
    wishes: Wishes, now: datetime, items: Iterable[Item], sent_today: int = 0
) -> list[Decision]:
    """Decide on messages in their order; each that is sent counts for those behind it."""
    decisions = []
    for item in items:
        decisions.append(plan(wishes, now, item, sent_today))
        sent_today += decisions[-1].action == Action.SEND
    return decisions


def is_quiet(wishes: Wishes, instant: datetime) -> bool:
    """Tell whether the user's clock shows quiet hours; their end is not one of them."""
    if wishes.quiet is None:
        return False
    start, end = wishes.quiet
    minute = _seconds(instant.astimezone(wishes.zone)) / 60
    if start <= end:
        return start <= minute < end
    return minute >= start or minute < end


def quiet_end(wishes: Wishes, instant: datetime) -> datetime:
    """Return the first instant from `instant` on that is not quiet."""
    while wishes.quiet is not None and is_quiet(wishes, instant):
        local = instant.astimezone(wishes.zone)
        left = (wishes.quiet[1] * 60 - _seconds(local)) % (24 * 3600)
        end = instant + timedelta(seconds=left, microseconds=-local.microsecond)
        change = _clock_change(wishes.zone, instant, end)
        if change is None:
            return end
        # Up to the change the clock ran on towards the end; from there on it shows
        # another hour, which may be outside (skipped over it) or quiet again.
        instant = change
    return instant


def digest_time(wishes: Wishes, now: datetime) -> datetime:
    """Return when the next digest after `now` goes out: never in quiet hours."""
    today = now.astimezone(wishes.zone).date()
    weekly = wishes.frequency == Frequency.WEEKLY
    # From the week before on: quiet hours may have put yesterday's off until today.
    for offset in range(-1, 9):
        day = today + offset * DAY
        if weekly and day.weekday() != wishes.digest_weekday:
            continue
        due = quiet_end(wishes, _instant(wishes.zone, day, wishes.digest_minute))
        if due > now:
            return due
    raise AssertionError("a week has seven days")


def digest_period(frequency: Frequency) -> timedelta:
    """Return how long a time one digest looks back on."""
    return 7 * DAY if frequency == Frequency.WEEKLY else DAY


def day_bounds(zone: tzinfo, instant: datetime) -> tuple[datetime, datetime]:
    """Return the beginning and the end of the local day that an instant is in."""
    day = instant.astimezone(zone).date()
    return _instant(zone, day, 0), _instant(zone, day + DAY, 0)


def _instant(zone: tzinfo, day: date, minute: int) -> datetime:
    """Return when a clock shows an hour: the first time if twice, soon after if never."""
    wall = datetime.combine(day, time(minute // 60, minute % 60), zone)
    return wall.astimezone(UTC)


def _seconds(local: datetime) -> int:
    return local.hour * 3600 + local.minute * 60 + local.second


def _clock_change(zone: tzinfo, start: datetime, end: datetime) -> datetime | None:
    """Return the first minute of a new offset in ]start, end]; None if it stays."""
    before = start.astimezone(zone).utcoffset()
    if end.astimezone(zone).utcoffset() == before:
        return None
    low = start.replace(second=0, microsecond=0)
    steps = (0, -(-(end - low) // MINUTE))
    while steps[1] - steps[0] > 1:
        middle = sum(steps) // 2
        same = (low + middle * MINUTE).astimezone(zone).utcoffset() == before
        steps = (middle, steps[1]) if same else (steps[0], middle)
    return low + steps[1] * MINUTE
