from odoo import api, fields, models
from odoo.exceptions import UserError

OPEN = [("status", "in", ("conflict", "rejected")), ("resolution", "=", False)]


class CountSession(models.Model):
    """A session is not approved while two counts of a line contradict each other."""

    _inherit = "stockex.count.session"

    sync_conflict_count = fields.Integer("Conflicts", compute="_compute_sync_open_count")
    sync_open_count = fields.Integer(
        "To decide",
        compute="_compute_sync_open_count",
        help="What handhelds sent and could not be counted: conflicts and rejected operations.",
    )

    # --- Compute ---

    def _compute_sync_open_count(self):
        # sudo: figures of sessions that the user may already read.
        operations_sudo = self.env["stockex.sync.operation"].sudo()
        groups = operations_sudo._read_group(
            [("session_id", "in", self.ids), *OPEN], ["session_id", "status"], ["__count"]
        )
        counts = {(session.id, status): count for session, status, count in groups}
        for session in self:
            session.sync_conflict_count = counts.get((session.id, "conflict"), 0)
            session.sync_open_count = session.sync_conflict_count + counts.get(
                (session.id, "rejected"), 0
            )

    # --- Actions ---

    def action_open_sync(self):
        """Show what handhelds sent for the session and somebody must decide."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "stockex_mobile_api.sync_operation_action"
        )
        action["domain"] = [("session_id", "=", self.id)]
        action["context"] = {"search_default_open": 1}
        return action

    def action_open_route(self):
        """Show the day on which somebody counted last in the session."""
        self.ensure_one()
        self.check_access("read")
        return self.env["stockex.sync.route"]._open(session=self)

    # --- Business ---

    def _check_decided(self):
        decided = super()._check_decided()
        self.invalidate_recordset(["sync_conflict_count"])
        if self.sync_conflict_count:
            raise UserError(
                self.env._(
                    "In “%(session)s” handhelds and others counted the same lines "
                    "(%(count)s): decide which count is right, then approve.",
                    count=self.sync_conflict_count,
                    session=self.display_name,
                )
            )
        return decided

    @api.model
    def _counted_by(self, user, ids):
        """Return those sessions in which a user may count, whatever their state."""
        # Searching leaves out what is gone and what the user may not read.
        sessions = self.search([("id", "in", list(ids))])
        if user.has_group("stockex.group_controller"):
            return sessions
        # sudo: counters see only sessions of theirs; the list of names is not secret.
        sessions_sudo = sessions.sudo()
        return sessions_sudo.filtered(lambda session: user in session.counter_ids).sudo(False)
