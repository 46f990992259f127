from odoo import models


class SyncDeviceRoute(models.Model):
    """Leads from a handheld to what its owner did with it last."""

    _inherit = "stockex.sync.device"

    # --- Actions ---

    def action_open_route(self):
        """Show the day on which the handheld's owner counted last."""
        self.ensure_one()
        self.check_access("read")
        return self.env["stockex.sync.route"]._open(self.user_id, moment=self.last_sync)
