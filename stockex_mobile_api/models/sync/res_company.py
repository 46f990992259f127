from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    stockex_handheld_adhoc = fields.Boolean(
        string="Counts without a plan",
        default=True,
        help="A counter may count the place where they stand without being asked to.",
    )
    stockex_handheld_adhoc_controller_id = fields.Many2one(
        "res.users",
        string="Their controller",
        help="Who reviews such counts; if empty, who led the last count in that warehouse.",
    )
    stockex_handheld_position = fields.Boolean(
        string="Position of handhelds",
        help="Keep where a handheld was at each count. Its user is asked first.",
    )
    stockex_handheld_route = fields.Boolean(
        string="Guide along the shelves",
        default=True,
        help="Handhelds lead counters to the next location in walking order.",
    )
    stockex_handheld_photo_px = fields.Integer(
        string="Size of photos",
        default=1280,
        help="Longer side in pixels to which handhelds shrink photos before they send them.",
    )

    _stockex_handheld_photo_range = models.Constraint(
        "CHECK (stockex_handheld_photo_px BETWEEN 320 AND 1920)",
        "Photos of handhelds are 320 to 1920 pixels.",
    )
