"""Four clients for half a minute, each way in turn, on one server."""

import os
import statistics
from dataclasses import dataclass
from typing import Any

import psutil

from dev.lib.connection import Connection
from dev.lib.say import Failure, step

from ..lib import Lab, setting
from ..rows import Row, Target, measured
from ..serving import serving
from .clients import Client, work

CLIENTS = 4
WARM_SECONDS = 3
# Way, key: the API with limiter and request log, JSON-2, the API without both.
WAYS = {
    "books": ("api", "books"),
    "json2": ("json2", "json2"),
    "plain": ("api", "plain"),
}
PEER = "JSON-2 read"


@dataclass
class Round:
    """:ivar cpu_ms: processor time of the server for a request."""

    cpu_ms: float
    median_ms: float
    p95_ms: float
    per_second: float


def run(connection: Connection) -> list[Row]:
    """Measure the processor time and the latency of a request; return the rows."""
    seconds = setting(os.environ, "SECONDS", 30, least=2)
    repeat = setting(os.environ, "REPEAT", 3)
    with Lab(connection) as lab:
        with step("3,000 products: filling"):
            plain = lab.copy()
            lab.call(plain, "count.fixture:fill", lines=3000, cost="standard", lots=False)
            database = lab.installed(plain, "stockex_mobile_api")
            made = lab.call(database, "api.prepare:prepare")
            lab.settle(database)
        found: dict[str, list[Round]] = {name: [] for name in WAYS}
        with serving(connection, database, workers=0) as (url, process):
            for name in WAYS:
                _round(url, process, made, name, WARM_SECONDS)
            for number in range(repeat):
                with step(f"{CLIENTS} clients, {len(WAYS)} times {seconds} s, round {number + 1}"):
                    for name in WAYS:
                        found[name].append(_round(url, process, made, name, seconds))
    return _rows(found)


def _round(url: str, process: int, made: dict[str, Any], name: str, seconds: float) -> Round:
    way, key = WAYS[name]
    clients = [Client(url, way, made[key], made["products"]) for _number in range(CLIENTS)]
    before = _cpu_s(process)
    work(clients, seconds)
    used = _cpu_s(process) - before
    if errors := [client.error for client in clients if client.error]:
        raise Failure(f"The server answered something else ({name}).", errors[0])
    times = sorted(ms for client in clients for ms in client.milliseconds)
    return Round(
        cpu_ms=used * 1000 / len(times),
        median_ms=statistics.median(times),
        p95_ms=statistics.quantiles(times, n=100)[94],
        per_second=len(times) / seconds,
    )


def _cpu_s(process: int) -> float:
    first = psutil.Process(process)
    times = [one.cpu_times() for one in (first, *first.children(recursive=True))]
    return sum(one.user + one.system for one in times)


def _rows(found: dict[str, list[Round]]) -> list[Row]:
    named = {
        "books": ("with limiter and log", Target(1.0, "ratio")),
        "plain": ("without both", Target(0.9, "ratio")),
    }
    rows = []
    for name, (text, target) in named.items():
        for title, attribute, wanted in (
            ("processor for a request", "cpu_ms", target),
            ("median answer", "median_ms", None),
            ("95 of 100 answers within", "p95_ms", None),
        ):
            values = [getattr(one, attribute) for one in found[name]]
            peer = statistics.median([getattr(one, attribute) for one in found["json2"]])
            rows.append(
                measured(
                    f"{title}, {text}", values, "ms", peer=PEER, peer_figure=peer, target=wanted
                )
            )
    return rows
