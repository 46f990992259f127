from odoo import fields, models
from odoo.exceptions import UserError

from .count_import import BUSY_STATES


class CountSession(models.Model):
    _inherit = "stockex.count.session"

    import_ids = fields.One2many(
        "stockex.import",
        "session_id",
        "Imports",
        copy=False,
        groups="stockex.group_controller",
    )
    import_count = fields.Integer(compute="_compute_import_count", compute_sudo=True)

    # --- Compute ---

    def _compute_import_count(self):
        groups = self.env["stockex.import"]._read_group(
            [("session_id", "in", self.ids)], ["session_id"], ["__count"]
        )
        counts = {session.id: count for session, count in groups}
        for session in self:
            session.import_count = counts.get(session.id, 0)

    # --- Actions ---

    def action_import_file(self):
        """Start importing a count file."""
        self.ensure_one()
        self._check_role("stockex.group_controller")
        action = self.env["ir.actions.act_window"]._for_xml_id("stockex.import_action")
        action["views"] = [(False, "form")]
        action["context"] = {"default_session_id": self.id}
        return action

    def action_open_imports(self):
        """Show the files that were imported."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("stockex.import_action")
        action["domain"] = [("session_id", "=", self.id)]
        action["context"] = {"default_session_id": self.id}
        return action

    def action_review(self):
        self._check_no_import_running()
        return super().action_review()

    def action_cancel(self):
        self._check_no_import_running()
        return super().action_cancel()

    # --- Business ---

    def _check_no_import_running(self):
        """Refuse to close a session under an import: half a file would be counted."""
        # sudo: an import in the way is no secret to who may close the session.
        busy_sudo = (
            self.env["stockex.import"]
            .sudo()
            .search([("session_id", "in", self.ids), ("state", "=", BUSY_STATES[1])], limit=1)
        )
        if busy_sudo:
            raise UserError(
                self.env._(
                    "“%(file)s” is being imported into “%(session)s”. Wait until it is done, "
                    "or cancel the import.",
                    file=busy_sudo.filename,
                    session=busy_sudo.session_id.display_name,
                )
            )
