"""Makes the people and the session that the clients count in."""

from typing import Any

from odoo import Command
from odoo.orm.environments import Environment

from ..worker import Odoo


def prepare(odoo: Odoo, *, clients: int) -> dict[str, Any]:
    """Make counters (the login is the password) and start a session on the zone.

    :return: the session's id, the logins, and of each line its id, what a scanner reads
        on the product, and the location.
    """
    with odoo.transaction("admin") as env:
        logins = [f"counter{number}" for number in range(clients)]
        users = _counters(env, logins)
        session = env["stockex.count.session"].create(
            {
                "scope": "locations",
                "location_ids": [Command.set(_zone(env).ids)],
                "counter_ids": [Command.set(users.ids)],
            }
        )
        session.action_start()
        lines = [
            [line.id, line.product_id.default_code, line.location_id.id]
            for line in session.line_ids
        ]
        return {"session": session.id, "logins": logins, "lines": lines}


def recorded(odoo: Odoo, *, session: int) -> list[str]:
    """List the UUIDs of all entries of the session."""
    with odoo.transaction() as env:
        entries = env["stockex.count.entry"].search([("session_id", "=", session)])
        return entries.mapped("uuid")


def _zone(env: Environment) -> Any:
    return env["stock.location"].search([("name", "=", "Zone")])


def _counters(env: Environment, logins: list[str]) -> Any:
    groups = env.ref("base.group_user") | env.ref("stockex.group_counter")
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            [
                {
                    "name": login,
                    "login": login,
                    "password": login,
                    "group_ids": [Command.set(groups.ids)],
                }
                for login in logins
            ]
        )
    )
