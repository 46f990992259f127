from odoo import api, fields, models
from odoo.tools import SQL


class CountClosing(models.AbstractModel):
    """What a count leaves once its lines are posted: its end, its event, counted places.

    Called as superuser by the session's job: role and state were checked at its start.
    """

    _name = "stockex.count.closing"
    _description = "Count Closing"

    # --- Business ---

    @api.model
    def _close(self, session):
        """Finish a session whose lines are all handled."""
        again = bool(session.done_at)
        session.write({"state": "done", "done_at": session.done_at or fields.Datetime.now()})
        session._release_claims()
        self._date_locations(session)
        self.env["stockex.count.line"].flush_model()
        [(posted, failed, value)] = self.env.execute_query(
            SQL(
                """SELECT COUNT(*) FILTER (WHERE state = 'posted'),
                          COUNT(*) FILTER (WHERE state = 'failed'),
                          SUM(difference * unit_cost) FILTER (
                              WHERE state = 'posted'
                                AND decision IS DISTINCT FROM 'transferred')
                     FROM stockex_count_line WHERE session_id = %s""",
                session.id,
            )
        )
        currency = session.currency_id
        payload = {
            "session": session.name,
            "posted": posted,
            "failed": failed,
            "value": currency.round(value or 0.0),
            "currency": currency.name,
        }
        # Posting failed lines again tells only what it changed.
        if not again or session._told("count.posted", session).get(session.id) != payload:
            session._emit("count.posted", payload)
        session._tell_failed_lines()
        session._tell_reversed()

    @api.model
    def _date_locations(self, session):
        """Date the last inventory of locations whose lines were all counted."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT line.location_id FROM stockex_count_line line
                    WHERE line.session_id = %(session)s AND line.reversed_line_id IS NULL
                      AND (%(whole)s OR NOT EXISTS (
                            SELECT 1 FROM stock_quant quant
                             WHERE quant.location_id = line.location_id
                               AND ROUND(quant.quantity::numeric, 6) <> 0
                               AND NOT EXISTS (
                                    SELECT 1 FROM stockex_count_line counted
                                     WHERE counted.session_id = %(session)s
                                       AND counted.location_id = quant.location_id
                                       AND counted.product_id = quant.product_id
                                       AND counted.lot_id IS NOT DISTINCT FROM quant.lot_id
                                       AND counted.package_id
                                           IS NOT DISTINCT FROM quant.package_id
                                       AND counted.owner_id
                                           IS NOT DISTINCT FROM quant.owner_id)))
                 GROUP BY line.location_id
                   HAVING BOOL_AND(line.state IN ('counted', 'posted'))""",
                session=session.id,
                whole=not session._is_filtered(),
            )
        )
        locations = self.env["stock.location"].browse([row[0] for row in rows])
        locations.write({"last_inventory_date": fields.Date.context_today(self)})
