from odoo import fields, models


class EscalationHistory(models.Model):
    """What was done about something that waits: who was asked, reminded, replaced."""

    _name = "stockex.escalation.history"
    _description = "Step Taken in an Escalation"
    _order = "id"
    _rec_name = "what"
    _log_access = False

    escalation_id = fields.Many2one(
        "stockex.escalation", required=True, readonly=True, index=True, ondelete="cascade"
    )
    time = fields.Datetime("When", required=True, readonly=True)
    what = fields.Selection(
        [
            ("ask", "Asked"),
            ("remind", "Reminded"),
            ("manager", "Handed over to the manager"),
            ("substitute", "Handed over to the substitute"),
            ("user", "Handed over"),
            ("away", "Substitute put in for an absence"),
            ("nobody", "Nobody left to ask: given to the suite administrators"),
            ("late", "The answer is late"),
            ("answered", "Answered"),
            ("withdrawn", "Given up"),
        ],
        required=True,
        readonly=True,
    )
    user_ids = fields.Many2many(
        "res.users", "stockex_escalation_history_user_rel", string="Who", readonly=True
    )
