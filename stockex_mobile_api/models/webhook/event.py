from odoo import api, models


class Event(models.Model):
    _inherit = "stockex.event"

    # --- Create, write ---

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        if events:
            self.env["stockex.webhook.endpoint"]._deliver(events)
        return events

    # --- Business ---

    def _readable_for(self, user, company):
        """Return the events of a company that a user may know of.

        What is told of a record is for those who may read that record.
        """
        # sudo: the user's own companies and roles.
        user_sudo = user.sudo()
        if (
            not user_sudo.active
            or company not in user_sudo.company_ids
            or not user_sudo.has_group("stockex.group_controller")
        ):
            return self.browse()
        own = self.with_user(user).with_context(allowed_company_ids=company.ids)
        return own._readable().with_env(self.env)
