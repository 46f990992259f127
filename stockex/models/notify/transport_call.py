from odoo import models


class TransportCall(models.Model):
    """Takes the message along that a call carries, when a person gives the call up."""

    _inherit = "stockex.transport.call"

    # --- Actions ---

    def action_skip(self):
        result = super().action_skip()
        # sudo: whoever may give up the call gives up its message; checked above.
        notifications_sudo = self.env["stockex.notification"].sudo()
        notifications_sudo.search(
            [("call_id", "in", self.ids), ("state", "in", ("waiting", "failed"))]
        ).write({"state": "skipped"})
        return result

    def action_retry(self):
        result = super().action_retry()
        # sudo: as above; the message waits with its call.
        notifications_sudo = self.env["stockex.notification"].sudo()
        notifications_sudo.search(
            [("call_id", "in", self.ids), ("state", "in", ("failed", "skipped"))]
        ).write({"state": "waiting", "error": False})
        return result
