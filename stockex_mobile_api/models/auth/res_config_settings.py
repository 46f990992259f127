from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    stockex_is_sandbox = fields.Boolean(related="company_id.stockex_is_sandbox", readonly=False)
    stockex_api_limit = fields.Integer(related="company_id.stockex_api_limit", readonly=False)
    stockex_api_key_days = fields.Integer(related="company_id.stockex_api_key_days", readonly=False)
    stockex_api_log = fields.Boolean(related="company_id.stockex_api_log", readonly=False)
    stockex_api_log_days = fields.Integer(related="company_id.stockex_api_log_days", readonly=False)
    stockex_api_log_bodies = fields.Boolean(
        related="company_id.stockex_api_log_bodies", readonly=False
    )
    stockex_api_docs = fields.Boolean(related="company_id.stockex_api_docs", readonly=False)
