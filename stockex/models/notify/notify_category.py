from odoo import api, fields, models
from odoo.exceptions import UserError

FALLBACK = "system"


class NotifyCategory(models.Model):
    """What a message is about: what users mute, and the cards of their digest."""

    _name = "stockex.notify.category"
    _description = "Notification Category"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="What programs call it; keep it.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Char(translate=True, help="Users read it where they mute categories.")
    topic_ids = fields.One2many("stockex.notify.topic", "category_id", "Events")

    _code_once = models.UniqueIndex("(code)", "There is a category with this code already.")

    # --- Create, write ---

    @api.ondelete(at_uninstall=False)
    def _unlink_all_but_fallback(self):
        kept = self.filtered(lambda category: category.code == FALLBACK)
        if kept:
            raise UserError(
                self.env._(
                    "“%(category)s” takes what belongs nowhere else. Archive it instead.",
                    category=kept.name,
                )
            )

    # --- Business ---

    @api.model
    def _of_code(self, code):
        """Return the category of a code, or the one for everything else."""
        # sudo: names of categories are no secret, and messages are made for everybody.
        categories_sudo = self.sudo().with_context(active_test=False)
        found = categories_sudo.search([("code", "in", (code, FALLBACK))])
        return (found.filtered(lambda one: one.code == code) or found).with_env(self.env)

    @api.model
    def _of_events(self, names):
        """Return {event name: category} for these names, in one query."""
        # sudo: as above.
        topics_sudo = self.env["stockex.notify.topic"].sudo()
        known = {
            topic.name: topic.category_id
            for topic in topics_sudo.search([("name", "in", list(names))])
        }
        other = self._of_code(FALLBACK)
        return {name: known.get(name, other).with_env(self.env) for name in names}
