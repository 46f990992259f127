from odoo import models
from odoo.tools import SQL


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def _compute_last_count_date(self):
        """Let lines that matched count as counted: they leave no stock move."""
        super()._compute_last_count_date()
        if not self.ids:
            return
        rows = self.env.execute_query(
            SQL(
                """SELECT quant.id, MAX(line.last_entry_at)::date
                     FROM stock_quant quant
                     JOIN stockex_count_line line
                       ON line.product_id = quant.product_id
                      AND line.location_id = quant.location_id
                      AND line.lot_id IS NOT DISTINCT FROM quant.lot_id
                      AND line.package_id IS NOT DISTINCT FROM quant.package_id
                      AND line.owner_id IS NOT DISTINCT FROM quant.owner_id
                     JOIN stockex_count_session session ON session.id = line.session_id
                    WHERE quant.id = ANY(%s) AND session.state = 'done'
                      AND line.state IN ('counted', 'posted')
                      AND line.last_entry_at IS NOT NULL
                 GROUP BY quant.id""",
                self.ids,
            )
        )
        counted = dict(rows)
        for quant in self:
            dates = [quant.last_count_date, counted.get(quant.id)]
            quant.last_count_date = max(filter(None, dates), default=False)
