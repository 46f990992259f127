from odoo import fields, models


class ApiSettings(models.TransientModel):
    """A company's settings of the API."""

    _name = "stockex.api.settings"
    _inherit = "stockex.company.settings"
    _description = "API Settings"

    stockex_is_sandbox = fields.Boolean("This is a sandbox company")
    stockex_api_limit = fields.Integer("Requests a minute")
    stockex_api_key_days = fields.Integer("Longest life of a key (days)")
    stockex_api_log = fields.Boolean("Keep a log of requests")
    stockex_api_log_days = fields.Integer("Keep it for (days)")
    stockex_api_log_bodies = fields.Boolean("With what is sent and answered")
    stockex_api_docs = fields.Boolean("Documentation page")
