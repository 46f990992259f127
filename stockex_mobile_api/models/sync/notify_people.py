from odoo import api, models


class NotifyPeople(models.AbstractModel):
    """Who has to do with what handhelds sent."""

    _inherit = "stockex.notify.people"

    # --- Business ---

    @api.model
    def _paths(self):
        return {
            **super()._paths(),
            "stockex.sync.operation": {
                "responsible": "session_id.user_id",
                "workers": "user_id",
            },
        }
