from odoo import api, models


class CountJudgeLive(models.AbstractModel):
    """Tells those who look at a session which of its lines were counted."""

    _inherit = "stockex.count.judge"

    # --- Business ---

    @api.model
    def _judge(self, lines):
        # Every count, correction, undo and recount ends here.
        changed = lines.grouped("session_id")
        judged = super()._judge(lines)
        for session, found in changed.items():
            session._tell_changes(found.ids)
        return judged
