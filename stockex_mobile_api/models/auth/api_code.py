from odoo import fields, models


class ApiCode(models.Model):
    """A code that an application turns into tokens: once, within a minute."""

    _name = "stockex.api.code"
    _description = "Authorisation Code"

    code_hash = fields.Char(required=True)
    client_id = fields.Many2one("stockex.api.client", required=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    redirect_uri = fields.Char(help="As asked for; empty if the only one was meant.")
    challenge = fields.Char(required=True, help="PKCE, S256.")
    scope = fields.Char(required=True)
    expires_at = fields.Datetime(required=True, index=True)
    used_at = fields.Datetime()
    session_id = fields.Many2one("stockex.api.session", ondelete="cascade")

    _code_hash_unique = models.UniqueIndex("(code_hash)", "This code exists already.")
