"""Weeks, opening hours and seasons of the shops."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from random import Random

WEEKS = 104
OPENING_HOUR, CLOSING_HOUR = 8, 18
_CLOSED = {(1, 1), (5, 1), (12, 25)}


def weeks_until(today: date, count: int = WEEKS) -> list[date]:
    """Return the Mondays of the last `count` weeks, oldest first; the last holds `today`."""
    monday = today - timedelta(days=today.weekday())
    return [monday - timedelta(weeks=count - 1 - index) for index in range(count)]


def is_open(day: date) -> bool:
    """Say whether the shops open that day: never on Sunday, 1 January, 1 May, 25 December."""
    return day.weekday() != 6 and (day.month, day.day) not in _CLOSED


def open_days(monday: date, today: date) -> list[date]:
    """Return the open days of a week that lie before `today`, or its last open day before."""
    days = [monday + timedelta(days=offset) for offset in range(7)]
    days = [day for day in days if day < today and is_open(day)]
    if days:
        return days
    day = min(monday, today) - timedelta(days=1)
    while not is_open(day):
        day -= timedelta(days=1)
    return [day]


def moment_of(day: date, minutes: int) -> datetime:
    """Return the moment so many minutes after opening, at most at closing time."""
    span = (CLOSING_HOUR - OPENING_HOUR) * 60
    return datetime.combine(day, time(OPENING_HOUR)) + timedelta(minutes=min(minutes, span))


def random_moment(rng: Random, days: list[date], after: datetime | None = None) -> datetime:
    """Draw a moment within opening hours of one of the days, after `after` where possible."""
    day = rng.choice(days)
    moment = moment_of(day, rng.randrange(30, 590))
    if after is not None and moment <= after:
        moment = after + timedelta(minutes=rng.randrange(1, 40))
    return moment


def season_factor(day: date, peak_month: int, amplitude: float) -> float:
    """Return how much the season raises or lowers demand: 1 ± amplitude, mean 1 over a year.

    :param peak_month: 1 to 12, month of the highest demand; 0 for no season.
    :param amplitude: 0 to 1.
    """
    if not peak_month:
        return 1.0
    position = (day - date(day.year, 1, 1)).days / 365.25
    peak = (peak_month - 0.5) / 12
    return 1.0 + amplitude * math.cos(2 * math.pi * (position - peak))
