"""What a line's entries and the moves around them say about its stock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Entry:
    """A live entry: its quantity, its instant and the book quantity at that instant."""

    quantity: float
    at: datetime
    book: float


@dataclass(frozen=True)
class Move:
    """A completed change of the line's stock: +2 came in, -3 left."""

    quantity: float
    at: datetime


@dataclass(frozen=True)
class Outcome:
    """:ivar verdict: "matched", "different" or "moved" (nobody can tell)."""

    counted: float
    book: float
    difference: float
    verdict: str


def outcome(entries: Sequence[Entry], moves: Sequence[Move], digits: int) -> Outcome:
    """Judge a line: counted minus book at the instant of its last entry.

    The line is *moved* if its stock changed between its first and its last entry:
    part of what was counted may have left before, or come after, it was counted.

    :param entries: the line's live entries, at least one, in any order.
    :param moves: completed moves of the line's stock, in any order.
    :param digits: decimals to which quantities are compared.
    """
    first = min(entries, key=lambda entry: entry.at)
    last = max(entries, key=lambda entry: entry.at)
    counted = round(sum(entry.quantity for entry in entries), digits)
    difference = round(counted - last.book, digits)
    # Odoo leaves an empty move for every unchanged line of an adjustment of its own.
    moved = any(move.quantity and first.at < move.at <= last.at for move in moves) or any(
        round(entry.book - last.book, digits) for entry in entries
    )
    verdict = "moved" if moved else "different" if difference else "matched"
    return Outcome(counted, last.book, difference, verdict)


def book_at(book_now: float, moves: Sequence[Move], instant: datetime, digits: int) -> float:
    """Roll today's book quantity back to an instant.

    :param moves: completed moves of the stock; those after the instant are undone.
    """
    later = sum(move.quantity for move in moves if move.at > instant)
    return round(book_now - later, digits)


def accuracy(matched: int, counted: int) -> float:
    """Share of counted lines that matched, 0 to 1; lines never net one another.

    Source: inventory record accuracy, APICS Dictionary ("count accuracy by record").
    """
    return matched / counted if counted else 0.0
