from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import MAX_QUANTITY


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

    def _keep_find(self, vals):
        """Keep a find as the present user's, whom the caller checked as a counter.

        :param vals: where, how many, when, and what is known of it.
        :return: the find, as superuser.
        """
        self.ensure_one()
        quantity = vals["quantity"]
        if quantity <= 0:
            raise UserError(
                self.env._("Say how many you found: %(quantity)s is none.", quantity=quantity)
            )
        if quantity > MAX_QUANTITY:
            raise UserError(
                self.env._(
                    "%(quantity)s is more than anybody can count. Was a barcode typed as a "
                    "quantity?",
                    quantity=quantity,
                )
            )
        # sudo: counters write no finds themselves; the caller checked them.
        session_sudo = self.sudo()
        locator_sudo = session_sudo.env["stockex.count.locator"]
        locator_sudo._check_locations(session_sudo, [vals["location_id"]])
        unknown_sudo = session_sudo.env["stockex.count.unknown"].create(
            {
                **vals,
                "session_id": self.id,
                "company_id": session_sudo.company_id.id,
                "user_id": self.env.uid,
            }
        )
        self._tell_unknown()
        return unknown_sudo

    def _tell_unknown(self):
        for session in self:
            session._tell_changes([])
