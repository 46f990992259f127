"""Which counts took place, and what the counters found that the book did not say."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .places import WAREHOUSES

# Share of the lines on which a full count and a count of one aisle differ from the book.
WRONG_SHARE, TURN_SHARE = 0.08, 0.16
_FULL_COUNTS = {"CAS": 28, "LIL": 12}


@dataclass(frozen=True)
class CountPlan:
    """A count of a warehouse (`aisle` empty) or of one aisle, so many weeks ago."""

    title: str
    warehouse: str
    aisle: str
    weeks_ago: int


def past_counts() -> list[CountPlan]:
    """Return the finished counts, oldest first: two whole warehouses, then aisle by aisle."""
    names = {warehouse.code: warehouse for warehouse in WAREHOUSES}
    counts = [
        CountPlan(f"Inventaire annuel {names[code].name}", code, "", weeks)
        for code, weeks in _FULL_COUNTS.items()
    ]
    for rank in range(6):
        aisle = chr(ord("A") + rank)
        counts.append(CountPlan(f"Inventaire tournant, allée {aisle}", "LYO", aisle, 48 - 8 * rank))
    counts.append(CountPlan("Contrôle après transfert, allée A", "CAS", "A", 4))
    return sorted(counts, key=lambda count: -count.weeks_ago)


def found(rng: Random, book: float, step: float, spare: float, share: float = WRONG_SHARE) -> float:
    """Return what a counter finds where the book says `book`.

    :param step: the smallest quantity of the product.
    :param spare: how much may be missing at most.
    :param share: how many counts differ.
    """
    if rng.random() > share:
        return book
    amount = step * rng.choice((1, 1, 1, 2, 3))
    if rng.random() < 0.65:
        return book - min(amount, spare)
    return book + amount
