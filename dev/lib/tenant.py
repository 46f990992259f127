"""One more customer's database: the suite, no demo, a password of its own."""

import re
import secrets

from . import builds, databases, odoo_conf, odoo_run, places
from .connection import Connection
from .say import Failure, line, step
from .stamps import only_one

NAME = re.compile(r"[a-z][a-z0-9_]{1,40}")
TAKEN = {"postgres", "odoo", "template0", "template1", *databases.OFFICIAL}


def name_problem(name: str) -> str | None:
    """Say what is wrong with a tenant's name; None if it will do."""
    if not name:
        return "No name was given."
    if not NAME.fullmatch(name):
        return (
            f"“{name}” is not a usable name: two to 41 signs, small letters, digits "
            "and _, a letter first."
        )
    if name in TAKEN or name.startswith(("stockex_", "pg_")):
        return f"“{name}” is reserved."
    return None


def create(connection: Connection, name: str) -> None:
    """Make the database and tell how to log in, once."""
    problem = name_problem(name)
    if problem:
        raise Failure(problem, "For example: make tenant NAME=acme")
    if databases.exists(connection, name):
        raise Failure(f"The database {name} exists already.", "Choose another NAME.")
    password = secrets.token_urlsafe(12)
    with only_one("databases"):
        builds.ensure_base(connection)
        with step(f"Making the database {name}"):
            _fill(connection, name, password)
    conf = odoo_conf.write(connection, name)
    _advise(name, password, str(conf.relative_to(places.ROOT)))


def _fill(connection: Connection, name: str, password: str) -> None:
    try:
        databases.copy(connection, databases.BASE, name)
        odoo_run.script(
            connection, name, "tenant", login="admin", password=password, company=name.title()
        )
        if places.present_addons():
            odoo_run.install(connection, name, new=places.present_addons())
    except BaseException:
        databases.drop(connection, name)
        raise
    databases.mark(connection, name, {"tenant": True, "addons": builds.addon_prints()})


def _advise(name: str, password: str, conf: str) -> None:
    line()
    line(f"  Database   {name}")
    line(f"  Login      admin / {password}   (shown only now)")
    line()
    line(f"  Its own server:     python3 -m dev odoo {name} -- --http-port 8070   ({conf})")
    line("  One server for all: give it every name and choose by the host's first part:")
    line(f"    db_name = stockex_demo,{name}")
    line("    dbfilter = ^%d$              so that the database is the name in")
    line(f"    {name}.example.com          (README, “Several customers”)")
    line()
