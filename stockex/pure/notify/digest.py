"""What stands in a digest: one card a category, its most important records first."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class Severity(IntEnum):
    """How grave a message is."""

    INFO = 0
    WARNING = 1
    CRITICAL = 2


@dataclass(frozen=True)
class Entry:
    """One message that was held for the digest.

    :ivar key: equal for the same message on several services.
    :ivar number: rises with time.
    :ivar target: what it is about; None if nothing.
    """

    key: str
    number: int
    category: int
    severity: Severity
    at: datetime
    target: Hashable | None = None


@dataclass(frozen=True)
class Line:
    """The messages about one record: the gravest or else the newest, and how many."""

    entry: Entry
    count: int


@dataclass(frozen=True)
class Card:
    """What happened in one category.

    :ivar more: messages that no line counts.
    """

    category: int
    count: int
    critical: int
    warnings: int
    lines: tuple[Line, ...]
    more: int


def distinct(entries: Iterable[Entry]) -> list[Entry]:
    """Keep the first of each message, in their order."""
    first: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.number):
        first.setdefault(entry.key, entry)
    return list(first.values())


def cards(entries: Iterable[Entry], categories: Iterable[int], most: int = 5) -> list[Card]:
    """Make one card for each category that has messages, those with critical ones first.

    :param categories: in the order of their cards otherwise.
    :param most: lines a card.
    """
    by_category: dict[int, list[Entry]] = {}
    for entry in distinct(entries):
        by_category.setdefault(entry.category, []).append(entry)
    found = [
        _card(category, by_category[category], most)
        for category in categories
        if category in by_category
    ]
    return sorted(found, key=lambda card: not card.critical)


def _card(category: int, entries: list[Entry], most: int) -> Card:
    lines = sorted(_lines(entries), key=lambda line: _weight(line.entry), reverse=True)[:most]
    return Card(
        category=category,
        count=len(entries),
        critical=sum(entry.severity == Severity.CRITICAL for entry in entries),
        warnings=sum(entry.severity == Severity.WARNING for entry in entries),
        lines=tuple(lines),
        more=len(entries) - sum(line.count for line in lines),
    )


def _lines(entries: list[Entry]) -> list[Line]:
    by_target: dict[Hashable, list[Entry]] = {}
    for entry in entries:
        # A message about nothing is its own target.
        by_target.setdefault(entry.target or (None, entry.key), []).append(entry)
    return [Line(max(group, key=_weight), len(group)) for group in by_target.values()]


def _weight(entry: Entry) -> tuple[int, int]:
    return entry.severity, entry.number
