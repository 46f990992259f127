from odoo import api, fields, models
from odoo.fields import Domain


class ApiSession(models.Model):
    """An application's access: who gave it, to do what. All its tokens end with it."""

    _name = "stockex.api.session"
    _description = "Application Access"
    _order = "id desc"
    _rec_name = "client_id"

    client_id = fields.Many2one(
        "stockex.api.client",
        "Application",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="client_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [("code", "In the user's name"), ("own", "In its own name")], required=True, readonly=True
    )
    scope_ids = fields.Many2many("stockex.api.scope", string="Permissions", readonly=True)
    scope_names = fields.Char("May", compute="_compute_scope_names")
    granted_at = fields.Datetime("Allowed", required=True, readonly=True)
    expires_at = fields.Datetime(
        "Ends", required=True, readonly=True, help="Unless the application renews it before."
    )
    last_used_at = fields.Datetime("Last used", readonly=True)
    last_used_from = fields.Char("Last used from", readonly=True)
    revoked_at = fields.Datetime("Revoked", readonly=True)
    revoked_by_id = fields.Many2one("res.users", "Revoked by", readonly=True)
    reason = fields.Selection(
        [
            ("person", "Revoked by a person"),
            ("client", "Given up by the application"),
            ("code_reused", "A code was used twice: somebody may have copied it"),
            ("refresh_reused", "An old refresh token was used: somebody may have copied it"),
        ],
        "Why it ended",
        readonly=True,
    )
    state = fields.Selection(
        [("active", "Active"), ("expired", "Ended"), ("revoked", "Revoked")],
        compute="_compute_state",
        search="_search_state",
    )

    # --- Compute ---

    @api.depends("scope_ids.name")
    def _compute_scope_names(self):
        for session in self:
            session.scope_names = ", ".join(session.scope_ids.mapped("name"))

    @api.depends("expires_at", "revoked_at")
    def _compute_state(self):
        now = fields.Datetime.now()
        for session in self:
            ended = session.expires_at and session.expires_at <= now
            session.state = "revoked" if session.revoked_at else "expired" if ended else "active"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        valid = Domain("revoked_at", "=", False)
        domains = {
            "revoked": Domain("revoked_at", "!=", False),
            "expired": valid & Domain("expires_at", "<=", now),
            "active": valid & Domain("expires_at", ">", now),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    # --- Actions ---

    def action_revoke(self):
        """End the access at once: its tokens and what would renew them.

        Whoever sees an access may end it; nobody may change whose it is.
        """
        self.check_access("read")
        self._revoke("person", self.env.user)
        return True

    # --- Business ---

    def _revoke(self, reason, user=None):
        # sudo: nobody writes these by hand; the callers check who may end the access.
        self_sudo = self.sudo()
        self_sudo.filtered(lambda session: not session.revoked_at).write(
            {
                "revoked_at": fields.Datetime.now(),
                "revoked_by_id": user.id if user else False,
                "reason": reason,
            }
        )
