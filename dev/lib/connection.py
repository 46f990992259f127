"""Which PostgreSQL server to use, and how to talk to it."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from . import places
from .say import Failure
from .shell import output

KEYS = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGSSLMODE")
PRIVATE_USER = "odoo"


@dataclass(frozen=True)
class Connection:
    """A server: the PG* variables that reach it, a database to ask for others."""

    env: Mapping[str, str]
    private: bool
    maintenance: str = "postgres"
    bin_dir: Path | None = None

    def environment(self) -> dict[str, str]:
        """Return the process environment with this server in it, and nothing else's."""
        kept = {key: value for key, value in os.environ.items() if not _is_ours(key)}
        path = [str(places.VENV / "bin"), kept.get("PATH", os.defpath)]
        if self.bin_dir:
            path.insert(1, str(self.bin_dir))
        kept["PATH"] = os.pathsep.join(path)
        return {**kept, **self.env, "PYTHONPATH": str(places.ROOT)}


def _is_ours(key: str) -> bool:
    # PGDATABASE would name Odoo's database, ODOO_RC and ODOO_DEV its settings.
    return key in (*KEYS, "PGDATABASE", "DATABASE_URL", "ODOO_RC", "ODOO_DEV", "PYTHONPATH")


def parse_database_url(url: str) -> tuple[dict[str, str], str]:
    """Split postgresql://user:password@host:port/database?sslmode=… into PG* values.

    A socket folder may stand as `?host=/folder`. The database is the one to connect
    to when asking for others; `postgres` if none is named.

    :raise ValueError: if the scheme is not PostgreSQL's or the port is no number.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ValueError(f"the scheme is {parts.scheme!r}, not postgresql")
    query = parse_qs(parts.query)
    values = {
        "PGHOST": query.get("host", [unquote(parts.hostname or "")])[0],
        "PGPORT": query.get("port", [str(parts.port or "")])[0],
        "PGUSER": query.get("user", [unquote(parts.username or "")])[0],
        "PGPASSWORD": unquote(parts.password or ""),
        "PGSSLMODE": query.get("sslmode", [""])[0],
    }
    found = {key: value for key, value in values.items() if value}
    return found, unquote(parts.path.lstrip("/")) or "postgres"


def outside_server(environ: Mapping[str, str], sockets: Path) -> Connection | None:
    """Return the server that the user named; None means our own.

    :param sockets: the folder of our own server, which `python -m dev env` exports.
    """
    url = environ.get("DATABASE_URL", "").strip()
    if url:
        try:
            values, maintenance = parse_database_url(url)
        except ValueError as error:
            raise Failure(
                f"DATABASE_URL is not understood: {error}.",
                "Write DATABASE_URL=postgresql://user:password@host:5432/postgres",
            ) from error
        return Connection(values, private=False, maintenance=maintenance)
    values = {key: environ[key] for key in KEYS if environ.get(key)}
    if not values.get("PGHOST") or values["PGHOST"] == str(sockets):
        return None
    return Connection(values, False, environ.get("PGDATABASE") or "postgres")


def query(connection: Connection, sql: str, database: str | None = None) -> list[list[str]]:
    """Return the rows of a statement as texts.

    :raise Failure: with the server's own message.
    """
    command = ["psql", "-XAtq", "-F", "\x1f", "-v", "ON_ERROR_STOP=1", "-c", sql]
    command += ["-d", database or connection.maintenance]
    try:
        text = output(command, connection.environment())
    except subprocess.CalledProcessError as error:
        raise Failure("PostgreSQL: " + error.stderr.strip()) from error
    return [row.split("\x1f") for row in text.splitlines()]


def literal(text: str) -> str:
    """Quote a text for SQL."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Quote a name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def check_outside(connection: Connection) -> None:
    """Refuse a server that cannot be reached, is too old, or lets us create nothing."""
    todo = "Check DATABASE_URL or PGHOST, PGPORT, PGUSER, PGPASSWORD; without them\n"
    todo += "a private server is made in the project's folder."
    try:
        version = int(query(connection, "SHOW server_version_num")[0][0])
        may_create = query(
            connection,
            "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user",
        )
    except Failure as failure:
        raise Failure(failure.what, todo) from failure
    if version < 150000:
        raise Failure(f"This PostgreSQL is too old ({version}); 15 is the least.", todo)
    if may_create != [["t"]]:
        raise Failure(
            "This PostgreSQL role may not create databases.",
            "As an administrator of the server: ALTER ROLE … CREATEDB",
        )
