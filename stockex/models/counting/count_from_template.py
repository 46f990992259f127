from odoo import api, fields, models


class CountSessionFromTemplate(models.Model):
    """A session that is filled in from a template."""

    _inherit = "stockex.count.session"

    # --- Compute ---

    @api.onchange("template_id")
    def _onchange_template_id(self):
        if self.template_id and self.state == "draft":
            vals = self.template_id._prepare_session_vals()
            vals["zone_ids"] = [fields.Command.clear(), *vals["zone_ids"]]
            self.update(vals)
