"""The steps every command stands on, each skipped when done."""

import os

from . import cluster, odoo_source, places, python_env, system
from .connection import Connection, check_outside, outside_server
from .stamps import only_one


def tools() -> None:
    """Have the system packages, Odoo and the Python environment."""
    private = outside_server(os.environ, places.SOCKETS) is None
    with only_one("setup"):
        system.ensure(private)
        odoo_source.ensure()
        python_env.ensure()


def node() -> None:
    """Have the node packages as well."""
    with only_one("setup"):
        python_env.ensure_node()


def server() -> Connection:
    """Have a PostgreSQL server: the one the user named, or our own."""
    outside = outside_server(os.environ, places.SOCKETS)
    if outside:
        check_outside(outside)
        return outside
    return cluster.ensure()


def everything() -> Connection:
    """Have all of it but the databases."""
    tools()
    return server()
