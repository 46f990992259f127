"""Which databases and repetitions the count's figures come from."""

import os
from typing import Any, NamedTuple

from dev.lib.connection import Connection
from dev.lib.say import line, step

from ..lib import Lab, setting
from ..rows import Row
from . import figures
from .figures import Runs


class Stock(NamedTuple):
    """Two databases with the same stock: Odoo alone, and with our addon."""

    plain: str
    ours: str


def run(connection: Connection) -> list[Row]:
    """Measure counting beside Odoo's own inventory and OCA's; return the rows."""
    repeat = setting(os.environ, "REPEAT", 5)
    lines = setting(os.environ, "LINES", 10_000, least=500)
    with Lab(connection) as lab:
        stock = _fill(lab, lines, "standard", "standard cost")
        standard = _side_by_side(lab, stock, repeat)
        standard.part = _oca(lab, stock)
        large = _large(lab, stock, lines)
        average = _side_by_side(lab, _fill(lab, lines, "average", "average cost"), repeat)
        lots = _lots(lab, repeat, lines)
    return figures.rows(lines, standard=standard, average=average, lots=lots, large=large)


def _fill(lab: Lab, lines: int, cost: str, title: str, lots: bool = False) -> Stock:
    """Make a database with stock, and its copy with our addon."""
    with step(f"{lines:,} lines, {title}: filling"):
        plain = lab.copy()
        lab.call(plain, "count.fixture:fill", lines=lines, cost=cost, lots=lots)
        lab.settle(plain)
        ours = lab.installed(plain, "stockex")
        lab.call(ours, "count.ours:prepare")
    return Stock(plain, ours)


def _once(lab: Lab, runs: Runs, side: str, source: str, **values: Any) -> None:
    with lab.copied(source) as database:
        runs.add(side, lab.call(database, f"count.{side}:whole", **values))
    line(f"    {side}: {runs.told(side)}")


def _side_by_side(lab: Lab, stock: Stock, repeat: int) -> Runs:
    """Measure ours and Odoo's in turns, so that both meet the same other load."""
    runs = Runs()
    with step(f"{repeat} times Odoo's own and ours"):
        for _ in range(repeat):
            _once(lab, runs, "native", stock.plain, zone="Zone")
            _once(lab, runs, "ours", stock.ours, zone="Zone")
    return runs


def _oca(lab: Lab, stock: Stock) -> Runs:
    """Measure OCA's once and on a fifth of the lines: its time grows with their square."""
    runs = Runs()
    with step("A fifth of the lines: OCA stock_inventory and ours, once"):
        _once(lab, runs, "oca", lab.installed(stock.plain, "stock_inventory"), zone="Part")
        _once(lab, runs, "ours", stock.ours, zone="Part")
    return runs


def _lots(lab: Lab, repeat: int, lines: int) -> Runs:
    runs = Runs()
    stock = _fill(lab, lines, "standard", "with lots", lots=True)
    times = -(-repeat // 2)
    with step(f"Odoo's own once, ours {times} times"):
        _once(lab, runs, "native", stock.plain, zone="Zone")
        for _ in range(times):
            _once(lab, runs, "ours", stock.ours, zone="Zone")
    return runs


def _large(lab: Lab, small: Stock, lines: int) -> Runs:
    """Measure five times the lines between two runs of one time, which meet the same load."""
    few = Runs()
    many = Runs(part=few)
    stock = _fill(lab, 5 * lines, "standard", "standard cost")
    with step(f"{5 * lines:,} lines between twice {lines:,}, ours"):
        for side, source in ((few, small), (many, stock), (few, small)):
            _once(lab, side, "ours", source.ours, zone="Zone")
    return many
