from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    stockex_is_sandbox = fields.Boolean(
        string="Sandbox",
        help="A company to try things in: sandbox keys of the API work here and nowhere else.",
    )
    stockex_api_limit = fields.Integer(
        string="Requests a minute",
        default=100,
        help="What a new key or application may ask a minute. 0 sets no limit.",
    )
    stockex_api_key_days = fields.Integer(
        string="Longest life of a key",
        default=366,
        help="Days after which a key must be replaced at the latest.",
    )
    stockex_api_log = fields.Boolean(
        string="Request log", default=True, help="Keep a line for each request of the API."
    )
    stockex_api_log_days = fields.Integer(
        string="Keep the request log", default=30, help="Days that a line is kept."
    )
    stockex_api_log_bodies = fields.Boolean(
        string="Log what is sent and answered",
        help="Keep the contents of requests and answers too, secrets masked. They may hold "
        "personal data: switch it on to find a fault, and off again.",
    )
    stockex_api_docs = fields.Boolean(
        string="Documentation page",
        default=True,
        help="Show the API's documentation at /stockex/api/docs.",
    )

    _stockex_api_limit_positive = models.Constraint(
        "CHECK (stockex_api_limit >= 0)", "The requests a minute cannot be negative."
    )
    _stockex_api_key_days_positive = models.Constraint(
        "CHECK (stockex_api_key_days > 0)", "A key must live one day at least."
    )
    _stockex_api_log_days_positive = models.Constraint(
        "CHECK (stockex_api_log_days > 0)", "The request log is kept one day at least."
    )
