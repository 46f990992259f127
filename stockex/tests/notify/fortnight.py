"""What a user's wishes mean, told in the plainest way, to compare the suite with.

Nothing here knows the suite: a clock on the wall, a list of what waits, a count for the
day. It goes through the moments one after the other, as a careful person would.
"""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

CASABLANCA = ZoneInfo("Africa/Casablanca")
QUIET_FROM, QUIET_TO = 22, 7
MOST_A_DAY = 10
DIGEST_HOUR = 8
DAYS = 14


@dataclass(frozen=True)
class Happening:
    """Something that is told: when, where, about what, how gravely."""

    number: int
    at: datetime
    services: tuple[str, ...]
    category: str
    severity: str


def happenings(seed, start):
    """Draw a fortnight: quiet days and stormy ones, nights too."""
    rng = random.Random(seed)
    drawn = []
    for day in range(DAYS):
        for _number in range(rng.choice((0, 3, 8, 14, 25))):
            at = start + timedelta(days=day, minutes=rng.randrange(24 * 60))
            services = tuple(
                sorted(rng.sample(("inbox", "email", "sms", "telegram"), rng.choice((1, 1, 1, 2))))
            )
            category = rng.choice(("counts", "variances", "stock", "approvals"))
            severity = rng.choices(("info", "warning", "critical"), (70, 22, 8))[0]
            drawn.append((at, services, category, severity))
    drawn.sort(key=lambda one: one[0])
    return [Happening(number, *one) for number, one in enumerate(drawn)]


def moments(stream, start):
    """List every moment at which somebody looks: each full hour, and each happening."""
    hours = {start + timedelta(hours=hour) for hour in range(DAYS * 24 + 36)}
    return sorted(hours | {one.at for one in stream})


def by_hand(stream, start, muted):
    """Say what must become of each happening.

    :return: {number: (what, when)}; what is "sent", "digest" or "muted".
    """
    outcome, waiting, held = {}, [], []
    sent_on, digest_on = {}, set()
    for now in moments(stream, start):
        wall = now.astimezone(CASABLANCA)
        for one in [one for one in stream if one.at == now]:
            if one.category in muted:
                outcome[one.number] = ("muted", None)
            else:
                waiting.append(one)
        still = []
        fresh = []
        for one in waiting:
            count = sent_on.get(wall.date(), 0)
            if one.severity == "critical":
                outcome[one.number] = ("sent", now)
                sent_on[wall.date()] = count + 1
            elif wall.hour >= QUIET_FROM or wall.hour < QUIET_TO:
                still.append(one)
            elif count >= MOST_A_DAY:
                fresh.append(one)
            else:
                outcome[one.number] = ("sent", now)
                sent_on[wall.date()] = count + 1
        waiting = still
        if wall.hour == DIGEST_HOUR and wall.date() not in digest_on:
            digest_on.add(wall.date())
            outcome.update((one.number, ("digest", now)) for one in held)
            held = []
        held += fresh
    assert not waiting
    assert not held
    return outcome


def utc(*wall):
    """Return the instant of a wall clock in Casablanca."""
    return datetime(*wall, tzinfo=CASABLANCA).astimezone(UTC)
