import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...pure.auth.credential import KEY_BYTES, PREFIX_LENGTH, digest, key_text
from ...pure.auth.network import NotANetwork, read_networks

# What an owner may change later; the rest is as it was made.
OWN_FIELDS = {"name", "scope_ids", "networks"}
ADMIN_FIELDS = OWN_FIELDS | {"limit_per_minute"}
HARD_LIMIT = 100_000


class ApiKey(models.Model):
    """A key by which a program acts as its owner; the key itself is nowhere, only its hash.

    Keys are made by `_issue`, revoked, and never deleted: the request log names them.
    """

    _name = "stockex.api.key"
    _description = "API Key"
    _order = "id desc"

    name = fields.Char(required=True, help="What uses it: a person must recognise it later.")
    user_id = fields.Many2one(
        "res.users", "Owner", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    all_companies = fields.Boolean(
        "In all companies",
        readonly=True,
        help="The key works in all companies of its owner, not in one only.",
    )
    sandbox = fields.Boolean(readonly=True, help="The key works in the sandbox company only.")
    prefix = fields.Char("Begins with", readonly=True, help="To recognise the key.")
    key_hash = fields.Char(readonly=True, copy=False, prefetch=False, groups=fields.NO_ACCESS)
    scope_ids = fields.Many2many("stockex.api.scope", string="Permissions", required=True)
    scope_names = fields.Char("May", compute="_compute_scope_names")
    networks = fields.Text(
        "Allowed networks",
        help="One a line, like 192.0.2.0/24 or 2001:db8::/32. Empty lets the key work from "
        "everywhere.",
    )
    limit_per_minute = fields.Integer("Requests a minute", required=True, help="0: no limit.")
    expires_at = fields.Datetime("Expires", required=True, readonly=True)
    revoked_at = fields.Datetime("Revoked", readonly=True, copy=False)
    revoked_by_id = fields.Many2one("res.users", "Revoked by", readonly=True, copy=False)
    last_used_at = fields.Datetime("Last used", readonly=True, copy=False)
    last_used_from = fields.Char("Last used from", readonly=True, copy=False)
    state = fields.Selection(
        [("active", "Active"), ("expired", "Expired"), ("revoked", "Revoked")],
        compute="_compute_state",
        search="_search_state",
    )

    _key_hash = models.UniqueIndex("(key_hash)", "This key exists already.")
    _limit_sane = models.Constraint(
        f"CHECK (limit_per_minute BETWEEN 0 AND {HARD_LIMIT})",
        f"The requests a minute must be between 0 and {HARD_LIMIT}.",
    )

    # --- Compute ---

    @api.depends("scope_ids.name")
    def _compute_scope_names(self):
        for key in self:
            key.scope_names = ", ".join(key.scope_ids.mapped("name"))

    @api.depends("expires_at", "revoked_at")
    def _compute_state(self):
        now = fields.Datetime.now()
        for key in self:
            expired = key.expires_at and key.expires_at <= now
            key.state = "revoked" if key.revoked_at else "expired" if expired else "active"

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

    # --- Constraints ---

    @api.constrains("networks")
    def _check_networks(self):
        for key in self:
            try:
                read_networks(key.networks or "")
            except NotANetwork as fault:
                raise ValidationError(
                    self.env._(
                        "“%(part)s”, among the allowed networks of the key “%(key)s”, is no "
                        "network. Write one like 192.0.2.0/24, 192.0.2.7 or 2001:db8::/32.",
                        part=str(fault),
                        key=key.name,
                    )
                ) from fault

    @api.constrains("scope_ids")
    def _check_scopes(self):
        for key in self:
            if not key.scope_ids:
                raise ValidationError(
                    self.env._("Choose at least one permission of the key “%(key)s”.", key=key.name)
                )

    # --- Create, write ---

    def write(self, vals):
        allowed = (
            ADMIN_FIELDS if self.env.user.has_group("stockex.group_suite_admin") else OWN_FIELDS
        )
        refused = set(vals) - allowed
        if refused and not self.env.su:
            raise AccessError(
                self.env._(
                    "%(fields)s of an API key cannot be changed. Make a new key, and revoke "
                    "this one.",
                    fields=", ".join(sorted(refused)),
                )
            )
        return super().write(vals)

    # --- Actions ---

    def action_revoke(self):
        """Stop the keys at once and for good."""
        self.check_access("write")
        # sudo: the date is nobody's to write otherwise; the right to the key is checked above.
        self_sudo = self.sudo()
        self_sudo.filtered(lambda key: not key.revoked_at).write(
            {"revoked_at": fields.Datetime.now(), "revoked_by_id": self.env.uid}
        )
        return True

    def action_open_requests(self):
        """Show what the key was used for."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Requests of “%(key)s”", key=self.name),
            "res_model": "stockex.api.request",
            "view_mode": "list,graph,pivot,form",
            "domain": [("key_id", "=", self.id)],
        }

    # --- Business ---

    @api.model
    def _issue(self, vals, sandbox=False):
        """Make a key of the present user; return it and its text, which is shown once.

        :param vals: name, scope_ids and, if wanted, company_id, all_companies, networks,
            expires_at, limit_per_minute.
        :raise UserError: if the user or the company does not allow it.
        """
        company = self.env["res.company"].browse(vals.get("company_id")) or self.env.company
        if sandbox:
            company = self._sandbox_company()
        self._check_issue(company)
        text = key_text(secrets.token_bytes(KEY_BYTES), sandbox)
        limit = vals.get("limit_per_minute")
        # sudo: nobody creates keys by hand; the rights to this one are checked above, and
        # it acts with its owner's rights only.
        key_sudo = self.sudo().create(
            {
                "name": vals["name"],
                "scope_ids": vals["scope_ids"],
                "networks": vals.get("networks"),
                "user_id": self.env.uid,
                "company_id": company.id,
                "all_companies": bool(vals.get("all_companies")) and not sandbox,
                "sandbox": sandbox,
                "prefix": text[:PREFIX_LENGTH],
                "key_hash": digest(text),
                "expires_at": self._expiry(vals.get("expires_at"), company),
                "limit_per_minute": self._limit(limit, company),
            }
        )
        return key_sudo.with_env(self.env), text

    def _check_issue(self, company):
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only internal users can have API keys."))
        if company not in self.env.user.company_ids:
            raise AccessError(
                self.env._(
                    "You do not work in %(company)s. Ask an administrator to add you to it.",
                    company=company.sudo().name,  # sudo: the name only, to say which
                )
            )

    def _sandbox_company(self):
        """Return the user's company to try things in."""
        # sudo: which companies are sandboxes is no secret.
        sandboxes_sudo = self.env["res.company"].sudo().search([("stockex_is_sandbox", "=", True)])
        if not sandboxes_sudo:
            raise UserError(
                self.env._(
                    "There is no sandbox company, so a sandbox key would work nowhere. Ask an "
                    "administrator to mark a company as sandbox in its settings, or make an "
                    "ordinary key."
                )
            )
        mine = sandboxes_sudo.with_env(self.env) & self.env.user.company_ids
        if not mine:
            raise UserError(
                self.env._(
                    "You do not work in the sandbox company %(company)s. Ask an administrator "
                    "to add you to it.",
                    company=sandboxes_sudo[0].name,
                )
            )
        return mine[0]

    def _expiry(self, wanted, company):
        """Return when a new key expires, a year from now at most by default."""
        now = fields.Datetime.now()
        # sudo: a setting of the company that the key is made for.
        days = company.sudo().stockex_api_key_days
        expiry = fields.Datetime.to_datetime(wanted) or now + timedelta(days=min(days, 365))
        if expiry <= now:
            raise UserError(self.env._("Choose a day in the future for the key to expire."))
        if expiry > now + timedelta(days=days):
            raise UserError(
                self.env._(
                    "In %(company)s a key lives %(days)s days at most. Choose an earlier day.",
                    company=company.name,
                    days=days,
                )
            )
        return expiry

    def _limit(self, wanted, company):
        # sudo: a setting of the company that the key is made for.
        usual = company.sudo().stockex_api_limit
        if wanted is None or self.env.user.has_group("stockex.group_suite_admin"):
            return usual if wanted is None else wanted
        return min(wanted or usual, usual) if usual else wanted
