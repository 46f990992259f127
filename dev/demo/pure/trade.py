"""What leaves the warehouses in a week: orders, till sales, returns, transfers, losses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from random import Random

from .calendar import open_days, random_moment
from .demand import Layer, Shelf, poisson, weekly_mean
from .events import Line, Return, Sale, Till, Transfer, WriteOff
from .products import Product
from .stock import expired, on_hand, pick, put, take
from .supply import Counter

CUSTOMERS_PER_COMPANY = 40
ORDER_SHARE = 0.044
RETURN_SHARE = 0.04
MAX_SALES = 1000
_MOST_LINES = 6
REASONS = ("Damaged", "Lost", "Not repairable")


def sell_week(rng: Random, week: int, monday: date, shelves: Sequence[Shelf],
              products: Sequence[Product]) -> dict[str, list[Line]]:  # fmt: skip
    """Take a week's demand from the shelves; return what was sold by warehouse."""
    sold: dict[str, list[Line]] = {}
    for shelf in shelves:
        product = products[shelf.product]
        mean = weekly_mean(shelf, product, week, monday)
        wanted = poisson(rng, mean) * product.step if mean else 0.0
        picks = take(shelf, wanted, monday) if wanted else ()
        if picks:
            sold.setdefault(shelf.warehouse.code, []).append(Line(shelf.product, picks))
    return sold


def _customer(rng: Random) -> int:
    """Draw a customer: a few of them buy most."""
    return int(CUSTOMERS_PER_COMPANY * rng.random() ** 2.2)


def spread(rng: Random, monday: date, today: date, counter: Counter,
           sold: dict[str, list[Line]]) -> tuple[list[Sale], list[Till]]:  # fmt: skip
    """Share out what was sold between orders of several lines and sales at the till."""
    days = open_days(monday, today)
    sales, tills = [], []
    for code, lines in sorted(sold.items()):
        lines = list(lines)
        rng.shuffle(lines)
        ordered = round(len(lines) * ORDER_SHARE) if counter.sale < MAX_SALES else 0
        position = 0
        while position < ordered:
            size = min(rng.randrange(1, _MOST_LINES), ordered - position)
            counter.sale += 1
            chosen = tuple(lines[position : position + size])
            moment = random_moment(rng, days)
            sales.append(Sale(counter.sale, code, _customer(rng), moment, chosen))
            position += size
        tills += [Till(random_moment(rng, days), code, line) for line in lines[ordered:]]
    return sorted(sales, key=_moment), sorted(tills, key=_moment)


def _moment(event: Sale | Till) -> datetime:
    return event.moment


def bring_back(rng: Random, monday: date, sales: Sequence[Sale], products: Sequence[Product],
               by_key: dict[tuple[int, str], Shelf]) -> list[Return]:  # fmt: skip
    """Return on Monday morning some untracked lines of the sales of the last weeks."""
    result = []
    for sale in sales:
        for line in sale.lines:
            plain = len(line.picks) == 1 and line.picks[0].consignor is None
            untracked = products[line.product].category.tracking == "none"
            if rng.random() > RETURN_SHARE or not untracked or not plain or sale.waiting:
                continue
            place = by_key[line.product, sale.warehouse].bins[0]
            put(by_key[line.product, sale.warehouse], Layer(line.quantity, place))
            result.append(Return(early(monday, 6), sale.number, line.product, line.quantity,
                                 sale.warehouse, place))  # fmt: skip
    return result


def early(monday: date, hour: int) -> datetime:
    """Return an hour of Monday morning before the shops open."""
    return datetime(monday.year, monday.month, monday.day, hour)


def move_surplus(rng: Random, monday: date, products: Sequence[Product],
                 by_key: dict[tuple[int, str], Shelf]) -> list[Transfer]:  # fmt: skip
    """Send a few products from Lyon, where there are many, to Lille, where few are left."""
    result: list[Transfer] = []
    for (number, code), shelf in by_key.items():
        other = by_key.get((number, "LIL"))
        product = products[number]
        if code != "LYO" or other is None or product.category.tracking != "none":
            continue
        here, there = on_hand(shelf, monday), on_hand(other, monday)
        spare = here >= 6 and there <= 2 and not product.consigned
        if spare and len(result) < 6 and rng.random() < 0.5:
            line = Line(number, take(shelf, here // 3, monday))
            put(other, Layer(line.quantity, other.bins[0]))
            result.append(Transfer(early(monday, 7), line, "LYO", "LIL", other.bins[0]))
    return result


def throw_away(rng: Random, monday: date, shelves: Sequence[Shelf],
               products: Sequence[Product]) -> list[WriteOff]:  # fmt: skip
    """Write off most lots that expired, and a broken unit here and there."""
    result = []
    for shelf in shelves:
        code, lost = shelf.warehouse.code, []
        for layer in expired(shelf, monday):
            if rng.random() < 0.7:
                lost.append(("Expired", (pick(layer, layer.quantity),)))
                shelf.layers.remove(layer)
        untracked = products[shelf.product].category.tracking == "none"
        if untracked and rng.random() < 0.006:
            lost.append((rng.choice(REASONS), take(shelf, 1.0, monday)))
        result += [
            WriteOff(early(monday, 7), code, Line(shelf.product, picks), reason)
            for reason, picks in lost
            if picks
        ]
    return result
