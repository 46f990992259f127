from odoo import models


class CountEntry(models.Model):
    _inherit = "stockex.count.entry"

    # A counter's day among years of everybody's counts.
    _user_day = models.Index("(user_id, counted_at)")
