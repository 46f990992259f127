from odoo import api, models
from odoo.tools import SQL

from odoo.addons.stockex.models.notify.event import HORIZON


class Event(models.Model):
    _inherit = "stockex.event"

    # --- Business ---

    @api.model
    def _last(self):
        """Return the position of the last event that is told by now; None if there is none."""
        rows = self.env.execute_query(
            SQL(
                """SELECT xid::text, id FROM stockex_event WHERE xid < %s
                 ORDER BY stockex_event.xid DESC, id DESC LIMIT 1""",
                HORIZON,
            )
        )
        return (int(rows[0][0]), rows[0][1]) if rows else None
