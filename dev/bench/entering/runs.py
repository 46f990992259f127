"""Ten counters for a minute, on a server as in production."""

import os
import socket
import statistics
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dev.lib import odoo_conf, odoo_run, places, serve
from dev.lib.connection import Connection
from dev.lib.say import Failure, step

from ..lib import Lab, setting
from ..rows import Row, Target
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
    with _server(connection, database) as url:
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


@contextmanager
def _server(connection: Connection, database: str) -> Iterator[str]:
    """Run Odoo with workers on a database; give its address."""
    port = _free_port()
    conf = odoo_conf.write(
        connection,
        database,
        port,
        workers=WORKERS,
        max_cron_threads=0,
        gevent_port=_free_port(),
        channels="root:0",
    )
    log_path = places.LOGS / f"bench-server-{os.getpid()}.log"
    log_path.parent.mkdir(parents=True, exist_ok=True)
    with open(log_path, "ab") as log:
        offset = log.tell()
        process = subprocess.Popen(
            [str(part) for part in odoo_run.command(conf)],
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env=connection.environment(),
        )
    try:
        serve.wait_until_up(process, port, log_path, offset)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
