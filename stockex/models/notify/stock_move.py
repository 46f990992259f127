from odoo import models

from ...pure.notify.stock_changed import MOST_PRODUCTS


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        moves._tell_stock_changed()
        return moves

    # --- Business ---

    def _tell_stock_changed(self):
        """Leave one event a company for all that moved together.

        It names products and places, never quantities: whoever follows it reads those
        with their own rights.
        """
        done = self.filtered(lambda move: move.state == "done" and move.product_id.is_storable)
        for moves in done.grouped("company_id").values():
            products = moves.product_id.ids
            places = moves.move_line_ids.location_id | moves.move_line_ids.location_dest_id
            inner = places.filtered(lambda place: place.usage in ("internal", "transit"))
            payload = {
                "products": products[:MOST_PRODUCTS],
                "locations": inner.ids[:MOST_PRODUCTS],
                "complete": max(len(products), len(inner)) <= MOST_PRODUCTS,
            }
            first = moves[:1]
            self.env["stockex.event"]._emit("stock.changed", first, {first.id: payload})
