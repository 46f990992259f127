"""Two of Odoo's habits that a history of two years cannot afford, set aside while it is told.

Costs: after every receipt and delivery Odoo works out average costs again from the product's
whole history (measured: a third of the load, growing with every week). Here each receipt moves
the average, and Odoo works all of them out once at the end.

Messages: a note in the chatter for each picking and each line received (measured: 40 ms each).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.mail.models.mail_thread import MailThread
from odoo.addons.stock_account.models.product import ProductProduct


@contextmanager
def quick() -> Iterator[None]:
    """Set both habits aside."""
    with (
        patch.object(ProductProduct, "_update_standard_price", lambda *_args, **_more: None),
        patch.object(MailThread, "message_post_with_source", lambda *_args, **_more: None),
    ):
        yield


def average_in(env, moves) -> None:
    """Move the average cost of the products that came in with done moves."""
    env.flush_all()
    products = moves.product_id.filtered(lambda product: product.cost_method != "standard")
    if not products:
        return
    env.cr.execute(
        "SELECT q.product_id, SUM(q.quantity) FROM stock_quant q"
        "  JOIN stock_location l ON l.id = q.location_id"
        " WHERE l.usage = 'internal' AND q.company_id = %s AND q.owner_id IS NULL"
        "   AND q.product_id = ANY(%s) GROUP BY 1",
        (env.company.id, products.ids),
    )
    here = {product: float(quantity) for product, quantity in env.cr.fetchall()}
    for product in products.with_context(disable_auto_revaluation=True):
        mine = moves.filtered(lambda move, product=product: move.product_id == product)
        after, came = here.get(product.id, 0.0), sum(mine.mapped("quantity"))
        if after > 0 and after >= came:
            value = (after - came) * product.standard_price + sum(mine.mapped("value"))
            product.standard_price = value / after


def settle_costs(env) -> None:
    """Let Odoo work out the costs of a company's products from their whole history."""
    products = env["product.product"].search([("is_storable", "=", True)])
    products.filtered(lambda product: product.cost_method != "standard")._update_standard_price()
    env.flush_all()
