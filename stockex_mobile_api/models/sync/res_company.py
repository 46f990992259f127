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
    stockex_handheld_stuck_minutes = fields.Integer(
        string="Unsent for too long",
        default=30,
        help="After so many minutes, what waits on a handheld raises an alarm while its count "
        "goes on.",
    )
    stockex_handheld_keep_months = fields.Integer(
        string="Keep what handhelds sent",
        default=36,
        help="Months for which each operation of a handheld is kept, counted from the end of its "
        "count. 0 keeps it for ever. What nobody decided about yet always stays.",
    )

    _stockex_handheld_photo_range = models.Constraint(
        "CHECK (stockex_handheld_photo_px BETWEEN 320 AND 1920)",
        "Photos of handhelds are 320 to 1920 pixels.",
    )
    _stockex_handheld_stuck_range = models.Constraint(
        "CHECK (stockex_handheld_stuck_minutes BETWEEN 1 AND 1440)",
        "Handhelds are stuck after 1 to 1440 minutes.",
    )
    _stockex_handheld_keep_range = models.Constraint(
        "CHECK (stockex_handheld_keep_months BETWEEN 0 AND 600)",
        "What handhelds sent is kept for 0 to 600 months.",
    )
