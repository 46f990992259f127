from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    stockex_approver_not_counter = fields.Boolean(
        string="Approver must not have counted",
        default=True,
        help="Refuse the approval of a count by somebody who counted in it.",
    )
    stockex_variance_alert_amount = fields.Monetary(
        string="Variance alert",
        default=500.0,
        help="A line whose variance is worth this much or more raises an event.",
    )

    stockex_reason_amount = fields.Monetary(
        string="Reason required from",
        default=500.0,
        help="A line whose variance is worth this much or more needs a reason before the "
        "count is approved; so does every line out of tolerance. 0 asks it of every variance.",
    )

    stockex_notify_critical = fields.Selection(
        [
            ("user", "As each user prefers"),
            ("always", "At once to everybody"),
            ("never", "Like any other message"),
        ],
        string="Critical notifications",
        default="user",
        required=True,
        help="Whether critical messages come also in quiet hours, instead of in a digest, "
        "and beyond the most a day.",
    )
    stockex_notify_keep_days = fields.Integer(
        string="Keep notifications for",
        default=180,
        help="Days after which messages and digests that are done are deleted; 0 keeps them.",
    )

    _stockex_notify_keep_days_positive = models.Constraint(
        "CHECK (stockex_notify_keep_days >= 0)",
        "The days to keep notifications for cannot be negative.",
    )
    _stockex_reason_amount_positive = models.Constraint(
        "CHECK (stockex_reason_amount >= 0)",
        "The amount from which a reason is required cannot be negative.",
    )
    _stockex_variance_alert_positive = models.Constraint(
        "CHECK (stockex_variance_alert_amount >= 0)",
        "The variance alert cannot be negative.",
    )
