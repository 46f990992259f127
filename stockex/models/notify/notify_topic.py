from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...pure.notify import registry


class NotifyTopic(models.Model):
    """Says which category an event belongs to."""

    _name = "stockex.notify.topic"
    _description = "Event of a Notification Category"
    _order = "name"

    name = fields.Char("Event", required=True, help="Such as count.posted.")
    category_id = fields.Many2one(
        "stockex.notify.category", required=True, index=True, ondelete="cascade"
    )

    _name_once = models.UniqueIndex("(name)", "This event belongs to a category already.")

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
