from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    # --- Business ---

    def _suite_roles(self):
        """List the roles of the suite that a user holds, as dicts of code and name.

        A code is what follows `group_` in the role's identifier: `controller`.
        """
        self.ensure_one()
        # sudo: which roles the suite has is no secret; the user's own are shown to them.
        groups_sudo = self.sudo().all_group_ids
        category_sudo = groups_sudo.env.ref("stockex.module_category_stockex")
        held_sudo = groups_sudo.filtered(
            lambda group: group.privilege_id.category_id == category_sudo
        )
        names = held_sudo.get_external_id()
        return [
            {"code": names[group.id].rpartition(".group_")[2], "name": group.name}
            for group in held_sudo.sorted(lambda group: (group.privilege_id.sequence, group.id))
        ]
