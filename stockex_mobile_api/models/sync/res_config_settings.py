from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    stockex_handheld_adhoc = fields.Boolean(
        related="company_id.stockex_handheld_adhoc", readonly=False
    )
    stockex_handheld_adhoc_controller_id = fields.Many2one(
        related="company_id.stockex_handheld_adhoc_controller_id", readonly=False
    )
    stockex_handheld_position = fields.Boolean(
        related="company_id.stockex_handheld_position", readonly=False
    )
    stockex_handheld_route = fields.Boolean(
        related="company_id.stockex_handheld_route", readonly=False
    )
    stockex_handheld_photo_px = fields.Integer(
        related="company_id.stockex_handheld_photo_px", readonly=False
    )
    stockex_handheld_stuck_minutes = fields.Integer(
        related="company_id.stockex_handheld_stuck_minutes", readonly=False
    )
    stockex_handheld_keep_months = fields.Integer(
        related="company_id.stockex_handheld_keep_months", readonly=False
    )
