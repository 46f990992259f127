from odoo import api, fields, models
from odoo.exceptions import AccessError

NAMES = (
    "stockex_handheld_adhoc",
    "stockex_handheld_adhoc_controller_id",
    "stockex_handheld_position",
    "stockex_handheld_route",
    "stockex_handheld_photo_px",
)


class SyncSettings(models.TransientModel):
    """A company's settings of handhelds, for the suite administrator.

    Odoo's own settings page wants rights over the whole system, which nobody needs here.
    """

    _name = "stockex.sync.settings"
    _description = "Handheld Settings"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    stockex_handheld_adhoc = fields.Boolean("Counts without a plan")
    stockex_handheld_adhoc_controller_id = fields.Many2one(
        "res.users", "Their controller", domain="[('company_ids', 'in', company_id)]"
    )
    stockex_handheld_position = fields.Boolean("Keep the position of handhelds")
    stockex_handheld_route = fields.Boolean("Guide along the shelves")
    stockex_handheld_photo_px = fields.Integer("Size of photos (pixels)")

    @api.model
    def default_get(self, fields_list):
        found = super().default_get(fields_list)
        company = self.env.company
        values = company.read(NAMES, load=None)[0]
        return {**found, **{name: values[name] for name in NAMES if name in fields_list}}

    # --- Actions ---

    def action_save(self):
        """Write the settings to the company."""
        self.ensure_one()
        if not self.env.user.has_group("stockex.group_suite_admin"):
            raise AccessError(
                self.env._("Only a suite administrator changes the settings of handhelds.")
            )
        if self.company_id not in self.env.companies:
            raise AccessError(
                self.env._("You do not work in %(company)s.", company=self.company_id.id)
            )
        # sudo: these settings only, of a company that the administrator works in.
        company_sudo = self.company_id.sudo()
        values = self.read(NAMES, load=None)[0]
        company_sudo.write({name: values[name] for name in NAMES})
        return {"type": "ir.actions.act_window_close"}
