from odoo import models


class CountSessionStarting(models.Model):
    """How a count begins, whoever begins it."""

    _inherit = "stockex.count.session"

    # --- Business ---

    def _start(self, since):
        """Freeze the book and let the counters in; the caller checked who may.

        :param since: from which moment on entries are taken (naive UTC).
        """
        for session in self:
            session._lock()
            session._check_state("draft")
            # sudo: the lines are the system's; the caller checked who begins.
            session_sudo = session.sudo()
            count = session_sudo.env["stockex.count.build"]._build(session_sudo)
            session_sudo.write({"state": "counting", "started_at": since})
            session._emit("count.started", {"lines": count})
