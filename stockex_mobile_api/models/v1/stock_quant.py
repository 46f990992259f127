from odoo import api, models
from odoo.fields import Domain


class StockQuant(models.Model):
    _inherit = "stock.quant"

    # --- Business ---

    @api.model
    def _may_be_seen(self):
        """Tell whether the user may learn of any stock at all; blind counters may not."""
        if not self.has_access("read"):
            return False
        rules = self.env["ir.rule"]._compute_domain(self._name, "read")
        return not Domain(rules or []).is_false()
