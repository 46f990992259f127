"""Twenty-four months of purchases, sales, returns and plain moves, week by week."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from ..bulk import Done, tidy, write_done
from ..moves import arrival_parts, create_lots, done
from ..orders import confirm_purchases, deliver_sales, receive_purchases, return_sales
from ..pure.events import Line, Pick, Week
from ..pure.plan import BLOCK
from ..story import Story

SHORTAGES = 4


def run(story: Story) -> None:
    """Schedule every week of the plan; nothing is written yet."""
    outgoing = story.env["stock.picking.type"].search([("code", "=", "outgoing")])
    outgoing.reservation_method = "manual"  # the plan says what each delivery takes
    for week in story.plan.weeks:
        morning = datetime(week.monday.year, week.monday.month, week.monday.day, 7, 30)
        evening = datetime(week.monday.year, week.monday.month, week.monday.day, 18)
        story.schedule(morning, _goods_in(week), "goods in")
        story.schedule(evening + timedelta(days=5), _goods_out(week), "till sales")
    for first in range(0, len(story.plan.weeks), BLOCK):
        weeks = story.plan.weeks[first : first + BLOCK]
        saturday = datetime.combine(weeks[-1].monday, time(19)) + timedelta(days=5)
        story.schedule(saturday, _orders(weeks), "sales orders")
    for purchases in _by_order_week(story):
        moment = min(purchase.ordered for purchase in purchases)
        story.schedule(moment, _order(purchases), "purchase orders")
    story.schedule(story.now, _end, "end of the history")


def _by_order_week(story: Story) -> list[list]:
    """Group purchases by the week in which they are ordered."""
    groups: dict = {}
    for week in story.plan.weeks:
        for purchase in week.purchases:
            groups.setdefault(purchase.ordered.date().isocalendar()[:2], []).append(purchase)
    return list(groups.values())


def _order(purchases):
    return lambda story: confirm_purchases(story, purchases)


def _goods_in(week: Week):
    """Return what happens on Monday morning: returns, deliveries, transfers, losses."""

    def happen(story: Story) -> None:
        for code in story.companies:
            env = story.in_company(code)
            returns = [back for back in week.returns if story.company_of(back.warehouse) == code]
            return_sales(story, env, returns)
            mine = [c for c in week.collections if story.company_of(c.warehouse) == code]
            create_lots(story, env, [line for c in mine for line in c.lines])
            write_done(env, [m for c in mine for m in _collected(story, env, c, week)])
            receive_purchases(story, env, week.purchases, code)
            write_done(env, _moved(story, env, week, code))

    return happen


def _collected(story: Story, env, collection, week: Week) -> list[Done]:
    source = env.ref("stock.stock_location_suppliers").id
    origin = (
        "Stock d’ouverture" if week is story.plan.weeks[0] else f"Collecte {week.monday:%G-S%V}"
    )
    return [
        Done(collection.moment, story.products[line.product].id, source,
             story.bins[line.bin].id, origin, "in", arrival_parts(story, env, line, source))
        for line in collection.lines
    ]  # fmt: skip


def _moved(story: Story, env, week: Week, code: str) -> list[Done]:
    """Return the week's transfers between warehouses and what was thrown away."""
    moves = []
    for transfer in week.transfers:
        if story.company_of(transfer.source) == code:
            source = story.warehouses[transfer.source].lot_stock_id.id
            origin = f"Transfert {transfer.source} → {transfer.target}"
            moves.append(done(story, env, transfer.moment, transfer.line, source,
                              story.bins[transfer.bin].id, origin))  # fmt: skip
    scrap = _scrap_location(story, env)
    for loss in week.write_offs:
        if story.company_of(loss.warehouse) == code:
            source = story.warehouses[loss.warehouse].lot_stock_id.id
            moves.append(
                done(story, env, loss.moment, loss.line, source, scrap, loss.reason, "out")
            )
    return moves


def _goods_out(week: Week):
    """Return what leaves over the counter until Saturday."""

    def happen(story: Story) -> None:
        for code in story.companies:
            env = story.in_company(code)
            customers = env.ref("stock.stock_location_customers").id
            tills = [till for till in week.tills if story.company_of(till.warehouse) == code]
            write_done(env, [
                done(story, env, till.moment, till.line,
                     story.warehouses[till.warehouse].lot_stock_id.id, customers,
                     f"Caisse {till.warehouse} {till.moment:%d/%m}", "out")
                for till in tills
            ])  # fmt: skip

    return happen


def _orders(weeks):
    """Return the sales orders of a few weeks; larger batches cost less an order."""

    def happen(story: Story) -> None:
        sales = [sale for week in weeks for sale in week.sales]
        for code in story.companies:
            mine = [sale for sale in sales if story.company_of(sale.warehouse) == code]
            deliver_sales(story, story.in_company(code), mine)

    return happen


def _scrap_location(story: Story, env) -> int:
    """Return the company's location for goods thrown away."""
    known = story.records.setdefault("scrap", {})
    if env.company.id not in known:
        domain = [("usage", "=", "inventory"), ("company_id", "=", env.company.id)]
        scrap = env["stock.location"].search([*domain, ("name", "ilike", "scrap")], limit=1)
        known[env.company.id] = scrap.id or env["stock.location"].create(
            {"name": "Scrap", "usage": "inventory", "company_id": env.company.id}
        ).id  # fmt: skip
    return known[env.company.id]


def _end(story: Story) -> None:
    """Leave a few shortages, reserve what waits, and let Odoo see what was written past it."""
    env = story.in_company("fr")
    stock = story.warehouses["LYO"].lot_stock_id.id
    customers = env.ref("stock.stock_location_customers").id
    write_done(env, [
        done(story, env, story.now - timedelta(hours=1), line, stock, customers, "Caisse LYO",
             "out")
        for line in _missing(story)
    ])  # fmt: skip
    tidy(story.env)
    for code in story.companies:
        env = story.in_company(code)
        types = env["stock.picking.type"].search([("code", "=", "outgoing")])
        types.reservation_method = "at_confirm"
        waiting = env["stock.picking"].search(
            [("state", "=", "confirmed"), ("picking_type_id", "in", types.ids)]
        )
        waiting.move_ids._action_assign()


def _missing(story: Story) -> list[Line]:
    """Return sales of goods that nobody has on the shelf: they become negative quantities."""
    empty = [
        shelf
        for shelf in story.plan.shelves
        if shelf.warehouse.code == "LYO"
        and story.plan.products[shelf.product].category.tracking == "none"
        and not shelf.layers
    ]
    return [Line(shelf.product, (Pick(shelf.bins[0], 2.0),)) for shelf in empty[:SHORTAGES]]
