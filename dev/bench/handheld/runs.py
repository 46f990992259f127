"""A handheld with 50,000 products, and the server behind it."""

import os
import statistics
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dev.lib import builds, databases
from dev.lib.connection import Connection
from dev.lib.say import step

from ..lib import Lab, setting
from ..rows import Row, Target, measured
from ..serving import serving
from . import camera, journey
from .clients import Handheld, cpu_s, create_quants
from .device import SLOWED
from .fixture import COUNTER, PASSWORD

SHOWN_MS, KEPT_MS, REFRESH_MS = 50, 150, 50
BATCH = 200
HELLOS, DEVICES, HELLO_EVERY_S = 100, 50, 60
PEER = "Odoo's calls, online"


def run(connection: Connection) -> list[Row]:
    """Measure the handheld and its server; return the rows."""
    lines = setting(os.environ, "LINES", 10_000, least=500)
    # A tenth of them has lots, and half of the lines.
    products = setting(os.environ, "PRODUCTS", 50_000, least=5 * lines)
    scans = setting(os.environ, "SCANS", 300, least=20)
    waiting = setting(os.environ, "WAITING", 5_000, least=1)
    repeat = setting(os.environ, "REPEAT", 3)
    rows = camera.rows()
    with Lab(connection) as lab:
        with step(f"{products:,} products, {lines:,} lines: filling"):
            database = _copied(connection, lab)
            made = lab.call(database, "handheld.fixture:prepare", products=products, lines=lines)
            lab.settle(database)
        with step("Pages of the catalogue"):
            rows += _page_rows(lab.call(database, "handheld.catalogue:pages", login=COUNTER))
        with serving(connection, database, workers=0) as (url, process):
            with step("What the server is sent"):
                rows += _server_rows(url, database, process, made)
            with (
                step(f"{scans} scans without a network, {repeat} times, {waiting:,} waiting"),
                tempfile.TemporaryDirectory() as folder,
            ):
                found = journey.go(url, Path(folder), made, scans, waiting, repeat)
    return [*_device_rows(found, products, lines, waiting), *rows]


def _copied(connection: Connection, lab: Lab) -> str:
    """Start from the prepared database: the handheld stands on all addons."""
    if os.environ.get("BENCH_BASE"):
        return lab.copy()
    builds.ensure_test(connection)
    return lab.copy(databases.TEST)


# --- The device ---


def _device_rows(found: journey.Figures, products: int, lines: int, waiting: int) -> list[Row]:
    store = f"{products:,} products, {lines:,} lines"
    rows = [
        Row(f"{store}: fetched", found.fetch_s, "s"),
        Row(f"{store}: over the line", found.fetch_mb, "MB"),
    ]
    for name, text in (("empty", "queue empty"), ("waiting", f"{waiting:,} waiting")):
        rounds = found.rounds[name]
        for key, title, limit in (
            ("shown", "scan to shown answer", SHOWN_MS),
            ("kept", "scan to safely stored", KEPT_MS),
        ):
            values = [[one[key] for one in part if key in one] for part in rounds]
            peer = [one[key] for one in found.peer]
            rows += _times(f"Offline, slowed {SLOWED} times, {text}: {title}", values, peer, limit)
        for screen in ("tasks", "count"):
            rows.append(Row(f"  opened: {screen}", found.opened[f"{screen}, {name}"], "ms"))
        rows.append(Row("  memory of the script", found.heap_mb[name], "MB"))
    return rows


def _times(title: str, rounds: list[list[float]], peer: list[float], limit: float) -> list[Row]:
    """Write rows of a time: each round has a median, a p95 and a slowest."""
    return [
        measured(
            f"{title}, {name}",
            [share(values) for values in rounds],
            "ms",
            peer=PEER,
            peer_figure=share(peer),
            target=Target(limit) if name == "95 of 100" else None,
        )
        for name, share in (("median", statistics.median), ("95 of 100", _p95), ("slowest", max))
    ]


def _p95(values: Iterable[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


# --- The server ---


def _page_rows(found: dict[str, dict[str, Any]]) -> list[Row]:
    rows = []
    for name, part in found.items():
        most = min(part["rows"], part["limit"])
        pages, again = ([ms for ms, _queries in part[key]] for key in ("page", "refresh"))
        queries = max(queries for _ms, queries in part["page"])
        rows += [
            measured(f"Catalogue, {name}: a page of {most:,}", pages, "ms"),
            Row("  its queries", queries, ""),
            measured(f"Catalogue, {name}: nothing changed", again, "ms", target=Target(REFRESH_MS)),
        ]
    return rows


def _server_rows(url: str, database: str, process: int, made: dict[str, Any]) -> list[Row]:
    handheld = Handheld(url, database, COUNTER, PASSWORD)
    handheld.hello()
    first, rest = made["lines"][:BATCH], made["lines"][BATCH : 4 * BATCH]
    handheld.push(made["session"], first)
    batches = [rest[at : at + BATCH] for at in range(0, len(rest), BATCH)]
    pushed = [handheld.push(made["session"], batch) * 1000 / BATCH for batch in batches]
    create_quants(url, made["key"], first[:10])
    created = [seconds * 1000 for seconds in create_quants(url, made["key"], rest[:BATCH])]
    before = cpu_s(process)
    for _turn in range(HELLOS):
        handheld.hello()
    hello_ms = (cpu_s(process) - before) * 1000 / HELLOS
    return [
        measured(
            f"A batch of {BATCH} counts, a count",
            pushed,
            "ms",
            peer="JSON-2 create, one a count",
            peer_figure=statistics.median(created),
            target=Target(1.0, "ratio"),
        ),
        Row("A device's word that it is there, processor", hello_ms, "ms"),
        Row(
            f"  of {DEVICES} devices, each {HELLO_EVERY_S} s: share of a processor",
            hello_ms * DEVICES / (HELLO_EVERY_S * 10),
            "%",
        ),
    ]
