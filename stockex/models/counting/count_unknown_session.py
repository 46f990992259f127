from odoo import api, fields, models
from odoo.exceptions import UserError


class CountSessionUnknown(models.Model):
    """A session is not approved while something found in it is unidentified."""

    _inherit = "stockex.count.session"

    unknown_ids = fields.One2many("stockex.count.unknown", "session_id", "Unidentified finds")
    unknown_count = fields.Integer("Open finds", compute="_compute_unknown_count")
    unknown_total = fields.Integer("Unidentified", compute="_compute_unknown_count")

    # --- Compute ---

    @api.depends("unknown_ids.state")
    def _compute_unknown_count(self):
        # sudo: figures of sessions that the user may already read.
        unknowns_sudo = self.env["stockex.count.unknown"].sudo()
        groups = unknowns_sudo._read_group(
            [("session_id", "in", self.ids)], ["session_id", "state"], ["__count"]
        )
        counts = {(session.id, state): count for session, state, count in groups}
        for session in self:
            found = [counts.get((session.id, state), 0) for state in ("linked", "dismissed")]
            session.unknown_count = counts.get((session.id, "open"), 0)
            session.unknown_total = session.unknown_count + sum(found)

    # --- Actions ---

    def action_review(self):
        """Close the counting; say so if something is still unidentified."""
        result = super().action_review()
        waiting = self.filtered("unknown_count")
        if not waiting:
            return result
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "message": self.env._(
                    "“%(session)s” has unidentified finds (%(count)s): link or dismiss them "
                    "before it is approved.",
                    count=sum(waiting.mapped("unknown_count")),
                    session=waiting[0].display_name,
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_open_unknown(self):
        """Show what was found and not identified."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("stockex.count_unknown_action")
        action["domain"] = [("session_id", "=", self.id)]
        action["context"] = {"search_default_open": bool(self.unknown_count)}
        return action

    # --- Business ---

    def _check_decided(self):
        decided = super()._check_decided()
        if self.unknown_count:
            raise UserError(
                self.env._(
                    "“%(session)s” has unidentified finds (%(count)s). Link each to its "
                    "product or dismiss it, then approve.",
                    count=self.unknown_count,
                    session=self.display_name,
                )
            )
        return decided

    def _tell_unknown(self):
        for session in self:
            session._tell_changes([])
