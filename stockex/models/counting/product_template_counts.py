from odoo import models


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "stockex.count.counts"]

    # --- Business ---

    def _stockex_counted_lines(self):
        found = self._stockex_grouped(self._stockex_line_domain(), "product_id")
        counts = {product.id: count for product, count in found.items()}
        variants = self._stockex_variants()._read_group(
            [("product_tmpl_id", "in", self._origin.ids)], ["product_tmpl_id"], ["id:array_agg"]
        )
        return {
            template.id: sum(counts.get(product_id, 0) for product_id in ids)
            for template, ids in variants
        }

    def _stockex_line_domain(self):
        variants = self._stockex_variants()
        found = variants.search([("product_tmpl_id", "in", self._origin.ids)])
        return [("product_id", "in", found.ids)]

    def _stockex_variants(self):
        """Return the model of variants, archived ones included: they were counted too."""
        return self.env["product.product"].with_context(active_test=False)
