from odoo import fields, models


class CountReject(models.TransientModel):
    """Why an approver sends a count back."""

    _name = "stockex.count.reject"
    _description = "Reject a Count"

    session_id = fields.Many2one(
        "stockex.count.session", required=True, readonly=True, ondelete="cascade"
    )
    reason = fields.Char(required=True)

    # --- Actions ---

    def action_reject(self):
        """Send the count back to those who made it."""
        self.ensure_one()
        self.session_id._reject(self.reason)
        return {"type": "ir.actions.act_window_close"}
