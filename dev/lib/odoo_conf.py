"""Write Odoo's configuration files; every database has its own."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from . import places
from .connection import Connection

SERVER_WIDE = "base,web,rpc,queue_job"
CHANNELS = "root:2"
DB_KEYS = {
    "PGHOST": "db_host",
    "PGPORT": "db_port",
    "PGUSER": "db_user",
    "PGPASSWORD": "db_password",
    "PGSSLMODE": "db_sslmode",
}


def options(database: str, port: int, pg: Mapping[str, str], workers: int = 0) -> dict[str, str]:
    """Choose Odoo's options for a server on this machine.

    Limits are off with workers 0: there, one long job would reload the whole server.
    """
    limits = ["limit_time_real", "limit_time_cpu", "limit_memory_soft", "limit_memory_hard"]
    return {
        "addons_path": str(places.ROOT),
        "data_dir": str(places.DATA),
        "db_name": database,
        "dbfilter": f"^{database}$",
        "list_db": "False",
        "http_interface": "127.0.0.1",
        "http_port": str(port),
        "server_wide_modules": SERVER_WIDE,
        "workers": str(workers),
        "proxy_mode": "False",
        "max_cron_threads": "1",
        # Nobody needs Odoo's database manager here; its password stays unknown.
        "admin_passwd": secrets.token_urlsafe(24),
        **{DB_KEYS[key]: value for key, value in pg.items() if key in DB_KEYS},
        **({} if workers else dict.fromkeys(limits, "0")),
    }


def render(values: Mapping[str, str], channels: str = CHANNELS) -> str:
    """Write the options and queue_job's section as a file."""
    rows = [f"{key} = {value}" for key, value in values.items()]
    queue = [
        f"channels = {channels}",
        "scheme = http",
        "host = 127.0.0.1",
        f"port = {values['http_port']}",
    ]
    return "\n".join(["[options]", *rows, "", "[queue_job]", *queue, ""])


def write(connection: Connection, database: str, port: int = 8069, **changes: str | int) -> Path:
    """Write the configuration of a database and return its path.

    :param changes: options that differ, and `channels` for queue_job.
    """
    channels = str(changes.pop("channels", CHANNELS))
    values = options(database, port, connection.env, int(changes.pop("workers", 0)))
    values.update({key: str(value) for key, value in changes.items()})
    path = places.WORK / f"odoo-{database}.conf"
    places.WORK.mkdir(exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(handle, "w") as out:
        out.write(render(values, channels))
    return path
