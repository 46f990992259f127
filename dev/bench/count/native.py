"""Odoo's own inventory, by its public buttons: request a count, type it, apply all."""

from typing import Any

from odoo.orm.environments import Environment

from ..meter import Meter
from ..worker import Odoo
from .fixture import quants_sql, wrong_quants


def whole(odoo: Odoo, *, zone: str, apply: bool = True) -> dict[str, Any]:
    """Count a zone from the request to the corrected stock, once to warm up before."""
    _count(odoo, Meter(), "Warm", apply)
    meter = Meter()
    _count(odoo, meter, zone, apply)
    return meter.plain()


def _count(odoo: Odoo, meter: Meter, zone: str, apply: bool) -> None:
    with meter.phase("build"), odoo.transaction("admin") as env:
        request = env["stock.request.count"].create({"quant_ids": _quants(env, zone).ids})
        request.action_request_count()
    if not apply:
        return
    enter(odoo, meter, zone)
    with meter.phase("post"), odoo.transaction("admin") as env:
        apply_all(env, zone)
    with odoo.transaction() as env:
        if wrong := wrong_quants(env, zone):
            raise AssertionError(f"{wrong} quants are wrong after Odoo's own count")


def enter(odoo: Odoo, meter: Meter, zone: str) -> None:
    """Type the counted quantities, as the list's import does: all in one transaction."""
    with odoo.transaction() as env:
        counted = {row[0]: float(row[-1]) for row in env.execute_query(quants_sql(zone))}
    with meter.phase("enter"), odoo.transaction("admin") as env:
        for quant in env["stock.quant"].with_context(inventory_mode=True).browse(counted):
            quant.inventory_quantity = counted[quant.id]


def apply_all(env: Environment, zone: str) -> None:
    """Press “Apply All” on a zone's quants and confirm its dialog."""
    quants = env["stock.quant"].with_context(
        inventory_mode=True, active_domain=[("id", "in", _quants(env, zone).ids)]
    )
    dialog = quants.action_apply_all()
    wizard = env["stock.inventory.adjustment.name"].with_context(**dialog["context"]).create({})
    wizard.action_apply()


def _quants(env: Environment, zone: str) -> Any:
    location = env["stock.location"].search([("name", "=", zone)])
    return env["stock.quant"].search([("location_id", "child_of", location.ids)])
