from odoo import api, models

from .race import begin_again_if_taken


class CountRecorderUndo(models.AbstractModel):
    """Takes back a person's last entry."""

    _inherit = "stockex.count.recorder"

    # --- Business ---

    @api.model
    def _undo(self, session):
        """Void the user's last live entry; what it had replaced counts again.

        :return: the entry taken back, empty if there was none.
        """
        counts = self.env["stockex.count.entry"]
        mine = [
            ("session_id", "=", session.id),
            ("user_id", "=", self.env.uid),
            # What a controller linked is the finder's count, not the finder's act.
            ("uuid", "not =like", "unknown-%"),
            ("is_live", "=", True),
        ]
        last = counts.search(mine, order="id desc", limit=1)
        if last:
            self._take_back(session, last)
        return last

    @api.model
    def _take_back(self, session, entry):
        """Void one live entry; what it had replaced counts again.

        :return: the entry that says so.
        """
        counts = self.env["stockex.count.entry"]
        line = entry.line_id
        replaced = counts.search([("superseded_by_id", "=", entry.id)])
        with begin_again_if_taken():
            void = counts.create(self._prepare_void_vals(session, entry))
        entry.superseded_by_id = void
        replaced.superseded_by_id = False
        self.env["stockex.count.judge"]._judge(line)
        self.env["stockex.count.checker"]._check_serials(session, line)
        if line.state == "pending" and line.recount_round:
            line.recount = True
        return void

    @api.model
    def _prepare_void_vals(self, session, entry):
        return {
            "line_id": entry.line_id.id,
            "session_id": session.id,
            "company_id": session.company_id.id,
            "user_id": self.env.uid,
            "quantity": 0,
            "counted_at": self.env["stockex.count.book"]._clock(),
            "voids": True,
            "uuid": f"void-{entry.id}",
        }
