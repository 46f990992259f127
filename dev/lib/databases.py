"""Databases with their filestores: copy, rename, drop, mark."""

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

from . import places
from .connection import Connection, identifier, literal, query
from .say import Failure

BASE, TEST, DEMO = "stockex_base", "stockex_test", "stockex_demo"
OFFICIAL = (BASE, TEST, DEMO)
BUILDING = "__building"
COPY_PATTERN = re.compile(
    r"^stockex_(test|demo|base)(__building|_[a-z]+(?P<pid>\d+)(_\d+)?)(-gw\d+)?$"
)


def names(connection: Connection) -> list[str]:
    """List the server's databases."""
    sql = "SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1"
    return [row[0] for row in query(connection, sql)]


def exists(connection: Connection, name: str) -> bool:
    """Tell whether the server has the database."""
    return name in names(connection)


def filestore(name: str) -> Path:
    """Return where Odoo keeps the database's files."""
    return places.FILESTORE / name


def drop(connection: Connection, name: str) -> None:
    """Drop a database, its filestore and its configuration, if they exist."""
    query(connection, f"DROP DATABASE IF EXISTS {identifier(name)} WITH (FORCE)")
    shutil.rmtree(filestore(name), ignore_errors=True)
    (places.WORK / f"odoo-{name}.conf").unlink(missing_ok=True)


def copy(connection: Connection, source: str, target: str) -> None:
    """Make a database like another, with the same files.

    The files are hard links: Odoo names each by its content and never rewrites one.
    """
    drop(connection, target)
    try:
        query(
            connection,
            f"CREATE DATABASE {identifier(target)} TEMPLATE {identifier(source)} ENCODING 'UTF8'",
        )
    except Failure as failure:
        raise Failure(
            failure.what,
            f"If {source} is in use, end its server first (make stop ends the demo's).",
        ) from failure
    if filestore(source).is_dir():
        shutil.copytree(filestore(source), filestore(target), copy_function=_link)


def create(connection: Connection, name: str) -> None:
    """Make an empty database as Odoo wants it."""
    drop(connection, name)
    # Odoo compares and indexes texts byte by byte; it asks for the same.
    query(
        connection,
        f"CREATE DATABASE {identifier(name)} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C'",
    )


def rename(connection: Connection, source: str, target: str) -> None:
    """Put a finished database in its place, instead of what was there."""
    drop(connection, target)
    query(connection, f"ALTER DATABASE {identifier(source)} RENAME TO {identifier(target)}")
    if filestore(source).is_dir():
        os.rename(filestore(source), filestore(target))
    (places.WORK / f"odoo-{source}.conf").unlink(missing_ok=True)


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def mark(connection: Connection, name: str, values: dict[str, Any]) -> None:
    """Note in the database's comment what it was made from, and by which folder."""
    text = json.dumps({"stockex": places.PROJECT_ID, **values}, sort_keys=True)
    query(connection, f"COMMENT ON DATABASE {identifier(name)} IS {literal(text)}")


def read_mark(connection: Connection, name: str) -> dict[str, Any]:
    """Return what `mark` noted; empty if the database is not ours.

    :raise Failure: if another folder's tools made the database on a shared server.
    """
    rows = query(
        connection,
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database "
        f"WHERE datname = {literal(name)}",
    )
    try:
        found = json.loads(rows[0][0]) if rows else {}
    except ValueError:
        found = {}
    if not isinstance(found, dict) or "stockex" not in found:
        return {}
    if found["stockex"] != places.PROJECT_ID:
        raise Failure(
            f"The database {name} on this server belongs to another folder of the project.",
            "Use another server (DATABASE_URL), or the private one (no DATABASE_URL or PG*).",
        )
    return found


def ours(connection: Connection) -> list[str]:
    """List the official databases and the copies that runs left behind."""
    return [name for name in names(connection) if name in OFFICIAL or COPY_PATTERN.match(name)]


def drop_leftovers(connection: Connection) -> None:
    """Drop the copies of runs on this machine that were killed before they could."""
    if not connection.private:
        return  # the numbers of another machine's processes say nothing here
    for name in names(connection):
        found = COPY_PATTERN.match(name)
        if found and found["pid"] and not Path(f"/proc/{found['pid']}").exists():
            drop(connection, name)


def installed_modules(connection: Connection, name: str) -> dict[str, str]:
    """Return the state of each module of a database."""
    rows = query(connection, "SELECT name, state FROM ir_module_module", name)
    return {row[0]: row[1] for row in rows}
