from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .waiting import WaitCase


@tagged("post_install", "-at_install")
class TestEscalationRule(WaitCase):
    """Rules that change under what waits, and the other kinds of waiting."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.make_rule(
            [
                {"sequence": 10, "hours": 8, "action": "remind"},
                {"sequence": 20, "hours": 8, "action": "manager"},
            ]
        )

    # --- Rules that change ---

    def test_shorter_hours_apply_to_what_waits(self):
        wait = self.wait(self.submitted("2026-03-02 09:00"))
        with self.at("2026-03-02 10:00"):
            self.rule.step_ids[0].hours = 2
            self.rule.answer_hours = 4
        self.assertEqual(self.text(wait.next_at), "2026-03-02 11:00:00")
        self.assertEqual(self.text(wait.due_at), "2026-03-02 14:00:00")

        self.assertEqual(self.run_at("2026-03-02 11:00"), [("Reminder", ["anton"])])

    def test_steps_taken_are_not_taken_again(self):
        wait = self.wait(self.submitted("2026-03-02 09:00"))
        self.run_at("2026-03-03 09:00")
        with self.at("2026-03-03 10:00"):
            first = self.rule.step_ids[0]
            self.rule.step_ids = [
                Command.create({"sequence": 5, "hours": 1, "action": "remind"}),
                Command.create(
                    {"sequence": 15, "hours": 4, "action": "user", "user_id": self.sana.id}
                ),
                Command.delete(first.id),
            ]

        # Four hours after the reminder: 10-12 and 13-15 in Paris.
        self.assertEqual(self.text(wait.next_at), "2026-03-03 14:00:00")
        self.run_at("2026-03-03 14:00")
        self.assertEqual(self.logins(wait.user_ids), ["sana"])
        self.assertEqual(self.text(wait.next_at), "2026-03-04 14:00:00")

    def test_a_later_deadline_takes_the_lateness_back(self):
        wait = self.wait(self.submitted("2026-03-02 09:00"))
        self.run_at("2026-03-04 09:00")
        self.assertEqual((wait.state, wait.is_late), ("late", True))
        with self.at("2026-03-04 09:10"):
            self.rule.answer_hours = 24

        self.assertEqual((wait.state, wait.is_late), ("waiting", False))
        self.run_at("2026-03-05 09:00")
        self.assertEqual((wait.state, wait.is_late), ("late", True))

    def test_an_archived_rule_lets_go_of_what_waits(self):
        wait = self.wait(self.submitted("2026-03-02 09:00"))
        self.rule.active = False

        self.assertEqual(wait.state, "withdrawn")
        self.assertEqual(self.run_at("2026-03-03 09:00"), [])

    def test_a_rule_with_a_past_is_not_deleted(self):
        self.submitted("2026-03-02 09:00")
        with mute_logger("odoo.sql_db"), self.refused("rule_id", IntegrityError):
            self.rule.unlink()
        self.assertTrue(self.rule.exists())

    def test_the_companys_own_rule_comes_before_that_of_all(self):
        general = self.make_rule([], name="General", company_id=False)
        self.assertEqual(self.wait(self.submitted("2026-03-02 09:00")).rule_id, self.rule)
        self.rule.active = False

        wait = self.wait(self.submitted("2026-03-02 09:00", self.session(self.bin_b)))
        self.assertEqual(wait.rule_id, general)
        self.assertFalse(wait.next_at)

    def test_what_makes_no_sense_is_refused(self):
        with mute_logger("odoo.sql_db"):
            with self.refused("kind_once", IntegrityError):
                self.make_rule([])
            with self.refused("hours_positive", IntegrityError):
                self.rule.step_ids[0].hours = 0
            with self.refused("answer_positive", IntegrityError):
                self.rule.answer_hours = -1
        with self.refused("to whom the step"):
            self.rule.step_ids[0].action = "user"
        with self.refused("does not work in Maison Dupont"):
            self.rule.step_ids[0].write({"action": "user", "user_id": self.omar.id})
        with self.refused("their own manager"):
            self.anton.stockex_manager_id = self.anton
        self.submitted("2026-03-02 09:00")
        with self.refused("Make a new rule"):
            self.rule.kind = "job_failed"

    def test_only_the_suite_administrator_changes_rules(self):
        for user in (self.carla, self.anton):
            self.assertEqual(self.rule.with_user(user).step_ids.mapped("hours"), [8, 8])
            with self.assertRaises(AccessError):
                self.rule.with_user(user).answer_hours = 1
            with self.assertRaises(AccessError):
                self.rule.with_user(user).step_ids[0].hours = 1
        with self.assertRaises(AccessError):
            self.rule.with_user(self.karim).read(["name"])

    def test_one_sets_ones_substitute_but_not_ones_manager(self):
        anton = self.anton.with_user(self.anton)
        anton.stockex_substitute_id = self.ada
        self.assertEqual(self.anton.stockex_substitute_id, self.ada)
        with self.assertRaises(AccessError):
            anton.stockex_manager_id = self.ada
        with self.assertRaises(AccessError):
            self.carla.with_user(self.anton).stockex_substitute_id = self.ada

    # --- Other kinds ---

    def job(self, user):
        return self.env["stockex.job"].create(
            {
                "name": "Post",
                "res_model": "res.company",
                "res_id": self.company.id,
                "method": "_stockex_nothing",
                "user_id": user.id,
                "company_id": self.company.id,
                "state": "failed",
            }
        )

    def test_failed_work_waits_for_its_owner_until_somebody_saw_to_it(self):
        self.make_rule([{"hours": 2, "action": "remind"}], kind="job_failed", answer_hours=4)
        job = self.job(self.carla)
        with self.at("2026-03-02 09:00"):
            self.tell("job.failed", job)
            self.run_rules()
        wait = self.wait(job)
        self.assertEqual(wait.user_ids, self.carla)
        self.assertEqual(self.run_at("2026-03-02 10:59"), [])
        self.assertEqual(self.run_at("2026-03-02 11:00"), [("Reminder", ["carla"])])
        with self.assertRaises(AccessError):
            job.with_user(self.karim).action_acknowledge()

        with self.at("2026-03-02 13:00"):
            job.with_user(self.carla).action_acknowledge()

        self.run_at("2026-03-02 13:05")
        self.assertEqual((wait.state, wait.answered_by_id), ("answered", self.carla))
        self.assertEqual(self.text(wait.answered_at), "2026-03-02 13:00:00")
        self.assertEqual(wait.hours_taken, 3.0)

    def test_work_that_did_not_fail_needs_no_answer(self):
        job = self.job(self.carla)
        job.state = "done"
        with self.refused("has not failed", UserError):
            job.with_user(self.carla).action_acknowledge()
        self.assertFalse(job.acknowledged_at)

    def test_lines_to_count_again_wait_for_the_counters(self):
        rule = self.make_rule([{"hours": 4, "action": "remind"}], kind="count_recount")
        session = self.session()
        line = self.line(session, self.bolt)
        self.count(session, {line: 60})
        session.action_review()
        with self.at("2026-03-02 09:00"):
            line.with_user(self.carla).action_recount()
            self.tell("count.recounted", session)
            self.run_rules()
        wait = self.wait(session).filtered(lambda one: one.rule_id == rule)
        self.assertEqual(self.logins(wait.user_ids), ["karim", "lea"])
        self.assertEqual(len(self.run_at("2026-03-02 14:00")), 1)
        self.count(session, {line: 61})

        self.run_at("2026-03-02 14:30")

        self.assertEqual(wait.state, "answered")
