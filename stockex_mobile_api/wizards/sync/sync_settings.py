from odoo import fields, models


class SyncSettings(models.TransientModel):
    """A company's settings of handhelds."""

    _name = "stockex.sync.settings"
    _inherit = "stockex.company.settings"
    _description = "Handheld Settings"

    stockex_handheld_adhoc = fields.Boolean("Counts without a plan")
    stockex_handheld_adhoc_controller_id = fields.Many2one(
        "res.users", "Their controller", domain="[('company_ids', 'in', company_id)]"
    )
    stockex_handheld_position = fields.Boolean("Keep the position of handhelds")
    stockex_handheld_route = fields.Boolean("Guide along the shelves")
    stockex_handheld_photo_px = fields.Integer("Size of photos (pixels)")
    stockex_handheld_stuck_minutes = fields.Integer("Unsent for too long after (minutes)")
    stockex_handheld_keep_months = fields.Integer("Keep what handhelds sent for (months)")
