"""Fills a database with what a handheld carries: products, places, lots, a count of them all.

The last tenth of the products is counted by lot. Each place holds the same number of articles,
of lots as many as without; the other lots are those of former deliveries.
"""

from datetime import timedelta
from typing import Any

from odoo import Command, fields
from odoo.orm.environments import Environment
from odoo.tools import SQL

from ..cloning import clone
from ..worker import Odoo

LOT_SHARE = 0.5
LINES_A_PLACE = 5
QUANTITY = 24
COUNTER, STOREKEEPER = "walker", "keeper"
PASSWORD = "bench"
AGED = ("product_template", "product_product", "stock_lot", "stock_location", "stockex_count_line")


def prepare(odoo: Odoo, *, products: int, lines: int) -> dict[str, Any]:
    """Make the goods, the two users and the session.

    :return: of the session its id and its lines, and the storekeeper's key.
    """
    with odoo.transaction("admin") as env:
        _allow(env)
        zone, bins = _places(env, lines // LINES_A_PLACE)
        plain = _products(env, "none", products - products // 10, 0)
        tracked = _products(env, "lot", products // 10, products)
        of_lots = round(lines * LOT_SHARE)
        _stock(env, plain, bins, lines - of_lots, None)
        _stock(env, tracked, bins, of_lots, _lots(env, tracked, 2 * products))
        counter, _keeper = _users(env)
    with odoo.transaction("admin") as env:
        session = _session(env, zone, counter)
    with odoo.transaction() as env:
        _age(env)
        keeper = env["res.users"].search([("login", "=", STOREKEEPER)])
        expiry = fields.Datetime.now() + timedelta(days=1)
        keys = env(user=keeper.id)["res.users.apikeys"]
        key = keys._generate("rpc", "bench", expiry)
    return {"session": session, "key": key, "lines": _lines(odoo, session)}


def _age(env: Environment) -> None:
    """Have everything be there since yesterday: a refresh brings what is newer."""
    env.flush_all()
    for name in AGED:
        env.cr.execute(
            SQL("UPDATE %s SET write_date = now() - interval '1 day'", SQL.identifier(name))
        )


def _lines(odoo: Odoo, session: int) -> list[dict[str, Any]]:
    """List the lines of a session as they lie: place, product, what is scanned."""
    with odoo.transaction() as env:
        found = env["stockex.count.session"].browse(session).line_ids
        return [
            {
                "line": line.id,
                "place": line.location_id.id,
                "barcode": line.location_id.barcode,
                "place_name": line.location_id.complete_name,
                "product": line.product_id.id,
                "name": line.product_id.name,
                "code": line.product_id.barcode,
                "lot": line.lot_id.name or None,
                "lot_id": line.lot_id.id,
            }
            for line in found
        ]


def _allow(env: Environment) -> None:
    groups = ["stock.group_production_lot", "stock.group_stock_multi_locations"]
    user_group = env.ref("base.group_user").sudo()
    user_group.implied_ids = [Command.link(env.ref(name).id) for name in groups]


def _places(env: Environment, count: int) -> tuple[Any, Any]:
    stock = env["stock.warehouse"].search([], limit=1).lot_stock_id
    location = env["stock.location"]
    zone = location.create({"name": "Zone", "usage": "view", "location_id": stock.id})
    bins = location.create(
        [
            {"name": f"A{number:05d}", "barcode": f"LOC-A{number:05d}", "location_id": zone.id}
            for number in range(1, count + 1)
        ]
    )
    return zone, bins


def _products(env: Environment, tracking: str, count: int, first: int) -> Any:
    """Make so many articles with an EAN-13 each; return their ids."""
    product = env["product.product"].create(
        {"name": "Article", "is_storable": True, "tracking": tracking, "standard_price": 7.5}
    )
    env.flush_all()
    name = SQL("jsonb_build_object('en_US', 'Article ' || (%s + i))", first)
    template = clone(env, "product_template", product.product_tmpl_id.id, count, {"name": name})
    ids = clone(
        env,
        "product_product",
        product.id,
        count,
        {
            "product_tmpl_id": SQL("%s + i", template),
            "barcode": SQL("(%s::text[])[i]", [_ean13(first + i) for i in range(1, count + 1)]),
        },
    )
    product.product_tmpl_id.active = False
    return [ids + number for number in range(1, count + 1)]


def _lots(env: Environment, products: list[int], count: int) -> list[int]:
    """Make so many lots, those of the first round of all articles first."""
    source = env["stock.lot"].create({"name": "L0", "product_id": products[0]})
    env.flush_all()
    expiry = fields.Datetime.now() + timedelta(days=90)
    last = clone(
        env,
        "stock_lot",
        source.id,
        count,
        {
            "product_id": SQL("%s + (i - 1) %% %s", products[0], len(products)),
            "name": SQL("'L' || lpad(i::text, 7, '0')"),
            "expiration_date": SQL("%s", expiry),
        },
    )
    return [last + number for number in range(1, count + 1)]


def _stock(env: Environment, products: list[int], bins: Any, count: int, lots: Any) -> None:
    """Lay one article after the other into one place after the other."""
    product = env["product.product"].browse(products[0])
    lot = env["stock.lot"].browse(lots[0]) if lots else None
    env["stock.quant"]._update_available_quantity(product, bins[0], QUANTITY, lot_id=lot)
    quant = env["stock.quant"].search(
        [("product_id", "=", product.id), ("location_id", "=", bins[0].id)]
    )
    env.flush_all()
    changes = {
        "product_id": SQL("%s + i", products[0]),
        "location_id": SQL("%s + i %% %s", bins[0].id, len(bins)),
        "lot_id": SQL("%s + i", lots[0]) if lots else None,
    }
    clone(env, "stock_quant", quant.id, count - 1, changes)


def _users(env: Environment) -> list[Any]:
    """Make the counter, and somebody who counts with Odoo alone."""
    groups = {COUNTER: "stockex.group_counter", STOREKEEPER: "stock.group_stock_manager"}
    users = env["res.users"].with_context(no_reset_password=True)
    return [
        users.create(
            {
                "name": login,
                "login": login,
                "password": PASSWORD,
                "group_ids": [Command.set([env.ref("base.group_user").id, env.ref(group).id])],
            }
        )
        for login, group in groups.items()
    ]


def _session(env: Environment, zone: Any, counter: Any) -> int:
    session = env["stockex.count.session"].create(
        {
            "scope": "locations",
            "location_ids": [Command.set(zone.ids)],
            "counter_ids": [Command.set(counter.ids)],
        }
    )
    session.action_start()
    return int(session.id)


def _ean13(number: int) -> str:
    """Write an EAN-13 of the range that shops use for their own."""
    digits = f"2{number:011d}"
    odd, even = (sum(map(int, digits[start::2])) for start in (0, 1))
    return f"{digits}{-(odd + 3 * even) % 10}"
