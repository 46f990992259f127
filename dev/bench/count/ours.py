"""A count of ours: each step as its user's request, the posting as the queue runs it."""

import uuid
from typing import Any

from odoo import Command, api
from odoo.tools import SQL

from ..meter import Meter
from ..worker import Odoo
from .fixture import quants_sql, wrong_quants

ENTRIES_A_REQUEST = 500


def prepare(odoo: Odoo) -> None:
    """Add the persons that a count needs beside the administrator."""
    with odoo.transaction() as env:
        for role in ("counter", "approver"):
            env["res.users"].create(
                {
                    "name": role.title(),
                    "login": role,
                    "group_ids": [Command.set(env.ref(f"stockex.group_{role}").ids)],
                }
            )


def whole(odoo: Odoo, *, zone: str, post: bool = True) -> dict[str, Any]:
    """Count a zone from the session to the corrected stock, once to warm up before."""
    _count(odoo, Meter(), "Warm", post)
    meter = Meter()
    _count(odoo, meter, zone, post)
    return meter.plain()


def _count(odoo: Odoo, meter: Meter, zone: str, post: bool) -> None:
    with meter.phase("build"), odoo.transaction("admin") as env:
        location = env["stock.location"].search([("name", "=", zone)])
        counter = env["res.users"].search([("login", "=", "counter")])
        session = env["stockex.count.session"].create(
            {
                "scope": "locations",
                "location_ids": location.ids,
                "counter_ids": counter.ids,
            }
        )
        session.action_start()
    if not post:
        return
    _enter(odoo, meter, session.id, zone)
    with meter.phase("approve"):
        _press(odoo, "admin", session.id, "action_review")
        _press(odoo, "approver", session.id, "action_approve")
    with meter.phase("post"):
        _press(odoo, "admin", session.id, "action_post")
        while _run_next_job(odoo):
            pass
    _check(odoo, session.id, zone)


def _press(odoo: Odoo, login: str, session_id: int, button: str) -> None:
    with odoo.transaction(login) as env:
        getattr(env["stockex.count.session"].browse(session_id), button)()


def _enter(odoo: Odoo, meter: Meter, session_id: int, zone: str) -> None:
    items = _items(odoo, session_id, zone)
    with meter.phase("enter"):
        for start in range(0, len(items), ENTRIES_A_REQUEST):
            with odoo.transaction("counter") as env:
                session = env["stockex.count.session"].browse(session_id)
                session.action_record(items[start : start + ENTRIES_A_REQUEST])


def _items(odoo: Odoo, session_id: int, zone: str) -> list[dict[str, Any]]:
    with odoo.transaction() as env:
        rows = env.execute_query(
            SQL(
                """SELECT line.id, counted.counted
                     FROM stockex_count_line line JOIN (%s) counted
                       ON counted.product_id = line.product_id
                      AND counted.location_id = line.location_id
                      AND counted.lot_id IS NOT DISTINCT FROM line.lot_id
                    WHERE line.session_id = %s ORDER BY line.sequence""",
                quants_sql(zone),
                session_id,
            )
        )
    return [
        {"line_id": line, "quantity": float(counted), "uuid": str(uuid.uuid4())}
        for line, counted in rows
    ]


def _run_next_job(odoo: Odoo) -> bool:
    """Run the oldest waiting job in the queue's own steps; False if there is none."""
    from odoo.addons.queue_job.controllers.main import RunJobController

    with odoo.transaction() as env:
        env.cr.execute(
            """UPDATE queue_job SET state = 'enqueued' WHERE id = (
                   SELECT MIN(id) FROM queue_job WHERE state = 'pending') RETURNING uuid"""
        )
        found = env.cr.fetchone()
    if not found:
        return False
    with odoo.registry.cursor() as cr:
        env = api.Environment(cr, api.SUPERUSER_ID, {})
        job = RunJobController._acquire_job(env, found[0])
        RunJobController._runjob(env, job)
        cr.commit()
    return True


def _check(odoo: Odoo, session_id: int, zone: str) -> None:
    with odoo.transaction() as env:
        session = env["stockex.count.session"].browse(session_id)
        wrong = wrong_quants(env, zone)
        if wrong or session.state != "done" or session.failed_count:
            raise AssertionError(
                f"{wrong} quants are wrong, state {session.state}, {session.failed_count} failed"
            )
