import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import formatLang

_logger = logging.getLogger(__name__)

BATCH = 50


class EscalationRunning(models.Model):
    """What the clock does to those who wait: steps, lateness, absences."""

    _inherit = "stockex.escalation"

    # --- Business ---

    @api.model
    def _cron_run(self):
        """End what is answered, put in substitutes, take the steps that are due."""
        progress = self.env["ir.cron"]
        waiting = self.search([("is_open", "=", True)])
        waiting._settle()
        waiting.filtered("is_open")._without_answer_on_its_way()._replace_absent()
        if not progress._commit_progress(len(waiting)):
            return
        seen = self.browse()
        while due := self._claim(seen):
            seen |= due
            due._settle()
            for escalation in due.filtered("is_open")._without_answer_on_its_way():
                escalation._run_safely()
            if not progress._commit_progress(len(due)):
                break

    @api.model
    def _claim(self, seen):
        """Lock those that something is due for; what another run holds is left to it.

        :param seen: those this run has had: one that fails is for the next run.
        """
        self.flush_model()
        now = fields.Datetime.now()
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM stockex_escalation
                    WHERE is_open AND id != ALL(%s)
                      AND (next_at <= %s OR (state = 'waiting' AND due_at <= %s))
                 ORDER BY LEAST(next_at, due_at), id LIMIT %s FOR UPDATE SKIP LOCKED""",
                seen.ids,
                now,
                now,
                BATCH,
            )
        )
        self.invalidate_model()
        return self.browse(row[0] for row in rows)

    def _run_safely(self):
        try:
            with self.env.cr.savepoint():
                self._run()
        except OperationalError:
            raise
        except Exception as error:
            _logger.warning("escalation %s", self.id, exc_info=error)
            self.env.invalidate_all()
            self.error = f"{type(error).__name__}: {error}"[:500]

    def _run(self):
        """Do what is due; holidays and rules may have changed since it was planned."""
        now = fields.Datetime.now()
        self.error = False
        self.due_at = self._due_instant()
        if self.due_at <= now and self.state == "waiting":
            self.write({"state": "late", "is_late": True})
            self._note("late")
        if not self.next_at or self.next_at > now:  # pylint: disable=access-member-before-definition
            return
        planned = self._next_instant()
        if not planned or planned > now:
            self.next_at = planned
            return
        step = self._next_step()
        self._take(step)
        self.write(
            {
                "step_sequence": step.sequence,
                "step_number": step.id,
                "steps_taken": self.steps_taken + 1,
                "last_at": planned,
            }
        )
        self.next_at = self._next_instant()
        if self.next_at and self.next_at <= now:
            # After a standstill, whoever was just asked still gets their time.
            self.last_at = now
            self.next_at = self._next_instant()

    def _take(self, step):
        """Remind, or hand over to the next person."""
        if step.action == "remind":
            self._ask("remind", self.user_ids)
            return
        successors = {
            "manager": self.user_ids.stockex_manager_id,
            "substitute": self.user_ids.stockex_substitute_id,
            "user": step.user_id,
        }[step.action]
        self._ask(step.action, successors)

    def _ask(self, what, users):
        """Make it the turn of some people and tell them; the administrators if none is left."""
        users, found = self._present(users), what
        if not users:
            users, found = self._administrators(), "nobody"
        self.write(
            {
                "user_ids": [fields.Command.set(users.ids)],
                "asked_ids": [fields.Command.link(user.id) for user in users],
            }
        )
        self._note(found, users)
        self._tell(what, users)

    def _present(self, users):
        """Return who is there for them: themselves, or a substitute."""
        people = self.env["stockex.notify.people"]
        able = people._able(users, self.company_id)
        return people._able(people._stand_in(able, fields.Datetime.now()), self.company_id)

    def _administrators(self):
        people = self.env["stockex.notify.people"]
        return people._of_roles(self.env.ref("stockex.group_suite_admin"), self.company_id)

    def _replace_absent(self):
        """Put substitutes in for people who have left or are away by now."""
        for escalation in self:
            present = escalation._present(escalation.user_ids)
            if present and present == escalation.user_ids:
                continue
            new = present - escalation.user_ids
            what = "away" if present else "nobody"
            present = present or escalation._administrators()
            if present == escalation.user_ids:
                continue
            escalation.write(
                {
                    "user_ids": [fields.Command.set(present.ids)],
                    "asked_ids": [fields.Command.link(user.id) for user in present],
                }
            )
            escalation._note(what, present)
            escalation._tell("user", new or present)

    def _tell(self, what, users):
        """Write to people, each in their language."""
        readers = self.env["stockex.notify.reader"]
        messages = []
        record = self._record()
        for lang, of_lang in users.grouped(readers._lang).items():
            subject, text = self.with_context(lang=lang)._words(what)
            messages.append(
                {
                    "users": of_lang,
                    "category": "approvals",
                    "subject": subject,
                    "text": text,
                    "record": record or None,
                    "severity": "warning",
                    "url": self.env["stockex.notify.people"]._link(record),
                }
            )
        self.env["stockex.notify.telling"]._post(messages)

    def _words(self, what):
        """Return subject and text of a reminder or of a hand-over."""
        names = {"record": self.record_name, "hours": self._hours_so_far()}
        if what == "remind":
            return (
                self.env._("Reminder: “%(record)s” waits for your answer", **names),
                self.env._(
                    "“%(record)s” has waited %(hours)s working hours for your answer. Open it "
                    "and decide.",
                    **names,
                ),
            )
        return (
            self.env._("“%(record)s” is now yours to answer", **names),
            self.env._(
                "“%(record)s” has waited %(hours)s working hours and has come to you. Open it "
                "and decide.",
                **names,
            ),
        )

    def _hours_so_far(self):
        hours = self.env["stockex.working.time"]._between(
            self.started_at, fields.Datetime.now(), self.company_id
        )
        return formatLang(self.env, hours, digits=1)
