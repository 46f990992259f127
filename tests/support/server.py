"""A real Odoo server on a copy of a prepared database."""

import itertools
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from dev.lib import builds, databases, odoo_conf, odoo_run, places, serve, setup
from dev.lib.connection import Connection, query
from dev.lib.stamps import only_one

# Linux ends the server when the test run itself is killed.
DIE_WITH_PARENT = ("setpriv", "--pdeathsig", "KILL")
_numbers = itertools.count(1)


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """Odoo on 127.0.0.1; its database and files are dropped at the end.

    :param template: the prepared database to copy.
    :param workers: 0 runs threads in one process, with the job runner among them.
    :param crons: how many scheduled actions may run at once; 0 runs none.
    :param channels: queue_job's capacity; `root:0` starts no job runner.
    :param env: more environment variables for the server.
    """

    def __init__(
        self,
        template: str = databases.TEST,
        workers: int = 0,
        *,
        crons: int = 0,
        channels: str = odoo_conf.CHANNELS,
        env: dict[str, str] | None = None,
    ) -> None:
        self.template = template
        self.workers = workers
        self.db = f"{template}_s{os.getpid()}_{next(_numbers)}"
        self.port = free_port()
        self.log_path: Path = places.LOGS / f"server-{self.db}.log"
        self.connection: Connection = setup.server()
        self._crons = crons
        self._channels = channels
        self._env = env or {}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return the address without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """Return the id of its first process."""
        assert self._process is not None
        return self._process.pid

    def __enter__(self) -> "Server":
        self._prepare_template()
        with only_one("databases"):
            databases.copy(self.connection, self.template, self.db)
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def start(self) -> None:
        """Start Odoo, also again after `stop` or `kill`, and wait for its answer."""
        conf = odoo_conf.write(
            self.connection,
            self.db,
            self.port,
            workers=self.workers,
            max_cron_threads=self._crons,
            gevent_port=free_port(),
            channels=self._channels,
        )
        self.log_path.parent.mkdir(parents=True, exist_ok=True)
        with open(self.log_path, "ab") as log:
            offset = log.tell()
            self._process = subprocess.Popen(
                [*DIE_WITH_PARENT, *(str(part) for part in odoo_run.command(conf))],
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env={**self.connection.environment(), **self._env},
                start_new_session=True,
            )
            serve.wait_until_up(self._process, self.port, self.log_path, offset)

    def stop(self, timeout_s: float = 20) -> None:
        """Ask Odoo to end; kill it if it does not."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def kill(self) -> None:
        """End all its processes at once, as a power cut would."""
        if self._process is None:
            return
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
        self._wait_for_sessions_to_end()

    def close(self) -> None:
        """Stop and drop the copy; the log stays."""
        self.stop()
        databases.drop(self.connection, self.db)

    def log(self) -> str:
        """Return all that the server has logged."""
        return self.log_path.read_text(errors="replace")

    def sql(self, statement: str) -> list[list[str]]:
        """Run a statement beside the server and return its rows as texts."""
        return query(self.connection, statement, self.db)

    def _prepare_template(self) -> None:
        """Build the template if it was never built; a run does not wait for fresh code."""
        if databases.exists(self.connection, self.template):
            return
        if self.template == databases.DEMO:
            builds.ensure_demo(self.connection)
        else:
            builds.ensure_test(self.connection)

    def _wait_for_sessions_to_end(self) -> None:
        """Wait until PostgreSQL has noticed and rolled back."""
        statement = (
            "SELECT count(*) FROM pg_stat_activity "
            f"WHERE datname = '{self.db}' AND pid <> pg_backend_pid()"
        )
        deadline = time.monotonic() + 10
        while self.sql(statement) != [["0"]] and time.monotonic() < deadline:
            time.sleep(0.05)
