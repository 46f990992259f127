"""When and how much a warehouse takes in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from .demand import Layer, Shelf, weekly_mean
from .events import Arrival, Collection, Purchase
from .products import Product
from .stock import on_hand, put

BOUGHT = {"appliances", "electronics", "parts", "care"}
SUPPLIERS = {"appliances": (0, 1), "electronics": (2,), "parts": (3, 4), "care": (5, 6)}
CONSIGNORS = 8
PURCHASE_EVERY = 10


@dataclass
class Counter:
    """Running numbers of what the story creates."""

    purchase: int = 0
    sale: int = 0
    serial: int = 0
    package: int = 0


def _is_ordered(product: Product) -> bool:
    """Say whether a bought product comes by order; slow ones come as other firms' surplus."""
    return product.speed == "A" or product.colour < 2


def _due(shelf: Shelf, product: Product, week: int) -> bool:
    """Say whether somebody looks at the shelf this week.

    Bought goods are ordered every tenth week, each warehouse in a week of its own.
    """
    if product.category.family in BOUGHT and week:
        return (week + len(shelf.warehouse.city)) % PURCHASE_EVERY == 0
    every = 4 if product.speed in "AB" else 8
    return week == shelf.launch or (week + shelf.review) % every == 0


def _wanted(shelf: Shelf, product: Product, week: int, monday: date) -> float:
    """Return the quantity to take in this week: 0 while there is enough on the shelf."""
    if week < shelf.launch or (product.speed == "D" and week) or not _due(shelf, product, week):
        return 0.0
    ahead = weekly_mean(shelf, product, min(week + 2, shelf.last_demand), monday)
    here = on_hand(shelf, monday)
    if here > ahead * (11 if product.speed in "AB" else 14):
        return 0.0
    cover = {"A": 14, "B": 18, "C": 34, "D": 120}[product.speed]
    target = math.ceil(ahead * cover) + (2 if product.speed in "AB" else 3)
    return max(0.0, float(target) - math.ceil(here))


def _arrival(rng: Random, shelf: Shelf, product: Product, quantity: float, monday: date,
             counter: Counter) -> Arrival:  # fmt: skip
    lot, expiry, serials, package = "", None, (), ""
    if product.category.tracking == "lot":
        lot = f"L{monday:%y%m%d}-{product.reference}"
        days = int(product.category.shelf_days * rng.uniform(0.45, 1.0))
        expiry = monday + timedelta(days=days)
    elif product.category.tracking == "serial":
        quantity = min(quantity, 6.0)
        first = counter.serial
        counter.serial += int(quantity)
        serials = tuple(f"SN{first + rank + 1:06d}" for rank in range(int(quantity)))
    elif rng.random() < 0.05:
        counter.package += 1
        package = f"{shelf.warehouse.code}-BAC-{counter.package:04d}"
    place = rng.choice(shelf.bins)
    consignor = rng.randrange(CONSIGNORS) if product.consigned else None
    for name in serials or (lot,):
        units = 1.0 if serials else quantity
        put(shelf, Layer(units, place, name, expiry, consignor, package))
    return Arrival(shelf.product, shelf.warehouse.code, place, quantity, lot, expiry, serials,
                   consignor, package)  # fmt: skip


def _collections(rng: Random, monday: date, lines: list[Arrival]) -> list[Collection]:
    """Group what was brought in by warehouse, on Monday morning before the shops open."""
    result = []
    for code in sorted({line.warehouse for line in lines}):
        moment = datetime(monday.year, monday.month, monday.day, 5, rng.randrange(60))
        chosen = tuple(line for line in lines if line.warehouse == code)
        result.append(Collection(moment, code, chosen))
    return result


def _purchases(rng: Random, monday: date, counter: Counter, products: Sequence[Product],
               lines: list[Arrival]) -> list[Purchase]:  # fmt: skip
    """Group bought goods by warehouse and supplier; ordered days before they arrive."""
    groups: dict[tuple[str, int], list[Arrival]] = {}
    for line in lines:
        suppliers = SUPPLIERS[products[line.product].category.family]
        supplier = suppliers[monday.toordinal() // 70 % len(suppliers)]
        groups.setdefault((line.warehouse, supplier), []).append(line)
    result = []
    for (code, supplier), chosen in sorted(groups.items()):
        received = datetime(monday.year, monday.month, monday.day, 6, rng.randrange(60))
        ordered = received - timedelta(days=rng.randrange(3, 20), hours=-4)
        counter.purchase += 1
        result.append(Purchase(counter.purchase, code, supplier, ordered, received, tuple(chosen)))
    return result


def supply_week(rng: Random, week: int, monday: date, shelves: Sequence[Shelf],
                products: Sequence[Product], counter: Counter):  # fmt: skip
    """Fill the shelves for a week; return the collections and the purchases that did it.

    Used goods, and everything the business opens with, are collected; the rest is bought.
    """
    collected, bought = [], []
    for shelf in shelves:
        product = products[shelf.product]
        quantity = _wanted(shelf, product, week, monday)
        if quantity <= 0:
            continue
        arrival = _arrival(rng, shelf, product, quantity, monday, counter)
        by_order = bool(week) and product.category.family in BOUGHT and _is_ordered(product)
        (bought if by_order else collected).append(arrival)
    return _collections(rng, monday, collected), _purchases(rng, monday, counter, products, bought)
