"""Start, find and stop the demo's server."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from . import odoo_conf, odoo_run, places
from .connection import Connection
from .databases import DEMO
from .say import Failure, line, step
from .shell import last_lines

NOTE = places.RUN / "server.json"
LOG = places.LOGS / "server.log"
START_TIMEOUT_S = 120
STOP_TIMEOUT_S = 20


def wanted_port() -> int:
    """Return the port the user asked for.

    :raise Failure: if PORT is not a port.
    """
    text = os.environ.get("PORT", "").strip() or "8069"
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise Failure(f"PORT={text} is not a port.", "Give a number from 1024 to 65535.")
    return int(text)


def is_alive(pid: int, conf: str) -> bool:
    """Tell whether a process is the Odoo we started, and not a later one of its number."""
    try:
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return conf.encode() in arguments


def running() -> dict[str, Any] | None:
    """Return what is known of our running server: pid, port, print, conf."""
    try:
        note = json.loads(NOTE.read_text())
    except (OSError, ValueError):
        return None
    return note if is_alive(note["pid"], note["conf"]) else None


def stop() -> bool:
    """Stop our server; tell whether there was one."""
    note = running()
    if not note:
        NOTE.unlink(missing_ok=True)
        return False
    with step(f"Stopping the server on port {note['port']}"):
        os.kill(note["pid"], signal.SIGTERM)
        deadline = time.monotonic() + STOP_TIMEOUT_S
        while is_alive(note["pid"], note["conf"]):
            if time.monotonic() > deadline:
                os.kill(note["pid"], signal.SIGKILL)
            time.sleep(0.1)
    NOTE.unlink(missing_ok=True)
    return True


def check_port(port: int) -> None:
    """Refuse a port that another program holds."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Failure(
                f"Port {port} of this machine cannot be used: {error.strerror}.",
                f"Give another one: make demo PORT={port + 1}",
            ) from error


def start(connection: Connection, port: int, code: str, *, detach: bool) -> subprocess.Popen[bytes]:
    """Start Odoo on the demo database and wait until it answers.

    :param code: fingerprint of the code that the server will have loaded.
    """
    check_port(port)
    conf = odoo_conf.write(connection, DEMO, port)
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with step(f"Starting the server on port {port}"), open(LOG, "ab") as log:
        offset = log.tell()
        process = subprocess.Popen(
            [str(part) for part in odoo_run.command(conf)],
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env=connection.environment(),
            start_new_session=detach,
        )
        note = {"pid": process.pid, "port": port, "code": code, "conf": str(conf)}
        NOTE.parent.mkdir(parents=True, exist_ok=True)
        NOTE.write_text(json.dumps(note))
        wait_until_up(process, port, LOG, offset)
    return process


def wait_until_up(process: subprocess.Popen[bytes], port: int, log: Path, offset: int = 0) -> None:
    """Wait for the first answer.

    :raise Failure: with the log's last lines, if the process ends or stays silent.
    """
    deadline = time.monotonic() + START_TIMEOUT_S
    while not answers(port):
        if process.poll() is not None:
            raise Failure(f"The server ended.\n{last_lines(log, offset)}", f"The log: {log}")
        if time.monotonic() > deadline:
            process.kill()
            raise Failure(
                f"No answer after {START_TIMEOUT_S} s.\n{last_lines(log, offset)}",
                f"The log: {log}",
            )
        time.sleep(0.2)


def answers(port: int) -> bool:
    """Tell whether Odoo answers on a port of this machine."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}/web/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def wait(process: subprocess.Popen[bytes]) -> int:
    """Stay with the server until it ends or the user presses Ctrl-C."""
    try:
        code = process.wait()
    except KeyboardInterrupt:
        # The terminal sent Ctrl-C to Odoo as well; let it finish.
        try:
            process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
        line("\n• server stopped")
        code = 0
    NOTE.unlink(missing_ok=True)
    return max(code, 0)


def announce(port: int, logins: list[list[str]]) -> None:
    """Print the address and who can log in."""
    line()
    line(f"  Stockex is at   http://127.0.0.1:{port}")
    line()
    width = max((len(role) for role, _login, _password in logins), default=0)
    for role, login, password in logins:
        line(f"  {role:<{width}}   {login} / {password}")
    line()
    if places.DEMO_KEYS.is_file():
        line(f"  Keys of the API (documentation: http://127.0.0.1:{port}/stockex/api/docs):")
        for row in places.DEMO_KEYS.read_text(encoding="utf-8").splitlines():
            line(f"  {row}")
        line()
