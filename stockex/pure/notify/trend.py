"""A figure of this period beside the one before: which way it went, and whether that is good."""

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """Where a figure went."""

    UP = "up"
    DOWN = "down"
    LEVEL = "level"


class Tone(StrEnum):
    """Whether that is good news."""

    GOOD = "good"
    BAD = "bad"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class Trend:
    """How a figure moved.

    :ivar ratio: change as a share of the figure before, 0.1 is 10 % more; None if it was 0.
    :ivar bars: lengths of the bars before and now, 0 to 100 of the longer one's size.
    """

    way: Way
    tone: Tone
    ratio: float | None
    bars: tuple[int, int]


def trend(before: float, now: float, better: Way = Way.LEVEL, digits: int = 6) -> Trend:
    """Compare two periods.

    :param better: where the figure should go; LEVEL if neither is better.
    :param digits: decimals below which two figures are the same.
    """
    change = round(now - before, digits)
    way = Way.UP if change > 0 else Way.DOWN if change < 0 else Way.LEVEL
    longest = max(abs(before), abs(now))
    bars = (_share(before, longest), _share(now, longest))
    return Trend(way, _tone(way, better), change / abs(before) if before else None, bars)


def _tone(way: Way, better: Way) -> Tone:
    if Way.LEVEL in (way, better):
        return Tone.NEUTRAL
    return Tone.GOOD if way == better else Tone.BAD


def _share(value: float, longest: float) -> int:
    """Return a bar's length; what is not nothing stays visible."""
    if not value or not longest:
        return 0
    return max(2, round(100 * abs(value) / longest))
