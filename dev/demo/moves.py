"""From the plan's events to moves: which records a line of the plan stands for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from psycopg2.extras import execute_values

from .bulk import Done, Part
from .pure.events import Arrival, Line, Pick
from .story import Story


def create_lots(story: Story, env, arrivals: Sequence[Arrival]) -> None:
    """Create the lots, serial numbers and packages that arrivals bring in."""
    vals_list, keys = [], []
    known = story.records.setdefault("lots", {})
    for arrival in arrivals:
        product = story.products[arrival.product]
        for name in arrival.serials or ((arrival.lot,) if arrival.lot else ()):
            key = (product.id, name, env.company.id)
            if key in known:
                continue
            vals = {"name": name, "product_id": product.id, "company_id": env.company.id}
            if arrival.expiry:
                vals["expiration_date"] = datetime(*arrival.expiry.timetuple()[:3], 12)
            known[key] = None
            keys.append(key)
            vals_list.append(vals)
    known.update(zip(keys, env["stock.lot"].create(vals_list).ids, strict=True))
    names = [arrival.package for arrival in arrivals if arrival.package]
    packages = env["stock.package"].create([{"name": name} for name in names])
    story.records.setdefault("packages", {}).update(zip(names, packages.ids, strict=True))


def arrival_parts(story: Story, env, arrival: Arrival, source: int) -> tuple[Part, ...]:
    """Return what an arrival is made of: one part, or one a serial number."""
    product = story.products[arrival.product]
    lots = story.records["lots"]
    target = story.bins[arrival.bin].id
    owner = _owner(story, arrival.warehouse, arrival.consignor)
    package = story.records["packages"].get(arrival.package)
    if arrival.serials:
        return tuple(
            Part(1.0, source, target, lots[product.id, name, env.company.id], owner, None, package)
            for name in arrival.serials
        )
    lot = lots[product.id, arrival.lot, env.company.id] if arrival.lot else None
    return (Part(arrival.quantity, source, target, lot, owner, None, package),)


def picked_part(story: Story, env, line: Line, pick: Pick, target: int) -> Part:
    """Return a quantity taken from a shelf; it leaves its package behind."""
    product = story.products[line.product]
    lot = story.records["lots"][product.id, pick.lot, env.company.id] if pick.lot else None
    package = story.records["packages"][pick.package] if pick.package else None
    owner = _owner(story, pick.bin.split("-")[0], pick.consignor)
    return Part(pick.quantity, story.bins[pick.bin].id, target, lot, owner, package, None)


def line_vals(part: Part, product, company, move) -> dict:
    """Return the values of the move line of a part of an order's move."""
    return {
        "move_id": move.id,
        "picking_id": move.picking_id.id,
        "product_id": product.id,
        "product_uom_id": product.uom_id.id,
        "company_id": company.id,
        "quantity": part.quantity,
        "location_id": part.source,
        "location_dest_id": part.target,
        "lot_id": part.lot,
        "owner_id": part.owner,
        "package_id": part.package,
        "result_package_id": part.result_package,
        "picked": True,
    }


def done(story: Story, env, moment: datetime, line: Line, source: int, target, origin: str,
         direction: str = "") -> Done:  # fmt: skip
    """Return the done move of a line taken from the shelves."""
    parts = tuple(picked_part(story, env, line, pick, target) for pick in line.picks)
    product = story.products[line.product].id
    return Done(moment, product, source, target, origin, direction, parts)


def _owner(story: Story, warehouse: str, consignor: int | None) -> int | None:
    if consignor is None:
        return None
    return story.consignors[story.company_of(warehouse)][consignor].id


def redate(env, table: str, columns: Sequence[str], moments: dict[int, datetime]) -> None:
    """Write a moment of its own into every row of a batch, past Odoo's own clock.

    A batch is done at one frozen moment; `write` would be one statement for each moment.
    """
    if not moments:
        return
    env.flush_all()
    settings = ", ".join(f"{column} = v.moment" for column in columns)
    execute_values(
        env.cr._obj,
        f"UPDATE {table} t SET {settings} FROM (VALUES %s) v(id, moment) WHERE t.id = v.id",
        list(moments.items()),
        template="(%s, %s::timestamp)",
        page_size=1000,
    )
    env[table.replace("_", ".")].invalidate_model(list(columns), flush=False)


def redate_moves(env, moves, moments: dict[int, datetime]) -> None:
    """Give done moves and their lines the moment of their order (`moments` by move)."""
    redate(env, "stock_move", ("date", "create_date"), moments)
    lines = {line.id: moments[line.move_id.id] for line in moves.move_line_ids}
    columns = ["date", "create_date"]
    if "stockex_done_at" in env["stock.move.line"]._fields:
        columns.append("stockex_done_at")
    redate(env, "stock_move_line", columns, lines)
