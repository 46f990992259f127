from datetime import timedelta

from odoo import api, fields, models

DAYS = 30
SHOWN = 200


class NotifyRulePreview(models.TransientModel):
    """Which events of the last month a rule would have told, and to whom."""

    _name = "stockex.notify.rule.preview"
    _description = "Preview of a Notification Rule"

    rule_id = fields.Many2one("stockex.notify.rule", required=True, ondelete="cascade")
    event_count = fields.Integer("Events looked at", readonly=True)
    matched_count = fields.Integer("Events matched", readonly=True)
    shown_count = fields.Integer(compute="_compute_shown_count")
    line_ids = fields.One2many("stockex.notify.rule.preview.line", "preview_id", readonly=True)

    # --- Compute ---

    @api.depends("line_ids")
    def _compute_shown_count(self):
        for preview in self:
            preview.shown_count = len(preview.line_ids)

    # --- Business ---

    @api.model
    def _open(self, rule):
        """Build the preview of a rule and return the action that shows it."""
        rule.check_access("write")
        since = fields.Datetime.now() - timedelta(days=DAYS)
        domain = [("name", "=", rule.event_name), ("time", ">=", since)]
        if rule.company_id:
            domain.append(("company_id", "=", rule.company_id.id))
        # Read with the administrator's own rights: events of the companies they work in.
        events = self.env["stockex.event"].search(domain)
        matched = events.filtered(rule._is_for)
        # sudo: whom the rule reaches; the administrator may not read every user's roles.
        readers_sudo = rule.sudo()._readers(matched[:SHOWN])
        preview = self.create(
            {
                "rule_id": rule.id,
                "event_count": len(events),
                "matched_count": len(matched),
                "line_ids": [
                    fields.Command.create(self._prepare_line_vals(rule, event, users))
                    for event, users in reversed(readers_sudo)
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview of “%(rule)s”", rule=rule.name),
            "res_model": self._name,
            "res_id": preview.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _prepare_line_vals(self, rule, event, users):
        # sudo: the template may name a record of a model that the administrator cannot read.
        subject, _text, _html = rule.sudo().template_id._fill(event.sudo(), self.env.user)
        return {
            "time": event.time,
            "subject": subject,
            "company_id": event.company_id.id,
            "user_ids": [fields.Command.set(users.ids)],
        }
