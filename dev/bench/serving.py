"""An Odoo server to measure from outside."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from dev.lib import odoo_conf, odoo_run, places, serve
from dev.lib.connection import Connection


@contextmanager
def serving(connection: Connection, database: str, workers: int) -> Iterator[tuple[str, int]]:
    """Run Odoo on a database; give its address and the id of its first process."""
    port = _free_port()
    conf = odoo_conf.write(
        connection,
        database,
        port,
        workers=workers,
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
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
