from datetime import UTC, datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class ApiKeyNew(models.TransientModel):
    """What a person decides of a new key, before it is made and shown."""

    _name = "stockex.api.key.new"
    _description = "New API Key"

    name = fields.Char("What is it for?", required=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        domain=lambda self: [("id", "in", self.env.user.company_ids.ids)],
    )
    all_companies = fields.Boolean("In all my companies")
    sandbox = fields.Boolean(
        help="The key begins with sxt_ and works in the sandbox company only: to try things."
    )
    scope_ids = fields.Many2many("stockex.api.scope", string="Permissions")
    expires_on = fields.Date(
        "Works until", required=True, default=lambda self: self._default_expires_on()
    )
    networks = fields.Text("Allowed networks")

    @api.model
    def _default_expires_on(self):
        days = min(self.env.company.stockex_api_key_days - 1, 365)
        return fields.Date.context_today(self) + timedelta(days=max(days, 0))

    # --- Actions ---

    def action_create_key(self):
        """Make the key and show it for the one time."""
        self.ensure_one()
        if not self.scope_ids:
            raise UserError(
                self.env._("Choose at least one permission of the key “%(key)s”.", key=self.name)
            )
        _key, text = self.env["stockex.api.key"]._issue(
            {
                "name": self.name,
                "scope_ids": [Command.set(self.scope_ids.ids)],
                "networks": self.networks,
                "company_id": self.company_id.id,
                "all_companies": self.all_companies,
                "expires_at": self._last_moment(),
            },
            sandbox=self.sandbox,
        )
        return self.env["stockex.api.key.show"]._open(
            text, self.env._("The key “%(key)s”", key=self.name)
        )

    # --- Business ---

    def _last_moment(self):
        """Return the last second of the chosen day where the user is, in UTC."""
        local = self.env.tz.localize(datetime.combine(self.expires_on, time(23, 59, 59)))
        return local.astimezone(UTC).replace(tzinfo=None)
