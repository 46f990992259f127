from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...pure.notify import registry


class NotifyTopic(models.Model):
    """Says which category an event belongs to."""

    _name = "stockex.notify.topic"
    _description = "Event of a Notification Category"
    _order = "name"

    name = fields.Char("Event", required=True, help="Such as count.posted.")
    label = fields.Char("What happens", compute="_compute_label")
    category_id = fields.Many2one(
        "stockex.notify.category", required=True, index=True, ondelete="cascade"
    )

    _name_once = models.UniqueIndex("(name)", "This event belongs to a category already.")

    # --- Compute ---

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_label(self):
        labels = self.env["stockex.notify.vocabulary"]._event_labels()
        for topic in self:
            topic.label = labels.get(topic.name, "")

    # --- Constraints ---

    @api.constrains("name")
    def _check_name(self):
        known = registry.names()
        for topic in self:
            if topic.name not in known:
                raise ValidationError(
                    self.env._(
                        "No event is called “%(name)s”. Choose one of: %(names)s.",
                        name=topic.name,
                        names=", ".join(known),
                    )
                )
