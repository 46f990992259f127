from contextlib import contextmanager

from odoo import api
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

PAST = "2026-01-01 00:00:00"


@tagged("post_install", "-at_install")
class TestNotifyRace(TransactionCase):
    """Two runs of a cron at once, each on a connection of its own."""

    @contextmanager
    def other(self):
        """Work in a transaction of its own; what it does not commit is undone."""
        cursor = self.registry.cursor()
        try:
            yield api.Environment(cursor, api.SUPERUSER_ID, {})
        finally:
            cursor.rollback()
            cursor.close()

    @contextmanager
    def committed(self, make):
        """Leave records that every connection sees, and take them away at the end."""
        with self.other() as env:
            records = make(env)
            env.cr.commit()
        try:
            yield records.ids
        finally:
            with self.other() as env:
                left = env[records._name].browse(records.ids).exists()
                rules = left.rule_id if "rule_id" in left._fields else left.browse()
                left.unlink()
                rules.unlink()
                env.cr.commit()

    def an_event(self, env):
        company = env.ref("base.main_company")
        return env["stockex.event"].create(
            {
                "name": "count.started",
                "res_model": company._name,
                "res_id": company.id,
                "payload": {},
                "company_id": company.id,
                "time": PAST,
            }
        )

    def a_wait(self, env):
        rule = env["stockex.escalation.rule"].create(
            {"name": "Race", "kind": "job_failed", "active": False}
        )
        company = env.ref("base.main_company")
        return env["stockex.escalation"].create(
            {
                "rule_id": rule.id,
                "kind": rule.kind,
                "company_id": company.id,
                "res_model": company._name,
                "res_id": company.id,
                "record_name": "Race",
                **dict.fromkeys(("started_at", "last_at", "due_at", "next_at"), PAST),
            }
        )

    def test_an_event_goes_to_one_of_two_readers(self):
        with self.committed(self.an_event) as ids, self.other() as first, self.other() as second:
            taken = first["stockex.notify.pending"]._claim()
            left = second["stockex.notify.pending"]._claim()

            self.assertEqual(set(ids) & set(taken.ids), set(ids))
            self.assertFalse(set(ids) & set(left.ids))

    def test_an_event_of_a_reader_that_died_goes_to_the_next(self):
        with self.committed(self.an_event) as ids:
            with self.other() as killed:
                self.assertIn(ids[0], killed["stockex.notify.pending"]._claim().ids)
            with self.other() as survivor:
                self.assertIn(ids[0], survivor["stockex.notify.pending"]._claim().ids)

    def test_a_step_is_taken_by_one_of_two_runs(self):
        with self.committed(self.a_wait) as ids, self.other() as first, self.other() as second:
            nothing = first["stockex.escalation"]
            taken = nothing._claim(nothing)
            left = second["stockex.escalation"]._claim(second["stockex.escalation"])

            self.assertIn(ids[0], taken.ids)
            self.assertNotIn(ids[0], left.ids)

    def test_a_run_that_comes_later_finds_the_step_taken(self):
        with self.committed(self.a_wait) as ids:
            with self.other() as first:
                due = first["stockex.escalation"]._claim(first["stockex.escalation"])
                self.assertIn(ids[0], due.ids)
                first.cr.execute(
                    SQL(
                        "UPDATE stockex_escalation SET next_at = NULL, state = 'late'"
                        " WHERE id = %s",
                        ids[0],
                    )
                )
                first.cr.commit()
            with self.other() as second:
                left = second["stockex.escalation"]._claim(second["stockex.escalation"])
                self.assertNotIn(ids[0], left.ids)
