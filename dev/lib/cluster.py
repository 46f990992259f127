"""The private PostgreSQL server of this folder, on a Unix socket only."""

import os
import pwd
import shutil
from pathlib import Path

from . import places
from .connection import PRIVATE_USER, Connection
from .say import Failure, line, step
from .shell import run, succeeds
from .stamps import only_one
from .system import server_bin_dirs

DATA = places.CLUSTER / "data"
LOG = places.LOGS / "postgresql.log"
# Only a development server may forget its last seconds when the machine dies.
SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{sockets}'
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 512MB
max_connections = 200
"""
PASS_ANY_FOLDER = "+dac_override"
TODO = f"Look into {LOG} and {places.CLUSTER / 'log'}; to start afresh: make reset ALL=1"


def ensure() -> Connection:
    """Have the server made and running; return how to reach it."""
    with only_one("postgresql"):
        bin_dir = _bin_dir()
        if not DATA.exists():
            _create(bin_dir)
        if not _answers(bin_dir):
            _start(bin_dir)
    env = {"PGHOST": str(places.SOCKETS), "PGUSER": PRIVATE_USER}
    return Connection(env, private=True, bin_dir=bin_dir)


def stop() -> None:
    """Stop the server, if it runs."""
    if DATA.exists() and succeeds(_command("status", _bin_dir())):
        run(_command("stop", _bin_dir()), log=LOG, what="PostgreSQL did not stop", todo=TODO)
        line("• PostgreSQL stopped")


def remove() -> None:
    """Stop the server and delete it with all its databases."""
    if places.CLUSTER.exists():
        stop()
        shutil.rmtree(places.CLUSTER)
    shutil.rmtree(places.SOCKETS, ignore_errors=True)


def _bin_dir() -> Path:
    installed = server_bin_dirs()
    try:
        version = int((DATA / "PG_VERSION").read_text())
    except FileNotFoundError:
        return installed[max(installed)]
    except PermissionError as error:
        raise Failure(
            f"{DATA} belongs to another user.", "Use the user who made it, or remove .pg"
        ) from error
    if version not in installed:
        raise Failure(
            f"The databases in {places.CLUSTER} were made by PostgreSQL {version}, "
            "which is no longer installed.",
            f"Install postgresql-{version}, or give them up: make reset ALL=1",
        )
    return installed[version]


def _server_user() -> str | None:
    """Return the user to run as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _as_server(command: list[str | Path]) -> list[str | Path]:
    """Write the command as the server's user runs it."""
    user = _server_user()
    if not user:
        return command
    entry = pwd.getpwnam(user)
    drop: list[str | Path] = ["setpriv", f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}"]
    drop.append("--clear-groups")
    if succeeds([*drop, "test", "-x", places.ROOT]):
        return [*drop, *command]
    # The project lies below a folder that this user cannot enter, such as /root.
    caps = [f"--inh-caps={PASS_ANY_FOLDER}", f"--ambient-caps={PASS_ANY_FOLDER}"]
    return [*drop, *caps, *command]


def _own(path: Path, mode: int) -> None:
    path.mkdir(parents=True, exist_ok=True)
    user = _server_user()
    wanted = pwd.getpwnam(user).pw_uid if user else os.geteuid()
    if user:
        os.chown(path, wanted, pwd.getpwnam(user).pw_gid)
    elif path.stat().st_uid != wanted:
        raise Failure(f"{path} belongs to another user.", f"Have it removed: rm -r {path}")
    os.chmod(path, mode)


def _create(bin_dir: Path) -> None:
    with step("Making a private PostgreSQL server in .pg"):
        _own(places.CLUSTER, 0o755)
        part = places.CLUSTER / "data.part"
        shutil.rmtree(part, ignore_errors=True)
        command = _as_server(
            [
                *(bin_dir / "initdb", "-D", part, "-U", PRIVATE_USER, "--auth=trust"),
                *("-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"),
            ]
        )
        run(command, log=LOG, cwd=Path("/"), what="initdb failed", todo=TODO)
        with open(part / "postgresql.conf", "a") as conf:
            conf.write(SETTINGS.format(sockets=places.SOCKETS))
        os.rename(part, DATA)


def _answers(bin_dir: Path) -> bool:
    return succeeds([bin_dir / "pg_isready", "-q", "-h", places.SOCKETS, "-U", PRIVATE_USER])


def _command(action: str, bin_dir: Path) -> list[str | Path]:
    base: list[str | Path] = [bin_dir / "pg_ctl", action, "-D", DATA]
    if action != "status":
        base += ["-w", "-t", "60"]
    if action in ("start", "restart"):
        base += ["-l", places.CLUSTER / "log", "-o", f"-k {places.SOCKETS}"]
    if action in ("stop", "restart"):
        base += ["-m", "fast"]
    return _as_server(base)


def _start(bin_dir: Path) -> None:
    # Its folder may be gone while it runs: /tmp was tidied.
    action = "restart" if succeeds(_command("status", bin_dir)) else "start"
    with step("Starting PostgreSQL"):
        # Trust authentication: whoever may enter this folder is the administrator.
        _own(places.SOCKETS, 0o700)
        run(
            _command(action, bin_dir),
            log=LOG,
            cwd=Path("/"),
            what="PostgreSQL did not start",
            todo=TODO,
        )
