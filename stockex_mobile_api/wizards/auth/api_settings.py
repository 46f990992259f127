from odoo import api, fields, models
from odoo.exceptions import AccessError

NAMES = (
    "stockex_is_sandbox",
    "stockex_api_limit",
    "stockex_api_key_days",
    "stockex_api_log",
    "stockex_api_log_days",
    "stockex_api_log_bodies",
    "stockex_api_docs",
)


class ApiSettings(models.TransientModel):
    """A company's settings of the API, for the suite administrator.

    Odoo's own settings page wants rights over the whole system, which nobody needs here.
    """

    _name = "stockex.api.settings"
    _description = "API Settings"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    stockex_is_sandbox = fields.Boolean("This is a sandbox company")
    stockex_api_limit = fields.Integer("Requests a minute")
    stockex_api_key_days = fields.Integer("Longest life of a key (days)")
    stockex_api_log = fields.Boolean("Keep a log of requests")
    stockex_api_log_days = fields.Integer("Keep it for (days)")
    stockex_api_log_bodies = fields.Boolean("With what is sent and answered")
    stockex_api_docs = fields.Boolean("Documentation page")

    @api.model
    def default_get(self, fields_list):
        found = super().default_get(fields_list)
        company = self.env.company
        return {**found, **{name: company[name] for name in NAMES if name in fields_list}}

    # --- Actions ---

    def action_save(self):
        """Write the settings to the company."""
        self.ensure_one()
        if not self.env.user.has_group("stockex.group_suite_admin"):
            raise AccessError(
                self.env._("Only a suite administrator changes the settings of the API.")
            )
        if self.company_id not in self.env.companies:
            raise AccessError(
                self.env._("You do not work in %(company)s.", company=self.company_id.id)
            )
        # sudo: these settings only, of a company that the administrator works in.
        company_sudo = self.company_id.sudo()
        company_sudo.write({name: self[name] for name in NAMES})
        return {"type": "ir.actions.act_window_close"}
