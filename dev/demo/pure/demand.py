"""How much a shop sells of a product in a week."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from random import Random

from .calendar import WEEKS, season_factor
from .places import WAREHOUSES, Warehouse, bins_of
from .products import Product

DEAD_AFTER = WEEKS - 60
_COVERAGE = {"LYO": 0.68, "LIL": 0.5, "CAS": 0.55}


@dataclass
class Layer:
    """A quantity that lies together; `expiry` is None when it keeps for ever."""

    quantity: float
    bin: str
    lot: str = ""
    expiry: date | None = None
    consignor: int | None = None
    package: str = ""

    @property
    def place(self) -> tuple:
        """What makes it one quantity for Odoo: bin, lot, owner, package."""
        return self.bin, self.lot, self.consignor, self.package


@dataclass
class Shelf:
    """A product in a warehouse: demand, bins and what lies there (oldest expiry first)."""

    product: int
    warehouse: Warehouse
    rate: float
    trend: float
    launch: int
    last_demand: int
    bins: tuple[str, ...]
    review: int
    layers: list[Layer] = field(default_factory=list)


def poisson(rng: Random, mean: float) -> int:
    """Draw from a Poisson distribution (Knuth, The Art of Computer Programming 2, 3.4.1)."""
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def weekly_mean(shelf: Shelf, product: Product, week: int, monday: date) -> float:
    """Return the mean demand of a week: rate × trend × season, nothing before the launch."""
    if not shelf.launch <= week <= shelf.last_demand:
        return 0.0
    peak_month, amplitude = product.category.season
    trend = 1.0 + shelf.trend * (week / WEEKS - 0.5)
    return shelf.rate * trend * season_factor(monday, peak_month, amplitude)


def _shelf(
    rng: Random, number: int, product: Product, warehouse: Warehouse, bins: list[str]
) -> Shelf:
    launch = rng.randrange(8, WEEKS - 14) if rng.random() < 0.12 else 0
    return Shelf(
        product=number,
        warehouse=warehouse,
        rate=product.rate * warehouse.share,
        trend=rng.choice((0.0, 0.0, 0.0, 0.6, -0.6)),
        launch=0 if product.speed == "D" else launch,
        last_demand=DEAD_AFTER if product.speed == "D" else WEEKS,
        bins=tuple(rng.sample(bins, 2 if product.speed == "A" else 1)),
        review=rng.randrange(8),
    )


def shelves(rng: Random, products: list[Product]) -> list[Shelf]:
    """Return which warehouse holds which product; each product lies in one at least."""
    bins = {warehouse.code: bins_of(warehouse) for warehouse in WAREHOUSES}
    result = []
    for number, product in enumerate(products):
        markets = product.category.markets.split(",")
        candidates = [place for place in WAREHOUSES if place.company in markets]
        chosen = [
            place
            for place in candidates
            if product.speed == "A" or rng.random() < _COVERAGE[place.code]
        ] or candidates[:1]
        result += [_shelf(rng, number, product, place, bins[place.code]) for place in chosen]
    return result
