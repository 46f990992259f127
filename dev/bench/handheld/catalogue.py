"""Pages of the catalogue as the server makes them: time and queries."""

import time
from typing import Any

from odoo import sql_db

from odoo.addons.stockex_mobile_api.models.sync.sync_catalogue import MOST_ROWS, SLICES

from ..worker import Odoo

TIMES = 5


def pages(odoo: Odoo, *, login: str) -> dict[str, dict[str, Any]]:
    """Fetch every slice as a whole, and then what changed since: nothing.

    :return: by slice: ``rows``; ``page`` and ``refresh``, each a list of (ms, queries).
    """
    with odoo.transaction(login) as env:
        env["stockex.sync.catalogue"]._page("sessions")
    return {name: _slice(odoo, login, name) for name in SLICES}


def _slice(odoo: Odoo, login: str, name: str) -> dict[str, Any]:
    found: list[tuple[float, int]] = []
    rows, after, version = 0, None, None
    while version is None or after:
        page = _timed(odoo, login, found, name, after=after)
        rows, after, version = rows + len(page["rows"]), page["next"], page["version"]
    again: list[tuple[float, int]] = []
    sent = [_timed(odoo, login, again, name, since=version)["rows"] for _turn in range(TIMES)]
    changed = max(map(len, sent))
    return {"rows": rows, "limit": MOST_ROWS, "page": found, "refresh": again, "changed": changed}


def _timed(odoo: Odoo, login: str, found: list[tuple[float, int]], name: str, **sent: Any) -> Any:
    """Fetch one page, in a transaction of its own as a request has."""
    with odoo.transaction(login) as env:
        queries, started = sql_db.sql_counter, time.perf_counter()
        page = env["stockex.sync.catalogue"]._page(name, **sent)
        milliseconds = (time.perf_counter() - started) * 1000
        found.append((milliseconds, sql_db.sql_counter - queries))
    return page
