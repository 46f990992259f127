from odoo import models


class CountSessionAlert(models.Model):
    """What is looked at once a counting is closed."""

    _inherit = "stockex.count.session"

    # --- Business ---

    def _look_after_closing(self):
        """Mark what a person must decide, raise alerts (called by the queue).

        Closing waits for entries that are on their way, yet its transaction began before
        they were in and never sees them; this one does.
        """
        # sudo: lines and events are the system's; the closing checked the role.
        session_sudo = self.sudo()
        if session_sudo.state == "review":
            session_sudo.env["stockex.count.recheck"]._flag(session_sudo)
            session_sudo.env["stockex.count.tolerance"]._flag(session_sudo)
        if session_sudo.state in ("review", "approved", "posting", "done"):
            self._emit_variances()

    def _emit_variances(self):
        """Raise an event for each line whose variance is worth an alert."""
        threshold = self.company_id.stockex_variance_alert_amount
        # sudo: the event is written whoever closes the counting.
        lines_sudo = (
            self.env["stockex.count.line"]
            .sudo()
            .search(
                [
                    ("session_id", "=", self.id),
                    ("verdict", "in", ("different", "moved")),
                    "|",
                    ("difference_value", ">=", threshold),
                    ("difference_value", "<=", -threshold),
                ]
            )
        )
        payloads = {
            line.id: {
                "session": self.name,
                "product": line.product_id.display_name,
                "location": line.location_id.complete_name,
                "difference": line.difference,
                "value": line.difference_value,
                "currency": self.currency_id.name,
            }
            for line in lines_sudo
        }
        self.env["stockex.event"]._emit("variance.above_threshold", lines_sudo, payloads)
