from odoo import models


class StockLot(models.Model):
    _name = "stock.lot"
    _inherit = ["stock.lot", "stockex.count.counts"]

    # --- Business ---

    def _stockex_counted_lines(self):
        found = self._stockex_grouped(self._stockex_line_domain(), "lot_id")
        return {lot.id: count for lot, count in found.items()}

    def _stockex_line_domain(self):
        return [("lot_id", "in", self._origin.ids)]
