from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .count_session import OPEN_STATES


class CountSessionFlow(models.Model):
    """The way of a count: draft, counting, review, approved, posting, done."""

    _inherit = "stockex.count.session"

    # --- Actions ---

    def action_start(self):
        """Freeze the book, build the lines, let the counters in."""
        self._check_role("stockex.group_controller")
        self._start(fields.Datetime.now())
        return True

    def action_review(self):
        """Close the counting; what differs can now be looked at."""
        self._check_role("stockex.group_controller")
        for session in self:
            session._lock()
            session._check_state("counting")
            if not session.counted_count:
                raise UserError(
                    self.env._(
                        "Nothing is counted yet in “%(session)s”. Enter at least one line, "
                        "or cancel the session.",
                        session=session.display_name,
                    )
                )
            # sudo: state is read-only for users; role and state are checked above.
            session_sudo = session.sudo()
            session_sudo.state = "review"
            session_sudo.env["stockex.count.recheck"]._flag(session_sudo)
            out = session_sudo.env["stockex.count.tolerance"]._flag(session_sudo)
            counts = {"lines": session.line_count, "counted": session.counted_count}
            session._emit("count.submitted", counts)
            if session.auto_recount:
                session._ask_recount(out)
            session.with_delay()._look_after_closing()
        return True

    def action_resume(self):
        """Go back to counting; what is counted stays."""
        self._check_role("stockex.group_controller")
        for session in self:
            session._lock()
            session._check_state("review")
            # sudo: as in action_review.
            session_sudo = session.sudo()
            session_sudo.state = "counting"
        return True

    def action_approve(self):
        """Approve the counts as another person than those who counted."""
        self._check_role("stockex.group_approver")
        for session in self:
            session._lock()
            session._check_state("review")
            session._check_approver()
            # sudo: lines are the system's; role and state are checked above.
            session_sudo = session.sudo()
            session_sudo.env["stockex.count.recheck"]._flag(session_sudo)
            session_sudo.env["stockex.count.tolerance"]._flag(session_sudo)
            session._check_decided()
            session._check_reasons()
            session_sudo.write(
                {
                    "state": "approved",
                    "approver_id": self.env.uid,
                    "approved_at": fields.Datetime.now(),
                }
            )
            session._emit("count.approved", {"approver": self.env.user.login})
        return True

    def action_post(self):
        """Correct the stock, in the background."""
        self._check_role("stockex.group_controller", "stockex.group_approver")
        for session in self:
            session._lock()
            session._check_state("approved")
            session._check_period_open()
            session._launch_posting()
        return True

    def action_retry_failed(self):
        """Post again the lines that could not be posted."""
        self._check_role("stockex.group_controller", "stockex.group_approver")
        for session in self:
            session._lock()
            session._check_state("done")
            session._check_period_open()
            # sudo: lines are the system's; role and state are checked above.
            lines_sudo = session.sudo().line_ids.filtered(lambda li: li.state == "failed")
            if not lines_sudo:
                raise UserError(
                    self.env._(
                        "“%(session)s” has no line that could not be posted.",
                        session=session.display_name,
                    )
                )
            lines_sudo.write({"state": "counted", "post_error": False})
            session._launch_posting()
        return True

    def action_cancel(self):
        """Give the count up; the stock stays as it is."""
        self._check_role("stockex.group_controller")
        for session in self:
            session._lock()
            session._check_state("draft", "counting", "review", "approved")
            if session.posted_count:
                raise UserError(
                    self.env._(
                        "“%(session)s” is partly posted: post the rest, then reverse it.",
                        session=session.display_name,
                    )
                )
            # sudo: as in action_review.
            session_sudo = session.sudo()
            session_sudo.state = "cancelled"
            # A reversal that was given up leaves its lines free for the next one.
            session_sudo.line_ids.filtered("reversed_line_id").reversed_line_id = False
            session._release_claims()
            session._emit("count.cancelled", {})
        return True

    def action_zero_uncounted(self):
        """Count every line that nobody counted as zero."""
        self._check_role("stockex.group_controller")
        for session in self:
            session._check_state("counting", "review")
            lines = session.line_ids.filtered(lambda line: line.state == "pending")
            session._count_as_zero(lines)
        return True

    def action_open_lines(self):
        """Open the list in which the lines are counted and reviewed."""
        self.ensure_one()
        reviewing = self.state != "counting" and self.env.user.has_group("stock.group_stock_user")
        name = "count_line_review_action" if reviewing else "count_line_action"
        action = self.env["ir.actions.act_window"]._for_xml_id(f"stockex.{name}")
        action["domain"] = [("session_id", "=", self.id)]
        action["context"] = {
            "stockex_session_id": self.id,
            "search_default_to_count": not reviewing,
            "search_default_to_look_at": reviewing and self.state == "review",
        }
        return action

    def action_open_moves(self):
        """Show the stock corrections that the session made."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("stock.stock_move_action")
        action["domain"] = [("stockex_session_id", "=", self.id)]
        action["context"] = {}
        return action

    # --- Business ---

    def _check_role(self, *groups):
        if not any(self.env.user.has_group(group) for group in groups):
            # sudo: the names of roles are no secret.
            groups_sudo = [self.env.ref(group).sudo() for group in groups]
            raise AccessError(
                self.env._(
                    "Only these roles do this: %(roles)s.",
                    roles=", ".join(group.name for group in groups_sudo),
                )
            )
        self.check_access("read")

    def _check_state(self, *states):
        self.ensure_one()
        if self.state in states:
            return
        labels = dict(self._fields["state"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "“%(session)s” is in state “%(state)s”; this needs %(expected)s.",
                session=self.display_name,
                state=labels[self.state],
                expected=", ".join(
                    self.env._("“%(name)s”", name=labels[state]) for state in states
                ),
            )
        )

    def _lock(self):
        """Have the session to ourselves until the transaction ends.

        Waits for a concurrent step; if that one changed the session, PostgreSQL ends
        this transaction and Odoo replays it, which then sees the new state.
        """
        self.flush_recordset()
        self.env.execute_query(
            SQL(
                "SELECT id FROM stockex_count_session WHERE id = ANY(%s) FOR UPDATE",
                self.ids,
            )
        )
        self.invalidate_recordset(["state"])

    def _check_approver(self):
        if not self.company_id.stockex_approver_not_counter:
            return
        # sudo: the approver need not see every entry.
        entries_sudo = self.env["stockex.count.entry"].sudo()
        if entries_sudo.search_count(
            [
                ("session_id", "=", self.id),
                ("user_id", "=", self.env.uid),
                # Sending lines back is no count.
                ("voids", "=", False),
            ],
            limit=1,
        ):
            raise UserError(
                self.env._(
                    "You counted in “%(session)s”: another person must approve it.",
                    session=self.display_name,
                )
            )

    def _check_decided(self):
        if self.moved_count:
            raise UserError(
                self.env._(
                    "The stock of %(count)s lines of “%(session)s” moved while they were "
                    "counted. Count them again or accept them, then approve.",
                    count=self.moved_count,
                    session=self.display_name,
                )
            )

    def _check_period_open(self):
        date = self.posting_date or fields.Date.context_today(self)
        if date > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "“%(session)s” cannot be posted in the future (%(date)s).",
                    session=self.display_name,
                    date=date,
                )
            )
        # sudo: lock dates are accounting's own.
        company_sudo = self.company_id.sudo()
        journal_sudo = company_sudo.account_stock_journal_id
        locks = company_sudo._get_violated_lock_dates(date, False, journal_sudo)
        if locks:
            raise UserError(
                self.env._(
                    "“%(session)s” cannot be posted on %(date)s: the period is closed "
                    "until %(lock)s. Choose a later posting date.",
                    session=self.display_name,
                    date=date,
                    lock=locks[-1][0],
                )
            )

    def _reopen(self, lines):
        """Have some lines counted again."""
        self._lock()
        self._check_state("counting", "review")
        # sudo: users write counts only; the caller checked the role.
        session_sudo, lines_sudo = self.sudo(), lines.sudo()
        session_sudo.env["stockex.count.recorder"]._void(session_sudo, lines_sudo)
        for times, again_sudo in lines_sudo.grouped("recount_round").items():
            again_sudo.write({"recount": True, "recount_round": times + 1})
        session_sudo.state = "counting"
        self._emit("count.recounted", {"lines": len(lines)})

    def _release_claims(self):
        # sudo: claims are the system's.
        claims_sudo = self.env["stockex.count.claim"].sudo()
        claims_sudo.search([("session_id", "in", self.ids)]).unlink()

    def _emit(self, name, payload):
        for session in self:
            self.env["stockex.event"]._emit(
                name, session, {session.id: {"session": session.name, **payload}}
            )

    def _is_open(self):
        return self.state in OPEN_STATES
