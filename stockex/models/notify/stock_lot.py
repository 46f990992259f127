from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 500


class StockLot(models.Model):
    _inherit = "stock.lot"

    stockex_expiry_told = fields.Datetime(
        "Expiry told",
        readonly=True,
        copy=False,
        help="The alert date that somebody was told of; another date is told again.",
    )

    # --- Cron ---

    @api.model
    def _cron_stockex_expiring(self):
        """Tell of lots on hand whose alert date has come, once a date."""
        rows = self._stockex_expiring()
        lots = list(dict.fromkeys(row[0] for row in rows))
        for first in range(0, len(lots), BATCH):
            batch = set(lots[first : first + BATCH])
            self._stockex_tell_expiring([row for row in rows if row[0] in batch])
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                break

    # --- Business ---

    @api.model
    def _stockex_tell_expiring(self, rows):
        """Write the events: one a lot and company that has goods of it.

        :param rows: (lot id, company id, quantity in the product's unit).
        """
        for company_id in {row[1] for row in rows}:
            quantities = {lot: quantity for lot, company, quantity in rows if company == company_id}
            lots = self.browse(quantities)
            payloads = {
                lot.id: {
                    "lot": lot.name,
                    "product": lot.product_id.display_name,
                    "quantity": lot.product_uom_id.round(quantities[lot.id]),
                    "unit": lot.product_uom_id.name,
                    "expires": fields.Datetime.to_string(lot.expiration_date) or "",
                }
                for lot in lots
            }
            company = self.env["res.company"].browse(company_id)
            self.env["stockex.event"]._emit("lot.expiring", lots, payloads, company)
        for lot in self.browse({row[0] for row in rows}):
            lot.stockex_expiry_told = lot.alert_date
        self.flush_model()

    @api.model
    def _stockex_expiring(self):
        """Return (lot id, company id, quantity on hand) of what nobody was told of yet."""
        self.flush_model()
        self.env["stock.quant"].flush_model()
        return self.env.execute_query(
            SQL(
                """SELECT lot.id, quant.company_id, SUM(quant.quantity)
                     FROM stock_lot lot
                     JOIN stock_quant quant ON quant.lot_id = lot.id
                     JOIN stock_location place ON place.id = quant.location_id
                    WHERE lot.alert_date <= %s
                      AND lot.stockex_expiry_told IS DISTINCT FROM lot.alert_date
                      AND place.usage = 'internal' AND quant.company_id IS NOT NULL
                 GROUP BY lot.id, quant.company_id HAVING SUM(quant.quantity) > 0
                 ORDER BY lot.id, quant.company_id""",
                fields.Datetime.now(),
            )
        )
