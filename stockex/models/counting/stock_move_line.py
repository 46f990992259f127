from odoo import fields, models
from odoo.tools import SQL


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    stockex_done_at = fields.Datetime(
        "Really done at",
        readonly=True,
        copy=False,
        help="Wall clock of the completion; the date may be backdated, this cannot.",
    )

    _stockex_done = models.Index("(product_id, stockex_done_at) WHERE stockex_done_at IS NOT NULL")

    def _action_done(self):
        result = super()._action_done()
        done = self.exists()
        if done:
            done.flush_recordset()
            # The database's clock, to the microsecond: counts compare with it.
            self.env.execute_query(
                SQL(
                    """UPDATE stock_move_line
                          SET stockex_done_at = clock_timestamp() AT TIME ZONE 'UTC'
                        WHERE id = ANY(%s) RETURNING id""",
                    done.ids,
                )
            )
            done.invalidate_recordset(["stockex_done_at"])
        return result
