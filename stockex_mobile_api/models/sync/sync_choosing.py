from odoo import models

from ...pure.sync.decide import (
    Conflict,
    conflict_of,
    is_stale,
    last_known,
    resolution_of,
    version_of,
)


class SyncOperationChoosing(models.Model):
    """How a decision about a conflict becomes entries."""

    _inherit = "stockex.sync.operation"

    # --- Business ---

    def _entries_now(self):
        """Return the entries on the line of a conflict, as superuser.

        What the device added after the conflict is on top of it, whoever is right.
        """
        self.ensure_one()
        last = last_known(self.line_version)
        entries = self._entries_on(self.line_id, self.user_id, self.device_id)[self.line_id.id]
        return [
            entry
            for entry in entries
            if not (entry.id > last and entry.seq is not None and entry.seq > self.seq)
        ]

    def _is_counted_again(self):
        return is_stale(self._entries_now(), self.line_version, self.seq)

    def _conflict_now(self) -> Conflict:
        return conflict_of(self._entries_now(), self.base, self.seq, self.quantity)

    def _tell_again(self):
        """Write down what the line comes to now."""
        entries = self._entries_now()
        self.write(
            {
                "theirs_quantity": self._conflict_now().theirs,
                "line_version": version_of(max(entry.id for entry in entries)),
            }
        )

    def _enter_choice(self, session, choice):
        """Have the line of a conflict come to what was chosen; as superuser.

        The caller checked who decides and that the session is open to it. The count stays
        its counter's, at the time when they made it.

        :return: the entry that was made, empty if none was needed.
        """
        self.ensure_one()
        found = self._conflict_now()
        done = resolution_of(choice, self._entries_now(), found)
        # sudo: entries are the system's to write; the counter may count there no more.
        session_sudo = session.with_user(self.user_id).sudo()
        recorder_sudo = session_sudo.env["stockex.count.recorder"]
        counts_sudo = session_sudo.env["stockex.count.entry"]
        entry_sudo = counts_sudo.browse()
        if done.count:
            recorder_sudo._record(session_sudo, [self._prepare_choice(done.replaced)])
            entry_sudo = counts_sudo.search([("uuid", "=", self.uuid)])
            self.entry_id = entry_sudo
        elif done.replaced:
            replaced_sudo = counts_sudo.browse(done.replaced)
            entry_sudo = recorder_sudo._void_entries(session_sudo, replaced_sudo)
            judge_sudo = session_sudo.env["stockex.count.judge"]
            judge_sudo._judge(replaced_sudo.line_id)
        self.theirs_quantity = found.theirs
        self._mark(choice)
        return entry_sudo

    def _prepare_choice(self, replaced):
        return {
            "line_id": self.line_id.id,
            "quantity": self.quantity,
            "uuid": self.uuid,
            "mode": "set",
            "replaces": list(replaced),
            "counted_at": self.corrected_at,
            "device": self.device_id.name,
        }
