from odoo import models

from ...exceptions import CountRefused

CHANNEL_PREFIX = "stockex.count.session_"
MESSAGE = "stockex.count.changed"

# Above this many lines a client reloads its page rather than look for each.
MAX_TOLD_LINES = 500


class CountSessionTogether(models.Model):
    """Several people in one session: what each learns of the others, and taking back."""

    _inherit = "stockex.count.session"

    # --- Create, write ---

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            for session in self:
                session._tell_changes([])
        return result

    # --- Actions ---

    def action_undo(self):
        """Take back the last count of the present user (called by clients).

        :return: what a counter may see of its line, and the ``quantity`` taken back.
        :raise CountRefused: if there is none.
        """
        self.ensure_one()
        self._check_counter()
        self._check_counting()
        # sudo: entries are the system's to write; only the user's own are looked for.
        session_sudo = self.sudo()
        entry_sudo = session_sudo.env["stockex.count.recorder"]._undo(session_sudo)
        if not entry_sudo:
            raise CountRefused(
                self.env._(
                    "Nothing to undo: you have no count left in “%(session)s”.",
                    session=self.display_name,
                )
            )
        [line] = entry_sudo.line_id._read_for_counter()
        return {**line, "quantity": entry_sudo.quantity}

    # --- Business ---

    def _tell_changes(self, line_ids):
        """Tell who looks at the session that lines changed, once this is committed.

        The message names lines and nothing else: each reader asks for what they may see.
        """
        self.ensure_one()
        many = len(line_ids) > MAX_TOLD_LINES
        payload = {
            "session_id": self.id,
            "line_ids": [] if many else sorted(line_ids),
            "many": many,
        }
        self.env["bus.bus"]._sendone(self, MESSAGE, payload)
