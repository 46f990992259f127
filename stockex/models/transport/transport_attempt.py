from odoo import api, fields, models


class TransportAttempt(models.Model):
    """One try of a call: what was sent and what came back, without secrets."""

    _name = "stockex.transport.attempt"
    _description = "Attempt of a Call"
    _order = "id desc"
    _log_access = False

    call_id = fields.Many2one(
        "stockex.transport.call", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    owner_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    time = fields.Datetime(required=True, readonly=True)
    kind = fields.Selection(
        [
            ("done", "Done"),
            ("retry", "To try again"),
            ("rejected", "Rejected"),
            ("unauthorised", "Not authorised"),
            ("unknown", "Effect unknown"),
        ],
        "Outcome",
        required=True,
        readonly=True,
    )
    status = fields.Integer(readonly=True, help="HTTP status; 0 without an answer.")
    duration_s = fields.Float("Duration (s)", digits=(8, 3), readonly=True)
    error = fields.Char(readonly=True)
    request = fields.Text(readonly=True)
    answer = fields.Text(readonly=True)

    # --- Compute ---

    @api.depends("time", "status")
    def _compute_display_name(self):
        for attempt in self:
            time = fields.Datetime.to_string(attempt.time)
            attempt.display_name = f"{time} · {attempt.status}" if attempt.status else time
