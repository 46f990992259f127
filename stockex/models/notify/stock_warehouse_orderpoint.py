from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 500


class StockWarehouseOrderpoint(models.Model):
    _inherit = "stock.warehouse.orderpoint"

    stockex_low_since = fields.Datetime(
        "Low since",
        readonly=True,
        copy=False,
        help="Since when there is less on hand than the rule's minimum, and somebody was told.",
    )

    # --- Cron ---

    @api.model
    def _cron_stockex_low(self):
        """Tell of products that fell below their minimum, once until they are above it again."""
        self._stockex_forget_recovered()
        while low := self._stockex_newly_low():
            self._stockex_tell_low(low)
            if not self.env["ir.cron"]._commit_progress(len(low)):
                break

    # --- Business ---

    @api.model
    def _stockex_tell_low(self, low):
        """Write the events of rules that are newly low.

        :param low: {rule id: quantity on hand, in the product's unit}.
        """
        rules = self.browse(low)
        payloads = {
            rule.id: {
                "product": rule.product_id.display_name,
                "location": rule.location_id.complete_name,
                "quantity": rule.product_uom.round(low[rule.id]),
                "minimum": rule.product_min_qty,
                "unit": rule.product_uom.name,
            }
            for rule in rules
        }
        self.env["stockex.event"]._emit("stock.low", rules, payloads)
        rules.stockex_low_since = fields.Datetime.now()
        rules.flush_recordset()

    @api.model
    def _stockex_newly_low(self):
        """Return {rule id: quantity} of the next rules below their minimum not yet told."""
        rows = self.env.execute_query(
            SQL(
                """SELECT id, quantity FROM (%s) rules
                    WHERE told IS NULL AND quantity < minimum ORDER BY id LIMIT %s""",
                self._stockex_on_hand(),
                BATCH,
            )
        )
        return dict(rows)

    @api.model
    def _stockex_forget_recovered(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM (%s) rules WHERE told IS NOT NULL AND quantity >= minimum",
                self._stockex_on_hand(),
            )
        )
        self.browse([row[0] for row in rows]).stockex_low_since = False
        self.flush_model()

    @api.model
    def _stockex_on_hand(self):
        """Return the SQL of all rules with what is on hand at their place and below it.

        One query for all rules: Odoo's own field asks once for each place.
        """
        self.flush_model()
        self.env["stock.quant"].flush_model()
        return SQL(
            """SELECT rule.id, rule.stockex_low_since AS told,
                      ROUND(rule.product_min_qty::numeric, 6) AS minimum,
                      ROUND(COALESCE(SUM(quant.quantity) FILTER (
                          WHERE place.parent_path LIKE root.parent_path || '%%'
                            AND place.usage IN ('internal', 'transit')), 0)::numeric, 6)
                          AS quantity
                 FROM stock_warehouse_orderpoint rule
                 JOIN stock_location root ON root.id = rule.location_id
            LEFT JOIN stock_quant quant ON quant.product_id = rule.product_id
            LEFT JOIN stock_location place ON place.id = quant.location_id
                WHERE rule.active AND rule.product_min_qty > 0
             GROUP BY rule.id"""
        )
