"""The plan's own arithmetic: what lies where after each week, worked out from its events.

The tests prove with it that no shelf goes below zero; the counts learn from it how much may be
missing today without a later sale finding nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from .events import Arrival, Line, Week
from .plan import BLOCK, Plan

Place = tuple  # product, bin, lot or serial number, consignor, package


def arrived(arrival: Arrival) -> Iterable[tuple[Place, float]]:
    """Return the places that an arrival fills, with their quantities."""
    for name in arrival.serials or (arrival.lot,):
        place = (arrival.product, arrival.bin, name, arrival.consignor, arrival.package)
        yield place, 1.0 if arrival.serials else arrival.quantity


def taken(line: Line) -> Iterable[tuple[Place, float]]:
    """Return the places that a line empties, with what they lose."""
    for pick in line.picks:
        yield (line.product, pick.bin, pick.lot, pick.consignor, pick.package), -pick.quantity


def changes(week: Week) -> Iterable[tuple[Place, float]]:
    """Return what a week changes, in the order in which it happens."""
    for back in week.returns:
        yield (back.product, back.bin, "", None, ""), back.quantity
    for delivery in (*week.collections, *week.purchases):
        if getattr(delivery, "received", True):
            for arrival in delivery.lines:
                yield from arrived(arrival)
    for transfer in week.transfers:
        yield from taken(transfer.line)
        yield (transfer.line.product, transfer.bin, "", None, ""), transfer.line.quantity
    for loss in week.write_offs:
        yield from taken(loss.line)
    for till in week.tills:
        yield from taken(till.line)
    for sale in week.sales:
        if not sale.waiting:
            for line in sale.lines:
                yield from taken(line)


def levels(plan: Plan) -> list[dict[Place, float]]:
    """Return the quantity in every place at the end of each week."""
    result, current = [], defaultdict(float)
    for week in plan.weeks:
        for place, quantity in changes(week):
            current[place] += quantity
        result.append(dict(current))
    return result


def lowest_during(plan: Plan) -> dict[Place, float]:
    """Return the lowest quantity that each place ever sees, within weeks too."""
    current: dict[Place, float] = defaultdict(float)
    lowest: dict[Place, float] = defaultdict(float)
    for week in plan.weeks:
        for place, quantity in changes(week):
            current[place] += quantity
            lowest[place] = min(lowest[place], current[place])
    return dict(lowest)


def spare_from(plan: Plan, first: int) -> dict[Place, float]:
    """Return what can be missing in each place from the end of week `first` on.

    Nothing that a later sale, transfer or loss will take from there.
    """
    spare: dict[Place, float] = {}
    current: dict[Place, float] = defaultdict(float)
    for number, week in enumerate(plan.weeks):
        for place, quantity in changes(week):
            current[place] += quantity
            if number > first and place in spare:
                spare[place] = min(spare[place], current[place])
        if number == first:
            spare = dict(current)
    return {place: quantity for place, quantity in spare.items() if quantity > 0}


def block_ends(plan: Plan) -> list[int]:
    """Return the weeks at whose end all sales so far are written."""
    return list(range(BLOCK - 1, len(plan.weeks), BLOCK))
