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

    _stockex_variance_alert_positive = models.Constraint(
        "CHECK (stockex_variance_alert_amount >= 0)",
        "The variance alert cannot be negative.",
    )
