from odoo import api, models


class CountSessionTelling(models.Model):
    """The events that a count leaves besides those of its main steps."""

    _inherit = "stockex.count.session"

    # --- Create, write ---

    @api.model_create_multi
    def create(self, vals_list):
        sessions = super().create(vals_list)
        # sudo: the name of a session's controller is known to whoever makes it.
        payloads = {
            session.id: {
                "session": session.name,
                "kind": session.kind,
                "controller": session.user_id.sudo().login or "",
            }
            for session in sessions
        }
        self.env["stockex.event"]._emit("count.created", sessions, payloads)
        return sessions

    # --- Business ---

    def _tell_failed_lines(self):
        """Say that lines could not be posted, once for what is so now."""
        self.ensure_one()
        # sudo: called as superuser by the session's job.
        lines_sudo = self.env["stockex.count.line"].sudo()
        failed_sudo = lines_sudo.search(
            [("session_id", "=", self.id), ("state", "=", "failed")], order="id"
        )
        if not failed_sudo:
            return
        payload = {
            "session": self.name,
            "failed": len(failed_sudo),
            "first": failed_sudo[0].post_error or "",
        }
        if self._told("count.posting_failed", self).get(self.id) != payload:
            self._emit(
                "count.posting_failed", {"failed": payload["failed"], "first": payload["first"]}
            )

    def _tell_reversed(self):
        """Tell of the session that this one has undone, wholly or in part."""
        self.ensure_one()
        original = self.reversal_of_id
        if original and not self._told_reversal(original):
            original._emit("count.reversed", {"reversal": self.name, "lines": self.posted_count})

    def _told_reversal(self, original):
        # sudo: as in `_told`.
        events_sudo = self.env["stockex.event"].sudo()
        told_sudo = events_sudo.search(
            [
                ("name", "=", "count.reversed"),
                ("res_model", "=", original._name),
                ("res_id", "=", original.id),
            ]
        )
        return self.name in [event.payload["reversal"] for event in told_sudo]
