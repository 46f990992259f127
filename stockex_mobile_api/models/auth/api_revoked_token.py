from odoo import fields, models


class ApiRevokedToken(models.Model):
    """An access token that was given up before its time; forgotten when that is over."""

    _name = "stockex.api.revoked.token"
    _description = "Revoked Access Token"

    jti = fields.Char(required=True)
    expires_at = fields.Datetime(required=True, index=True)

    _jti_unique = models.UniqueIndex("(jti)", "This token is revoked already.")
