from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    stockex_approver_not_counter = fields.Boolean(
        related="company_id.stockex_approver_not_counter", readonly=False
    )
    stockex_variance_alert_amount = fields.Monetary(
        related="company_id.stockex_variance_alert_amount",
        readonly=False,
        currency_field="company_currency_id",
    )
    stockex_reason_amount = fields.Monetary(
        related="company_id.stockex_reason_amount",
        readonly=False,
        currency_field="company_currency_id",
    )
    stockex_notify_critical = fields.Selection(
        related="company_id.stockex_notify_critical", readonly=False
    )
    stockex_notify_keep_days = fields.Integer(
        related="company_id.stockex_notify_keep_days", readonly=False
    )
