"""Done moves written by the hundred, and the quants that follow from them.

Odoo needs about 15 ms of CPU for a plain move; the story has 16,000 of them and four minutes.
So they are written as `_action_done` would have left them: the done move with its value, its
lines, and the quants, always in the same step. Orders go through Odoo's own methods.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg2.extras import execute_values

_MOVE_CONSTANTS = {
    "sequence": 10,
    "priority": "0",
    "state": "done",
    "procure_method": "make_to_stock",
    "picked": True,
    "propagate_cancel": True,
    "is_inventory": False,
    "additional": False,
    "is_dropship": False,
    "to_refund": True,
    "create_uid": 1,
    "write_uid": 1,
}
_LINE_CONSTANTS = {
    "state": "done",
    "picked": True,
    "is_entire_pack": False,
    "create_uid": 1,
    "write_uid": 1,
}


@dataclass(frozen=True)
class Part:
    """A quantity of a move: from where to where, and what it is."""

    quantity: float
    source: int
    target: int
    lot: int | None = None
    owner: int | None = None
    package: int | None = None
    result_package: int | None = None


@dataclass(frozen=True)
class Done:
    """A done move; `direction` is "in" or "out" of the company's value, or ""."""

    moment: datetime
    product: int
    source: int
    target: int
    origin: str
    direction: str
    parts: tuple[Part, ...]


def write_done(env, moves: Sequence[Done]) -> None:
    """Insert done moves with their lines and bring the quants up to date."""
    if not moves:
        return
    env.flush_all()
    units, costs = _units_and_costs(env, {move.product for move in moves})
    ids = _next_ids(env, "stock_move", len(moves))
    _insert(env, "stock_move", _MOVE_CONSTANTS, [
        _move_row(env, move_id, move, units, costs)
        for move_id, move in zip(ids, moves, strict=True)
    ])  # fmt: skip
    rows = [
        _line_row(env, move_id, move, part, units)
        for move_id, move in zip(ids, moves, strict=True)
        for part in move.parts
    ]
    for row, line_id in zip(rows, _next_ids(env, "stock_move_line", len(rows)), strict=True):
        row["id"] = line_id
    _insert(env, "stock_move_line", _LINE_CONSTANTS, rows)
    _move_quants(env, moves)
    _forget(env)


def _forget(env) -> None:
    """Drop what the cache knows of stock; products and orders stay."""
    for model in ("stock.quant", "stock.move", "stock.move.line"):
        env[model].invalidate_model(flush=False)
    for model, names in (
        ("product.product", ["stock_quant_ids", "stock_move_ids"]),
        ("stock.lot", ["quant_ids"]),
        ("stock.package", ["quant_ids"]),
        ("stock.location", ["quant_ids"]),
    ):
        env[model].invalidate_model(names, flush=False)


def _next_ids(env, table: str, count: int) -> list[int]:
    env.cr.execute(f"SELECT nextval('{table}_id_seq') FROM generate_series(1, %s)", (count,))
    return [row[0] for row in env.cr.fetchall()]


def _units_and_costs(env, products: set[int]) -> tuple[dict[int, int], dict[int, float]]:
    """Return the unit of products and their present cost in the environment's company."""
    env.cr.execute(
        "SELECT p.id, t.uom_id, COALESCE((p.standard_price->>%s)::numeric, 0)"
        "  FROM product_product p JOIN product_template t ON t.id = p.product_tmpl_id"
        " WHERE p.id IN %s",
        (str(env.company.id), tuple(products)),
    )
    rows = env.cr.fetchall()
    return {row[0]: row[1] for row in rows}, {row[0]: float(row[2]) for row in rows}


def _move_row(env, move_id: int, move: Done, units: dict, costs: dict) -> dict:
    quantity = sum(part.quantity for part in move.parts)
    valued = sum(part.quantity for part in move.parts if not part.owner)
    return {
        "id": move_id,
        "company_id": env.company.id,
        "product_id": move.product,
        "product_uom": units[move.product],
        "location_id": move.source,
        "location_dest_id": move.target,
        "location_final_id": move.target,
        "origin": move.origin,
        "reference": move.origin,
        "product_qty": quantity,
        "product_uom_qty": quantity,
        "quantity": quantity,
        "date": move.moment,
        "create_date": move.moment,
        "write_date": move.moment,
        "price_unit": 0.0,
        "value": round(valued * costs[move.product], 2) if move.direction else 0.0,
        "is_in": move.direction == "in" and bool(valued),
        "is_out": move.direction == "out" and bool(valued),
    }


def _line_row(env, move_id: int, move: Done, part: Part, units: dict) -> dict:
    row = {
        "move_id": move_id,
        "company_id": env.company.id,
        "product_id": move.product,
        "product_uom_id": units[move.product],
        "location_id": part.source,
        "location_dest_id": part.target,
        "lot_id": part.lot,
        "owner_id": part.owner,
        "package_id": part.package,
        "result_package_id": part.result_package,
        "quantity": part.quantity,
        "quantity_product_uom": part.quantity,
        "date": move.moment,
        "create_date": move.moment,
        "write_date": move.moment,
    }
    if "stockex_done_at" in env["stock.move.line"]._fields:
        row["stockex_done_at"] = move.moment
    return row


def _insert(env, table: str, constants: dict, rows: list[dict]) -> None:
    columns = [*constants, *rows[0]]
    execute_values(
        env.cr._obj,
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES %s",
        [(*constants.values(), *row.values()) for row in rows],
        page_size=500,
    )


def _net_changes(moves: Sequence[Done]) -> list[tuple]:
    """Add up what each key gained or lost: (product, place, lot, package, owner, net, last)."""
    changes: dict[tuple, float] = defaultdict(float)
    moments: dict[tuple, datetime] = {}
    for move in moves:
        for part in move.parts:
            left = (move.product, part.source, part.lot, part.package, part.owner)
            reached = (move.product, part.target, part.lot, part.result_package, part.owner)
            changes[left] -= part.quantity
            changes[reached] += part.quantity
            moments[left] = moments[reached] = move.moment
    return [(*key, quantity, moments[key]) for key, quantity in changes.items() if quantity]


def _move_quants(env, moves: Sequence[Done]) -> None:
    """Add what arrived and take what left, place by place."""
    rows = _net_changes(moves)
    known = execute_values(
        env.cr._obj,
        """UPDATE stock_quant q SET quantity = q.quantity + v.quantity, write_date = v.moment
             FROM (VALUES %s) v(product, location, lot, package, owner, quantity, moment)
            WHERE q.product_id = v.product AND q.location_id = v.location
              AND q.lot_id IS NOT DISTINCT FROM v.lot
              AND q.package_id IS NOT DISTINCT FROM v.package
              AND q.owner_id IS NOT DISTINCT FROM v.owner
        RETURNING v.product, v.location, v.lot, v.package, v.owner""",
        rows,
        template="(%s, %s, %s::int, %s::int, %s::int, %s, %s::timestamp)",
        page_size=2000,
        fetch=True,
    )
    known = {tuple(row) for row in known}
    new = [row for row in rows if row[:5] not in known]
    if new:
        execute_values(
            env.cr._obj,
            """INSERT INTO stock_quant (product_id, location_id, lot_id, package_id, owner_id,
                      quantity, reserved_quantity, in_date, company_id, inventory_quantity_set,
                      create_uid, write_uid, create_date, write_date)
               SELECT v.product, v.location, v.lot, v.package, v.owner, v.quantity, 0, v.moment,
                      l.company_id, false, 1, 1, v.moment, v.moment
                 FROM (VALUES %s) v(product, location, lot, package, owner, quantity, moment)
                 JOIN stock_location l ON l.id = v.location""",
            new,
            template="(%s, %s, %s::int, %s::int, %s::int, %s, %s::timestamp)",
            page_size=2000,
        )
    env.cr.execute(
        "DELETE FROM stock_quant WHERE quantity = 0 AND reserved_quantity = 0"
        " AND user_id IS NULL AND NOT COALESCE(inventory_quantity_set, false)"
    )


def tidy(env) -> None:
    """Let Odoo compute again what it stores about the quants written here."""
    quants = env["stock.quant"].search([])
    for name in ("inventory_date", "expiration_date", "removal_date"):
        env.add_to_compute(quants._fields[name], quants)
    lots = env["stock.lot"].search([])
    env.add_to_compute(lots._fields["location_id"], lots)
    packages = env["stock.package"].search([])
    for name in ("location_id", "company_id", "owner_id"):
        if packages._fields[name].store and packages._fields[name].compute:
            env.add_to_compute(packages._fields[name], packages)
    env.flush_all()
