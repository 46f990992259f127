"""OCA stock_inventory by its public buttons: begin, type, apply all, done."""

from typing import Any

from ..meter import Meter
from ..worker import Odoo
from . import native
from .fixture import wrong_quants


def whole(odoo: Odoo, *, zone: str) -> dict[str, Any]:
    """Count a zone from the start to the corrected stock, once to warm up before."""
    _count(odoo, Meter(), "Warm")
    meter = Meter()
    _count(odoo, meter, zone)
    return meter.plain()


def _count(odoo: Odoo, meter: Meter, zone: str) -> None:
    with meter.phase("build"), odoo.transaction("admin") as env:
        location = env["stock.location"].search([("name", "=", zone)])
        inventory = env["stock.inventory"].create({"location_ids": location.ids})
        inventory.action_state_to_in_progress()
    native.enter(odoo, meter, zone)
    with meter.phase("post"), odoo.transaction("admin") as env:
        native.apply_all(env, zone)
        env["stock.inventory"].browse(inventory.id).action_state_to_done()
    with odoo.transaction() as env:
        if wrong := wrong_quants(env, zone):
            raise AssertionError(f"{wrong} quants are wrong after OCA's count")
