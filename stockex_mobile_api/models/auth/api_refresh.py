from odoo import fields, models


class ApiRefresh(models.Model):
    """What renews an application's access: each is used once and replaced by the next."""

    _name = "stockex.api.refresh"
    _description = "Refresh Token"

    token_hash = fields.Char(required=True)
    session_id = fields.Many2one(
        "stockex.api.session", required=True, index=True, ondelete="cascade"
    )
    expires_at = fields.Datetime(required=True, index=True)
    used_at = fields.Datetime()

    _token_hash_unique = models.UniqueIndex("(token_hash)", "This token exists already.")
