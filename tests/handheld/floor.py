"""A shelf to count: goods of every kind of tracking, and what their codes are."""

import itertools
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.faults.world import World

# A stock key with its lot: product, location, lot (0 without one).
Key = tuple[int, int, int]
_numbers = itertools.count(1)


def ean13(number: int) -> str:
    """Return an EAN-13 of the range for shops' own goods, with its check digit."""
    digits = f"20{number:010d}"
    total = sum(int(one) * (3 if at % 2 else 1) for at, one in enumerate(digits))
    return digits + str(-total % 10)


@dataclass(frozen=True)
class Good:
    """What one code stands for."""

    code: str
    product: int
    lot: int = 0
    quantity: float = 1


@dataclass
class Floor:
    """A started session on a few places, and the codes of what lies there."""

    world: World
    session: int = 0
    places: dict[str, int] = field(default_factory=dict)
    loose: list[Good] = field(default_factory=list)
    lots: list[Good] = field(default_factory=list)
    serials: list[Good] = field(default_factory=list)

    def scans(self, count: int, rng: random.Random) -> tuple[list[str], Counter[Key]]:
        """Make up a walk with so many counts.

        :return: the codes in their order, those of places between; and what comes of them.
        """
        codes: list[str] = []
        total: Counter[Key] = Counter()
        place = 0
        for number in range(count):
            if number % 20 == 0:
                barcode, place = list(self.places.items())[number // 20 % len(self.places)]
                codes.append(barcode)
            good = self._next(rng)
            codes.append(good.code)
            total[good.product, place, good.lot] += good.quantity
        return codes, total

    def _next(self, rng: random.Random) -> Good:
        chance = rng.random()
        if chance < 0.1 and self.serials:
            return self.serials.pop()
        return rng.choice(self.lots if chance < 0.3 else self.loose)

    # --- What the server has ---

    def counted(self) -> Counter[Key]:
        """Return what the live entries of the session come to."""
        rows = self.world.rows(
            f"""SELECT product_id, location_id, COALESCE(lot_id, 0), SUM(entry.quantity)
                  FROM stockex_count_entry entry
                  JOIN stockex_count_line line ON line.id = entry.line_id
                 WHERE entry.session_id = {self.session} AND superseded_by_id IS NULL
                   AND voids IS NOT TRUE GROUP BY 1, 2, 3"""
        )
        return Counter(
            {(int(one), int(two), int(three)): float(total) for one, two, three, total in rows}
        )

    def entries(self) -> int:
        """Count the entries of the session, whatever became of them."""
        where = f"session_id = {self.session}"
        return int(self.world.one(f"SELECT count(*) FROM stockex_count_entry WHERE {where}"))

    def operations(self) -> Counter[str]:
        """Count by status what handhelds sent for the session."""
        rows = self.world.rows(
            "SELECT status, count(*) FROM stockex_sync_operation "
            f"WHERE session_id = {self.session} GROUP BY 1"
        )
        return Counter({status: int(count) for status, count in rows})


def lay(world: World, *, places: int = 3, loose: int = 4, lots: int = 2, serials: int = 0) -> Floor:
    """Stock new places with new goods and start counting them."""
    floor = Floor(world)
    bins = world.make_bins(places)
    for place in bins:
        barcode = f"PLACE-{place}"
        world.admin.call("stock.location", "write", [place], {"barcode": barcode})
        floor.places[barcode] = place
    for product in world.make_products(loose):
        floor.loose.append(Good(_barcode(world, product), product))
    world.stock(bins, [good.product for good in floor.loose])
    if lots:
        floor.lots = _lots(world, bins, lots)
    if serials:
        floor.serials = _serials(world, bins[0], serials)
    floor.session = world.draft(bins)
    world.carla.call("stockex.count.session", "action_start", [floor.session])
    return floor


def _barcode(world: World, product: int) -> str:
    code = ean13(product * 1000 + next(_numbers))
    world.admin.call("product.product", "write", [product], {"barcode": code})
    return code


def _tracked(world: World, tracking: str, names: list[str]) -> tuple[int, str, list[int]]:
    [product] = world.make_products(1)
    world.admin.call("product.product", "write", [product], {"tracking": tracking})
    vals = [{"name": name, "product_id": product} for name in names]
    return product, _barcode(world, product), world.admin.call("stock.lot", "create", vals)


def _lots(world: World, bins: list[int], count: int) -> list[Good]:
    """Stock lots in all places; their codes are GS1-128 with article, lot and pieces."""
    names = [f"L{next(_numbers)}-{number}" for number in range(count)]
    product, code, ids = _tracked(world, "lot", names)
    _put(world, [(product, place, lot, 20) for place in bins for lot in ids])
    return [
        Good(f"]C1010{code}30{number + 2}\x1d10{name}", product, lot, number + 2)
        for number, (name, lot) in enumerate(zip(names, ids, strict=True))
    ]


def _serials(world: World, place: int, count: int) -> list[Good]:
    """Stock single pieces, of which every second has its number alone on it."""
    names = [f"SN{next(_numbers)}X{number:04d}" for number in range(count)]
    product, code, ids = _tracked(world, "serial", names)
    _put(world, [(product, place, lot, 1) for lot in ids])
    return [
        Good(name if number % 2 else f"]C1010{code}21{name}", product, lot)
        for number, (name, lot) in enumerate(zip(names, ids, strict=True))
    ]


def _put(world: World, rows: list[tuple[int, int, int, float]]) -> None:
    names = ("product_id", "location_id", "lot_id", "inventory_quantity")
    context = {"inventory_mode": True}
    vals: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in rows]
    quants = world.admin.call("stock.quant", "create", vals, context=context)
    world.admin.call("stock.quant", "action_apply_inventory", quants, context=context)
