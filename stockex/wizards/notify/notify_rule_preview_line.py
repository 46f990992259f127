from odoo import fields, models


class NotifyRulePreviewLine(models.TransientModel):
    """A past event that a rule would have told."""

    _name = "stockex.notify.rule.preview.line"
    _description = "Event in a Preview of a Notification Rule"
    _order = "time desc, id"

    preview_id = fields.Many2one(
        "stockex.notify.rule.preview", required=True, index=True, ondelete="cascade"
    )
    time = fields.Datetime("When")
    subject = fields.Char()
    company_id = fields.Many2one("res.company", ondelete="cascade")
    user_ids = fields.Many2many(
        "res.users", "stockex_notify_preview_user_rel", string="Would have heard"
    )
