"""The whole story as plain values: one seed and one day of telling give one plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from .calendar import WEEKS, weeks_until
from .demand import Shelf, shelves
from .events import Arrival, Line, Pick, Purchase, Sale, Week
from .products import Product, catalogue
from .supply import Counter, supply_week
from .trade import bring_back, move_surplus, sell_week, spread, throw_away

SEED = 20_19
OPEN_PURCHASES, WAITING_SALES = 6, 12
# Weeks whose sales are written together; what comes back of them comes in the next block.
BLOCK = 4


@dataclass(frozen=True)
class Plan:
    """The catalogue and what happens week by week, oldest first."""

    today: date
    products: tuple[Product, ...]
    shelves: tuple[Shelf, ...]
    weeks: tuple[Week, ...]


def make_plan(today: date, seed: int = SEED, count: int = WEEKS) -> Plan:
    """Return the story that ends on `today`; `count` shortens it for tests."""
    rng = Random(seed)
    products = catalogue(rng)
    places = shelves(rng, products)
    by_key = {(shelf.product, shelf.warehouse.code): shelf for shelf in places}
    counter, weeks, sales = Counter(), [], []
    for number, monday in enumerate(weeks_until(today - timedelta(days=1), count)):
        week = Week(monday)
        if number % BLOCK == 0:
            week.returns = bring_back(rng, monday, sales, products, by_key)
            sales = []
        week.collections, week.purchases = supply_week(
            rng, number, monday, places, products, counter
        )
        if number % BLOCK == 3:
            week.transfers = move_surplus(rng, monday, products, by_key)
            week.write_offs = throw_away(rng, monday, places, products)
        sold = sell_week(rng, number, monday, places, products)
        week.sales, week.tills = spread(rng, monday, today, counter, sold)
        sales += week.sales
        weeks.append(week)
    _leave_open(rng, today, weeks, counter, places, products)
    return Plan(today, tuple(products), tuple(places), tuple(weeks))


def _leave_open(rng: Random, today: date, weeks: list[Week], counter: Counter,
                places: list[Shelf], products: list[Product]) -> None:  # fmt: skip
    """End the story in the middle of work: goods on the way, orders to be delivered."""
    last = weeks[-1]
    yesterday = datetime.combine(today - timedelta(days=1), datetime.min.time())
    for number in range(OPEN_PURCHASES):
        chosen = [shelf for shelf in places if products[shelf.product].category.family == "parts"]
        lines = tuple(
            Arrival(shelf.product, shelf.warehouse.code, shelf.bins[0], 12.0)
            for shelf in rng.sample(chosen, 5)
            if shelf.warehouse.code == "LYO"
        )
        counter.purchase += 1
        ordered = yesterday - timedelta(days=number, hours=-9)
        if lines:
            last.purchases.append(Purchase(counter.purchase, "LYO", 3, ordered, None, lines))
    fast = [shelf for shelf in places if products[shelf.product].speed == "A"]
    for shelf in rng.sample(fast, min(WAITING_SALES, len(fast))):
        counter.sale += 1
        moment = yesterday + timedelta(hours=9, minutes=counter.sale % 60)
        line = Line(shelf.product, (Pick(shelf.bins[0], 1.0),))
        sale = Sale(
            counter.sale, shelf.warehouse.code, counter.sale % 20, moment, (line,), waiting=True
        )
        last.sales.append(sale)
