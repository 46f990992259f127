from odoo import api, fields, models
from odoo.exceptions import AccessError


class CompanySettings(models.AbstractModel):
    """A company's settings of one subject, in a dialog for the suite administrator.

    Odoo's own settings page wants rights over the whole system, which nobody needs here.
    A dialog inherits this one and has the fields of the company that it shows, under their
    own names.
    """

    _name = "stockex.company.settings"
    _description = "Settings of a Company"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )

    @api.model
    def default_get(self, fields_list):
        found = super().default_get(fields_list)
        names = [name for name in self._names() if name in fields_list]
        [values] = self.env.company.read(names, load=None)
        return {**found, **{name: values[name] for name in names}}

    # --- Actions ---

    def action_save(self):
        """Write the settings to the company."""
        self.ensure_one()
        if not self.env.user.has_group("stockex.group_suite_admin"):
            raise AccessError(self.env._("Only a suite administrator changes these settings."))
        if self.company_id not in self.env.companies:
            raise AccessError(
                self.env._("You do not work in %(company)s.", company=self.company_id.id)
            )
        names = self._names()
        [values] = self.read(names, load=None)
        # sudo: these settings only, of a company that the administrator works in.
        company_sudo = self.company_id.sudo()
        company_sudo.write({name: values[name] for name in names})
        return {"type": "ir.actions.act_window_close"}

    # --- Business ---

    @api.model
    def _names(self):
        """Return the company's fields that the dialog shows."""
        return [name for name in self._fields if name.startswith("stockex_")]
