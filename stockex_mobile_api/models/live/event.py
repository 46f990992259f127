from odoo import api, models


class Event(models.Model):
    _inherit = "stockex.event"

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        self.env["stockex.live.relay"]._wake()
        return events
