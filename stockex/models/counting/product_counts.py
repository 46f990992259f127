from odoo import models


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "stockex.count.counts"]

    # --- Business ---

    def _stockex_counted_lines(self):
        found = self._stockex_grouped(self._stockex_line_domain(), "product_id")
        return {product.id: count for product, count in found.items()}

    def _stockex_line_domain(self):
        return [("product_id", "in", self._origin.ids)]
