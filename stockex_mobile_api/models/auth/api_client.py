import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...pure.auth.credential import KEY_BYTES, digest
from ...pure.auth.redirect import redirect_fault
from .api_key import HARD_LIMIT

SECRET_PREFIX = "sxs_"


class ApiClient(models.Model):
    """An application that asks for access by OAuth 2.0, in its own or in a user's name."""

    _name = "stockex.api.client"
    _description = "API Application"
    _order = "name, id"

    name = fields.Char(required=True, help="Users see it when the application asks for access.")
    active = fields.Boolean(default=True, help="Archived, it and its tokens end at once.")
    client_id = fields.Char(
        "Client ID",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: f"sxc_{secrets.token_urlsafe(18)}",
    )
    kind = fields.Selection(
        [
            ("confidential", "A server that keeps a secret"),
            ("public", "An app on a device or in a browser, which keeps none"),
        ],
        required=True,
        default="confidential",
    )
    secret_hash = fields.Char(readonly=True, copy=False, prefetch=False, groups=fields.NO_ACCESS)
    secret_since = fields.Datetime("Secret made", readonly=True, copy=False)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    all_companies = fields.Boolean(
        "In all companies", help="Tokens work in all companies of their user, not in one only."
    )
    in_users_name = fields.Boolean(
        "In a user's name",
        default=True,
        help="Users sign in and allow the application to act for them (authorisation code "
        "with PKCE).",
    )
    stays_signed_in = fields.Boolean(
        "Stays signed in",
        default=True,
        help="The application may renew its access for 30 days without asking again "
        "(refresh tokens).",
    )
    in_own_name = fields.Boolean(
        "In its own name",
        help="The application signs in with its secret, without a user (client credentials).",
    )
    user_id = fields.Many2one(
        "res.users",
        "Acts as",
        domain=[("share", "=", False)],
        help="Whose rights the application has in its own name.",
    )
    redirect_uris = fields.Text(
        "Redirect addresses",
        help="One a line. A user is sent back to one of these only, sign for sign.",
    )
    scope_ids = fields.Many2many("stockex.api.scope", string="Permissions", required=True)
    limit_per_minute = fields.Integer(
        "Requests a minute",
        required=True,
        default=lambda self: self.env.company.stockex_api_limit,
        help="For each user. 0: no limit.",
    )
    session_ids = fields.One2many("stockex.api.session", "client_id", readonly=True)
    session_count = fields.Integer("Access granted", compute="_compute_session_count")

    _client_id_unique = models.UniqueIndex("(client_id)", "This client ID exists already.")
    _limit_sane = models.Constraint(
        f"CHECK (limit_per_minute BETWEEN 0 AND {HARD_LIMIT})",
        f"The requests a minute must be between 0 and {HARD_LIMIT}.",
    )

    # --- Compute ---

    @api.depends("session_ids.revoked_at")
    def _compute_session_count(self):
        counts = dict(
            self.env["stockex.api.session"]._read_group(
                [("client_id", "in", self.ids), ("revoked_at", "=", False)],
                ["client_id"],
                ["__count"],
            )
        )
        for client in self:
            client.session_count = counts.get(client, 0)

    # --- Constraints ---

    @api.constrains("redirect_uris", "in_users_name")
    def _check_redirect_uris(self):
        for client in self:
            uris = client._redirects()
            if client.in_users_name and not uris:
                raise ValidationError(
                    self.env._(
                        "Enter at least one redirect address of “%(app)s”, where users are sent "
                        "back to.",
                        app=client.name,
                    )
                )
            for uri in uris:
                if fault := redirect_fault(uri):
                    raise ValidationError(client._redirect_text(uri, fault))

    @api.constrains("kind", "in_own_name", "in_users_name", "user_id", "scope_ids")
    def _check_ways(self):
        for client in self:
            texts = {
                self.env._(
                    "Say how “%(app)s” gets access: in a user's name, or in its own.",
                    app=client.name,
                ): client.in_users_name or client.in_own_name,
                self.env._(
                    "“%(app)s” keeps no secret, so it cannot act in its own name. Make it a "
                    "server that keeps a secret.",
                    app=client.name,
                ): not client.in_own_name or client.kind == "confidential",
                self.env._(
                    "Say as which user “%(app)s” acts in its own name: an internal user.",
                    app=client.name,
                ): not client.in_own_name or (client.user_id and not client.user_id.share),
                self.env._(
                    "Choose at least one permission of “%(app)s”.", app=client.name
                ): client.scope_ids,
            }
            if wrong := [text for text, right in texts.items() if not right]:
                raise ValidationError(wrong[0])

    # --- Create, write ---

    @api.model_create_multi
    def create(self, vals_list):
        clients = super().create(vals_list)
        clients._check_speaks_for()
        return clients

    def write(self, vals):
        if set(vals) - {"active", "name"}:
            self._check_speaks_for()
        result = super().write(vals)
        if set(vals) - {"active", "name"}:
            self._check_speaks_for()
        return result

    # --- Actions ---

    def action_new_secret(self):
        """Make a secret, show it once; the one before ends at once."""
        self.ensure_one()
        self.check_access("write")
        self._check_speaks_for()
        if self.kind != "confidential":
            raise UserError(self.env._("“%(app)s” keeps no secret.", app=self.name))
        text = SECRET_PREFIX + secrets.token_urlsafe(KEY_BYTES)
        # sudo: nobody has the column; the right to the application is checked above.
        self_sudo = self.sudo()
        self_sudo.write({"secret_hash": digest(text), "secret_since": fields.Datetime.now()})
        return self.env["stockex.api.key.show"]._open(
            text, self.env._("Secret of “%(app)s”", app=self.name)
        )

    def action_open_sessions(self):
        """Show who gave the application access."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Access of “%(app)s”", app=self.name),
            "res_model": "stockex.api.session",
            "view_mode": "list,form",
            "domain": [("client_id", "=", self.id)],
            "context": {"search_default_active": 1},
        }

    # --- Business ---

    def _check_speaks_for(self):
        """Refuse to give an application the rights of somebody else.

        Whoever sets up such an application, or makes its secret, can act as its user; only
        one who may change users' rights anyway may do that for others.
        """
        if self.env.su or self.env.user.has_group("base.group_erp_manager"):
            return
        for client in self:
            if client.in_own_name and client.user_id not in (self.env["res.users"], self.env.user):
                raise AccessError(
                    self.env._(
                        "“%(app)s” acts as %(user)s. Choose yourself, or ask somebody who may "
                        "change the rights of users.",
                        app=client.name,
                        user=client.user_id.name,
                    )
                )

    def _redirects(self):
        self.ensure_one()
        return [line.strip() for line in (self.redirect_uris or "").splitlines() if line.strip()]

    def _redirect_text(self, uri, fault):
        values = {"uri": uri, "app": self.name}
        return {
            "malformed": self.env._("“%(uri)s” of “%(app)s” is no address.", **values),
            "fragment": self.env._(
                "“%(uri)s” of “%(app)s” must not hold a “#”: leave that part off.", **values
            ),
            "user": self.env._("“%(uri)s” of “%(app)s” must not hold a user's name.", **values),
            "insecure": self.env._(
                "“%(uri)s” of “%(app)s” is not encrypted. Use https; http is for programs on the "
                "user's own machine (127.0.0.1).",
                **values,
            ),
            "scheme": self.env._(
                "“%(uri)s” of “%(app)s” begins with a name that any program may take. Use https, "
                "or a name of your own that holds a dot, like com.example.app:/callback.",
                **values,
            ),
        }[fault]
