from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    # --- Actions ---

    def action_stockex_api_keys(self):
        """Open one's own keys, from the preferences."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "stockex_mobile_api.api_key_action_mine"
        )

    def action_stockex_api_sessions(self):
        """Open the applications that have access to one's account, from the preferences."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "stockex_mobile_api.api_session_action_mine"
        )
