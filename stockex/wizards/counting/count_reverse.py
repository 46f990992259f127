from odoo import fields, models


class CountReverse(models.TransientModel):
    """Why, when and which lines of a posted count are undone."""

    _name = "stockex.count.reverse"
    _description = "Reverse a Count"

    session_id = fields.Many2one(
        "stockex.count.session", required=True, readonly=True, ondelete="cascade"
    )
    reason = fields.Char(required=True)
    posting_date = fields.Date(default=fields.Date.context_today)
    line_ids = fields.Many2many(
        "stockex.count.line",
        string="Only these lines",
        domain="[('session_id', '=', session_id), ('state', '=', 'posted'),"
        " ('reversing_line_ids', '=', False)]",
        help="All posted lines if empty.",
    )

    # --- Actions ---

    def action_reverse(self):
        """Post the opposite and open the reversal."""
        self.ensure_one()
        session = self.session_id
        lines = self.line_ids or session.line_ids.filtered(
            lambda line: line.state == "posted" and not line.reversing_line_ids
        )
        today = fields.Date.context_today(self)
        date = self.posting_date if self.posting_date != today else False
        reversal = session._reverse(lines, self.reason, date)
        return {
            "type": "ir.actions.act_window",
            "res_model": session._name,
            "res_id": reversal.id,
            "view_mode": "form",
        }
