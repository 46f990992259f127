from odoo import fields, models


class CountZone(models.Model):
    _inherit = "stockex.count.zone"

    done_at = fields.Datetime(
        "Said finished", readonly=True, copy=False, help="When a counter said that all is counted."
    )
    done_by_id = fields.Many2one("res.users", "Said by", readonly=True, copy=False)
