from odoo import api, models


class NotifyPeople(models.AbstractModel):
    """Who has to do with handhelds and with what they sent."""

    _inherit = "stockex.notify.people"

    # --- Business ---

    @api.model
    def _paths(self):
        return {
            **super()._paths(),
            "stockex.sync.device": {
                "responsible": "session_id.user_id",
                "workers": "user_id",
            },
            "stockex.sync.operation": {
                "responsible": "session_id.user_id",
                "workers": "user_id",
            },
        }
