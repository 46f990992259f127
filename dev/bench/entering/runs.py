"""Ten counters for a minute, on a server as in production."""

import os
import statistics
from typing import Any

from dev.lib.connection import Connection
from dev.lib.say import Failure, step

from ..lib import Lab, setting
from ..rows import Row, Target
from ..serving import serving
from .clients import PACE_S, Client, work

CLIENTS = 10
WORKERS = 2
TARGET_MS = 150
WARM_SECONDS = 5


def run(connection: Connection) -> list[Row]:
    """Measure how long an entry takes with ten at work; return the rows."""
    seconds = setting(os.environ, "SECONDS", 60, least=5)
    lines = setting(os.environ, "LINES", 10_000, least=500)
    with Lab(connection) as lab:
        with step(f"{lines:,} lines: filling"):
            plain = lab.copy()
            lab.call(plain, "count.fixture:fill", lines=lines, cost="standard", lots=False)
            database = lab.installed(plain, "stockex")
            made = lab.call(database, "entering.prepare:prepare", clients=CLIENTS)
            lab.settle(database)
        with step(f"{CLIENTS} counters for {seconds} s on {WORKERS} workers"):
            clients = _entered(connection, database, made, seconds)
        kept = lab.call(database, "entering.prepare:recorded", session=made["session"])
    return _rows(clients, kept)


def _entered(
    connection: Connection, database: str, made: dict[str, Any], seconds: int
) -> list[Client]:
    with serving(connection, database, WORKERS) as (url, _process):
        clients = [
            Client(url, database, login, made["session"], made["lines"], seed)
            for seed, login in enumerate(made["logins"])
        ]
        # Each worker loads its templates and rules at its first requests.
        work(clients, WARM_SECONDS)
        for client in clients:
            client.milliseconds.clear()
        work(clients, seconds)
    errors = [error for client in clients for error in client.errors]
    if errors:
        raise Failure(f"{len(errors)} entries were refused.", f"The first: {errors[0]}")
    return clients


def _rows(clients: list[Client], kept: list[str]) -> list[Row]:
    times = sorted(ms for client in clients for ms in client.milliseconds)
    sent = sum(client.sent for client in clients)
    many = f"{CLIENTS} counters, an entry each {PACE_S:g} s"
    cuts = statistics.quantiles(times, n=100)
    return [
        Row("Entries sent", sent, ""),
        Row("Entries recorded", len(set(kept)), ""),
        Row("Entries lost or kept twice", abs(sent - len(kept)), "", target=Target(0)),
        Row(f"An entry, {many}: median", statistics.median(times), "ms"),
        Row(f"An entry, {many}: 95 of 100", cuts[94], "ms", target=Target(TARGET_MS)),
        Row(f"An entry, {many}: slowest", times[-1], "ms"),
    ]
