"""How fast a count goes, how exact it is by value, and when it will end."""

from datetime import datetime, timedelta

# Entries that tell the present speed: fewer jump about, more remember yesterday.
LAST = 100


def accuracy_by_value(gross: float, book: float, counted: int) -> float:
    """Share of the counted value that was as the book said, 0 to 1.

    Shortages and surpluses never net one another: 1 - sum of |variance| / sum of |book|.

    :param gross: sum of the variances' absolute values.
    :param book: sum of the absolute book values of the counted lines.
    :param counted: number of counted lines; nothing counted is no accuracy.
    """
    if not counted:
        return 0.0
    if not book:
        return 0.0 if gross else 1.0
    return max(0.0, 1.0 - gross / abs(book))


def lines_per_hour(lines: int, since: datetime | None, until: datetime | None) -> float:
    """Return the speed of some lines counted between two instants; 0 if nobody can tell."""
    if not lines or since is None or until is None or until <= since:
        return 0.0
    return lines * 3600 / (until - since).total_seconds()


def expected_end(remaining: int, speed: float, now: datetime) -> datetime | None:
    """Return when the last line will be counted, to the minute; None if nobody can tell.

    :param remaining: lines that are still to be counted.
    :param speed: in lines per hour.
    """
    if remaining <= 0 or speed <= 0:
        return None
    minutes = remaining * 60 / speed
    if minutes > 60 * 24 * 365:  # a year says that nobody is counting
        return None
    return (now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
