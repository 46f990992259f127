from odoo import models
from odoo.exceptions import UserError


class CountSessionReviewing(models.Model):
    """What a session asks for between its closing and its approval."""

    _inherit = "stockex.count.session"

    # --- Actions ---

    def action_recount_out(self):
        """Have every line out of tolerance counted again."""
        self._check_role("stockex.group_controller")
        for session in self:
            session._check_state("review")
            # sudo: as in `_reopen`, which checks the state again under a lock.
            lines_sudo = session.sudo().line_ids.filtered("out_of_tolerance")
            if not lines_sudo:
                raise UserError(
                    self.env._(
                        "No line of “%(session)s” is out of tolerance.",
                        session=session.display_name,
                    )
                )
            session._reopen(lines_sudo)
        return True

    # --- Business ---

    def _ask_recount(self, lines):
        """Send lines back that were never sent back before."""
        first = lines.filtered(lambda line: not line.recount_round)
        if not first:
            return
        self._reopen(first)
        self.message_post(
            body=self.env._(
                "%(count)s lines are to be counted a second time.",
                count=len(first),
            )
        )

    def _check_reasons(self):
        """Refuse the approval while a large variance has no reason."""
        amount = self.company_id.stockex_reason_amount
        # sudo: the approver sees these lines anyway; the rule is the company's.
        lines_sudo = self.env["stockex.count.line"].sudo()
        missing_sudo = lines_sudo.search(
            [
                ("session_id", "=", self.id),
                ("reason_id", "=", False),
                ("state", "=", "counted"),
                ("decision", "!=", "transferred"),
                ("difference", "!=", 0),
                *("|", ("out_of_tolerance", "=", True)),
                *("|", ("difference_value", ">=", amount), ("difference_value", "<=", -amount)),
            ],
            order="difference_value, id",
        )
        if missing_sudo:
            raise UserError(
                self.env._(
                    "%(count)s lines of “%(session)s” need a reason for their variance, "
                    "“%(line)s” among them. Choose one in the list of lines, then approve.",
                    count=len(missing_sudo),
                    session=self.display_name,
                    line=missing_sudo[0].display_name,
                )
            )
