"""Remove what the tools made."""

import shutil

from . import cluster, databases, places, serve
from .connection import Connection
from .say import Failure, line, step


def databases_only(connection: Connection, *, tenants_too: bool = False) -> None:
    """Stop the server; drop the demo, the test and the base database with their files."""
    serve.stop()
    tenants = _tenants(connection)
    doomed = databases.ours(connection) + (tenants if tenants_too else [])
    with step(f"Dropping {', '.join(doomed) or 'no database'}"):
        for name in doomed:
            databases.read_mark(connection, name)  # refuses another folder's
            databases.drop(connection, name)
    if tenants and not tenants_too:
        line(f"• kept, because they are customers' data: {', '.join(tenants)}")


def refuse_with_tenants(connection: Connection) -> None:
    """Refuse to remove everything while customers' databases are among it."""
    tenants = _tenants(connection)
    if tenants:
        raise Failure(
            f"These databases hold customers' data: {', '.join(tenants)}.",
            "Back them up; then: make reset ALL=1 TENANTS=1",
        )


def _tenants(connection: Connection) -> list[str]:
    found = []
    for name in databases.names(connection):
        try:
            if databases.read_mark(connection, name).get("tenant"):
                found.append(name)
        except Failure:
            continue
    return found


def everything(private: bool) -> None:
    """Remove the private server, Odoo, and the Python environment as well."""
    serve.stop()
    with step("Removing .pg, .odoo, .venv and dev/node_modules"):
        if private:
            cluster.remove()
        for folder in (places.VENV, places.ROOT / "dev" / "node_modules", places.WORK):
            shutil.rmtree(folder, ignore_errors=True)
