"""Fills a database with stock: one real receipt, then its rows multiplied in SQL.

Zone (view) › Part (view, a fifth of the bins), Rest (view, the others); Warm (bin) apart.
Every quant holds 24 units at 7.50 and has the receipt that brought it.
"""

from typing import Any

from odoo import Command
from odoo.orm.environments import Environment
from odoo.tools import SQL

from ..cloning import clone
from ..worker import Odoo

BINS = 100
QUANTS_A_PRODUCT = 4
WARM_QUANTS = 60
QUANTITY = 24
# Every tenth quant is counted wrong: three too many or two too few, in turns.
DELTA = SQL("(CASE WHEN quant.id %% 10 <> 0 THEN 0 WHEN quant.id %% 20 = 0 THEN 3 ELSE -2 END)")


def fill(odoo: Odoo, *, lines: int, cost: str, lots: bool) -> None:
    """Make the products, bins and quants of a scenario.

    :param cost: "standard" or "average".
    """
    with odoo.transaction("admin") as env:
        _allow(env)
        zones, bins = _locations(env)
        product = _product(env, cost, lots)
        move = _receive(env, product, zones["Warm"], lots)
        env.flush_all()
        rows = _Rows(env, product, move)
        rows.multiply(WARM_QUANTS, [zones["Warm"].id], 1)
        rows.multiply(lines, [place.id for place in bins], QUANTS_A_PRODUCT)


def quants_sql(zone: str) -> SQL:
    """Write the SELECT of a zone's quants: id, quantity counted, and what they are of."""
    return SQL(
        """SELECT quant.id, quant.product_id, quant.location_id, quant.lot_id,
                  %s + %s AS counted
             FROM stock_quant quant
             JOIN stock_location location ON location.id = quant.location_id
            WHERE location.parent_path LIKE (
                  SELECT parent_path FROM stock_location WHERE name = %s) || '%%%%'""",
        QUANTITY,
        DELTA,
        zone,
    )


def wrong_quants(env: Environment, zone: str) -> int:
    """Count the quants of a zone that do not hold what was counted."""
    [(wrong,)] = env.execute_query(
        SQL(
            """SELECT COUNT(*) FROM (%s) counted JOIN stock_quant quant ON quant.id = counted.id
                WHERE quant.quantity <> counted.counted""",
            quants_sql(zone),
        )
    )
    return wrong


def _allow(env: Environment) -> None:
    """Switch lots and bins on, as the settings do."""
    groups = ["stock.group_production_lot", "stock.group_stock_multi_locations"]
    user_group = env.ref("base.group_user").sudo()
    user_group.implied_ids = [Command.link(env.ref(name).id) for name in groups]


def _locations(env: Environment) -> tuple[dict[str, Any], Any]:
    stock = env["stock.warehouse"].search([], limit=1).lot_stock_id
    location = env["stock.location"]
    zones = {"Zone": location.create({"name": "Zone", "usage": "view", "location_id": stock.id})}
    for name in ("Part", "Rest"):
        parent = zones["Zone"].id
        zones[name] = location.create({"name": name, "usage": "view", "location_id": parent})
    zones["Warm"] = location.create({"name": "Warm", "location_id": stock.id})
    bins = location.create(
        [
            {
                "name": f"B{index:03d}",
                "location_id": zones["Part" if index < BINS // 5 else "Rest"].id,
            }
            for index in range(BINS)
        ]
    )
    return zones, bins


def _product(env: Environment, cost: str, lots: bool) -> Any:
    category = env["product.category"].create({"name": "Bench", "property_cost_method": cost})
    return env["product.product"].create(
        {
            "name": "Bench 0",
            "default_code": "B0",
            "is_storable": True,
            "tracking": "lot" if lots else "none",
            "categ_id": category.id,
            "standard_price": 7.5,
        }
    )


def _receive(env: Environment, product: Any, location: Any, lots: bool) -> Any:
    supplier = env.ref("stock.stock_location_suppliers")
    lot = env["stock.lot"].create({"name": "L0", "product_id": product.id}) if lots else None
    ends = {"location_id": supplier.id, "location_dest_id": location.id}
    line = {"product_id": product.id, "quantity": QUANTITY, **ends}
    if lot:
        line["lot_id"] = lot.id
    move = env["stock.move"].create(
        {
            "product_id": product.id,
            "product_uom_qty": QUANTITY,
            "price_unit": 7.5,
            "picked": True,
            "move_line_ids": [Command.create(line)],
            **ends,
        }
    )
    move._action_done()
    return move


class _Rows:
    """Multiplies the rows of one received product."""

    def __init__(self, env: Environment, product: Any, move: Any) -> None:
        self.env = env
        self.sources = {
            "product_template": product.product_tmpl_id.id,
            "product_product": product.id,
            "stock_lot": move.move_line_ids.lot_id.id,
            "stock_move": move.id,
            "stock_move_line": move.move_line_ids.id,
            "stock_quant": env["stock.quant"]
            .search([("product_id", "=", product.id), ("location_id.usage", "=", "internal")])
            .id,
        }

    def multiply(self, quants: int, location_ids: list[int], each: int) -> None:
        """Make so many quants, each in the next location, so many of a product."""
        products = -(-quants // each)
        template = self._clone("product_template", products, {})
        product = self._clone(
            "product_product",
            products,
            {
                "product_tmpl_id": SQL("%s + i", template),
                "default_code": SQL("'B' || (%s + i)", template),
            },
        )
        of = {"product_id": SQL("%s + (i + %s) / %s", product, each - 1, each)}
        if self.sources["stock_lot"]:
            lot = self._clone("stock_lot", quants, {**of, "name": SQL("'L' || (%s + i)", product)})
            of["lot_id"] = SQL("%s + i", lot)
        place = SQL("(%s::int[])[(i - 1) %% %s + 1]", location_ids, len(location_ids))
        to = {**of, "location_dest_id": place}
        move = self._clone("stock_move", quants, {**to, "lot_id": None})
        self._clone("stock_move_line", quants, {**to, "move_id": SQL("%s + i", move)})
        self._clone("stock_quant", quants, {**of, "location_id": place})

    def _clone(self, table: str, count: int, changes: dict[str, SQL | None]) -> int:
        return clone(self.env, table, self.sources[table], count, changes)
