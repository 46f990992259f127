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
        name = "variance.above_threshold"
        told = self._told(name, lines_sudo)
        new_sudo = lines_sudo.filtered(lambda line: payloads[line.id] != told.get(line.id))
        self.env["stockex.event"]._emit(name, new_sudo, payloads)

    def _told(self, name, lines):
        """Return {line id: payload last told}: closing again says nothing twice."""
        # sudo: as in _emit_variances.
        events_sudo = (
            self.env["stockex.event"]
            .sudo()
            .search(
                [("name", "=", name), ("res_model", "=", lines._name), ("res_id", "in", lines.ids)],
                order="id",
            )
        )
        return {event.res_id: event.payload for event in events_sudo}
