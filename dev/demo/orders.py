"""Purchase and sales orders, confirmed, delivered and returned by the batch."""

from __future__ import annotations

from collections.abc import Sequence

from .chapters.companies import DIRHAMS_FOR_A_EURO
from .moves import arrival_parts, create_lots, line_vals, picked_part, redate, redate_moves
from .pure.events import Purchase, Return, Sale
from .quick import average_in
from .story import Story


def confirm_purchases(story: Story, purchases: Sequence[Purchase]) -> None:
    """Create and confirm purchase orders; they wait in `records["purchases"]`."""
    for code in story.companies:
        env = story.in_company(code)
        mine = [order for order in purchases if story.company_of(order.warehouse) == code]
        orders = env["purchase.order"].create([_purchase_vals(story, env, code, o) for o in mine])
        orders.button_confirm()
        story.records.setdefault("purchases", {}).update(
            (purchase.number, order.id) for purchase, order in zip(mine, orders, strict=True)
        )
        redate(env, "purchase_order", ("date_order", "date_approve"),
                {order.id: p.ordered for p, order in zip(mine, orders, strict=True)})  # fmt: skip


def _purchase_vals(story: Story, env, code: str, purchase: Purchase) -> dict:
    factor = DIRHAMS_FOR_A_EURO if code == "ma" else 1.0
    lines = []
    for arrival in purchase.lines:
        product = story.plan.products[arrival.product]
        lines.append(
            (0, 0, {
                "product_id": story.products[arrival.product].id,
                "product_qty": arrival.quantity,
                # Prices creep up by four per cent a year.
                "price_unit": round(product.cost * factor * _price_level(story, purchase), 2),
                "date_planned": purchase.received or story.now,
            })
        )  # fmt: skip
    return {
        "partner_id": story.suppliers[code][purchase.supplier].id,
        "company_id": env.company.id,
        "currency_id": env.company.currency_id.id,
        "picking_type_id": story.warehouses[purchase.warehouse].in_type_id.id,
        "date_order": purchase.ordered,
        "order_line": lines,
    }


def _price_level(story: Story, purchase: Purchase) -> float:
    return 1.0 + 0.04 * (purchase.ordered - story.start).days / 365


def receive_purchases(story: Story, env, purchases: Sequence[Purchase], code: str) -> None:
    """Receive orders into their bins, with lots and serial numbers."""
    mine = [
        purchase
        for purchase in purchases
        if purchase.received and story.company_of(purchase.warehouse) == code
    ]
    if not mine:
        return
    create_lots(story, env, [line for purchase in mine for line in purchase.lines])
    known = story.records["purchases"]
    orders = env["purchase.order"].browse([known[purchase.number] for purchase in mine])
    moves = orders.picking_ids.move_ids
    moves.move_line_ids.unlink()
    vals_list = []
    for purchase, order in zip(mine, orders, strict=True):
        for arrival, line in zip(purchase.lines, order.order_line, strict=True):
            move = line.move_ids
            vals_list += [
                line_vals(part, move.product_id, env.company, move)
                for part in arrival_parts(story, env, arrival, move.location_id.id)
            ]
    env["stock.move.line"].create(vals_list)
    moves.picked = True
    orders.picking_ids.with_context(cancel_backorder=True)._action_done()
    average_in(env, moves)
    received = {order.id: p.received for p, order in zip(mine, orders, strict=True)}
    redate(env, "stock_picking", ("date_done",),
           {order.picking_ids.id: received[order.id] for order in orders})  # fmt: skip
    redate_moves(
        env, moves, {move.id: received[move.purchase_line_id.order_id.id] for move in moves}
    )


def deliver_sales(story: Story, env, sales: Sequence[Sale]) -> None:
    """Create, confirm and deliver orders; those that wait stay open."""
    if not sales:
        return
    orders = env["sale.order"].create([_sale_vals(story, env, sale) for sale in sales])
    orders.action_confirm()
    story.records.setdefault("sales", {}).update(
        (sale.number, order.id) for sale, order in zip(sales, orders, strict=True)
    )
    moments = {order.id: sale.moment for sale, order in zip(sales, orders, strict=True)}
    redate(env, "sale_order", ("date_order", "create_date"), moments)
    vals_list = []
    for sale, order in zip(sales, orders, strict=True):
        if not sale.waiting:
            vals_list += _delivery_lines(story, env, sale, order)
    moves = env["stock.move.line"].create(vals_list).move_id
    moves.picked = True
    moves.picking_id.with_context(cancel_backorder=True)._action_done()
    redate(env, "stock_picking", ("date_done", "create_date"),
           {picking.id: moments[picking.sale_id.id] for picking in moves.picking_id})  # fmt: skip
    redate_moves(env, moves, {move.id: moments[move.sale_line_id.order_id.id] for move in moves})


def _delivery_lines(story: Story, env, sale: Sale, order) -> list[dict]:
    vals_list = []
    for line, order_line in zip(sale.lines, order.order_line, strict=True):
        move = order_line.move_ids
        vals_list += [
            line_vals(picked_part(story, env, line, pick, move.location_dest_id.id),
                      move.product_id, env.company, move)
            for pick in line.picks
        ]  # fmt: skip
    return vals_list


def _sale_vals(story: Story, env, sale: Sale) -> dict:
    code = story.company_of(sale.warehouse)
    return {
        "partner_id": story.customers[code][sale.customer].id,
        "company_id": env.company.id,
        "warehouse_id": story.warehouses[sale.warehouse].id,
        "date_order": sale.moment,
        "order_line": [
            (
                0,
                0,
                {"product_id": story.products[line.product].id, "product_uom_qty": line.quantity},
            )
            for line in sale.lines
        ],
    }


def return_sales(story: Story, env, returns: Sequence[Return]) -> None:
    """Take goods back through Odoo's own return of a delivery."""
    moments, pickings = {}, env["stock.picking"]
    for back in returns:
        order = env["sale.order"].browse(story.records["sales"][back.sale])
        product = story.products[back.product].with_env(env)
        move = order.picking_ids.move_ids.filtered(
            lambda move, product=product: move.product_id == product and move.state == "done"
        )
        wizard = env["stock.return.picking"].create({"picking_id": move.picking_id.id})
        wizard.product_return_moves.filtered(
            lambda line, move=move: line.move_id == move
        ).quantity = back.quantity
        picking = wizard._create_return()
        picking.move_ids.move_line_ids.location_dest_id = story.bins[back.bin]
        picking.move_ids.picked = True
        pickings |= picking
        moments.update(dict.fromkeys(picking.move_ids.ids, back.moment))
    if pickings:
        pickings.with_context(cancel_backorder=True)._action_done()
        redate_moves(env, pickings.move_ids.filtered(lambda move: move.id in moments), moments)
