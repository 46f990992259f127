from odoo import models
from odoo.exceptions import UserError


class CountSessionRejecting(models.Model):
    """An approver's no: the count goes back to those who made it, with the reason."""

    _inherit = "stockex.count.session"

    # --- Actions ---

    def action_reject(self):
        """Ask for the reason, then send the count back."""
        self.ensure_one()
        self._check_role("stockex.group_approver")
        self._check_state("review")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reject a count"),
            "res_model": "stockex.count.reject",
            "view_mode": "form",
            "target": "new",
            "context": {"default_session_id": self.id},
        }

    # --- Business ---

    def _reject(self, reason):
        """Send a count in review back to counting; what is counted stays.

        :raise UserError: without a reason: those who counted must know what to do.
        """
        self.ensure_one()
        self._check_role("stockex.group_approver")
        self._lock()
        self._check_state("review")
        reason = (reason or "").strip()
        if not reason:
            raise UserError(
                self.env._(
                    "Say why “%(session)s” is rejected, so that it can be put right.",
                    session=self.display_name,
                )
            )
        # sudo: approvers only read sessions; role and state are checked above.
        session_sudo = self.sudo()
        session_sudo.state = "counting"
        session_sudo.message_post(
            body=self.env._("Rejected: %(reason)s", reason=reason),
            author_id=self.env.user.partner_id.id,
            subtype_xmlid="mail.mt_comment",
        )
        self._emit("count.rejected", {"approver": self.env.user.login, "reason": reason})
