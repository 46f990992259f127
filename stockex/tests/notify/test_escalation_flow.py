from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ...models.notify import escalation_running
from .waiting import WaitCase


@tagged("post_install", "-at_install")
class TestEscalationFlow(WaitCase):
    """A count that waits for its approval, from its submission to its answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anton.stockex_manager_id = cls.ada
        cls.rule = cls.make_rule(
            [
                {"sequence": 10, "hours": 8, "action": "remind"},
                {"sequence": 20, "hours": 8, "action": "manager"},
                {"sequence": 30, "hours": 8, "action": "user", "user_id": cls.sana.id},
            ]
        )

    # --- The clock ---

    def test_a_wait_goes_over_a_week_end_and_a_public_holiday(self):
        self.holiday("2026-04-30 22:00", "2026-05-01 21:59:59")
        # Thursday 30 April, 16:00 in Paris: an hour that day, none until Monday 4 May.
        session = self.submitted("2026-04-30 14:00")
        wait = self.wait(session)
        self.assertEqual(
            (self.text(wait.next_at), self.text(wait.due_at)),
            ("2026-05-04 14:00:00", "2026-05-05 14:00:00"),
        )
        self.assertEqual(self.logins(wait.user_ids), ["anton"])

        self.assertEqual(self.run_at("2026-05-04 13:59:59"), [])
        self.assertEqual(self.run_at("2026-05-04 14:00"), [("Reminder", ["anton"])])
        self.assertEqual(self.run_at("2026-05-04 14:05"), [])
        self.assertEqual(self.run_at("2026-05-05 13:59:59"), [])
        self.assertEqual(wait.state, "waiting")
        self.assertEqual(len(self.run_at("2026-05-05 14:00")), 1)
        self.assertEqual((wait.state, self.logins(wait.user_ids)), ("late", ["ada"]))
        self.assertEqual(len(self.run_at("2026-05-06 14:00")), 1)
        self.assertEqual(self.logins(wait.user_ids), ["sana"])
        self.assertFalse(wait.next_at)
        self.assertEqual(self.run_at("2026-06-30 14:00"), [])
        self.assertEqual(
            self.history(wait),
            [
                ("ask", ["anton"]),
                ("remind", ["anton"]),
                ("late", []),
                ("manager", ["ada"]),
                ("user", ["sana"]),
            ],
        )

    def test_a_wait_goes_over_the_change_of_the_clock(self):
        # Friday 27 March, 16:00 in Paris is 15:00 UTC; Monday 16:00 is 14:00 UTC.
        wait = self.wait(self.submitted("2026-03-27 15:00"))

        self.assertEqual(self.text(wait.next_at), "2026-03-30 14:00:00")
        self.assertEqual(self.run_at("2026-03-30 13:59:59"), [])
        self.assertEqual(self.run_at("2026-03-30 14:00"), [("Reminder", ["anton"])])
        self.assertEqual(self.text(wait.next_at), "2026-03-31 14:00:00")

    def test_a_wait_in_casablanca_goes_over_the_end_of_ramadan(self):
        self.rule.company_id = False
        amina = self.make_user("amina", "stockex.group_approver", self.other_company)
        session = self.env["stockex.count.session"].create(
            {
                "company_id": self.other_company.id,
                "scope": "locations",
                "location_ids": [Command.set(self.other_bin.ids)],
            }
        )
        session.state = "review"
        # Friday 20 March, 15:00 is 15:00 UTC; Monday 23 March, 15:00 is 14:00 UTC.
        wait = self.wait(self.submitted("2026-03-20 15:00", session))

        self.assertEqual((wait.user_ids, self.text(wait.next_at)), (amina, "2026-03-23 14:00:00"))

    def test_a_holiday_declared_meanwhile_puts_the_step_off(self):
        wait = self.wait(self.submitted("2026-04-30 14:00"))
        self.assertEqual(self.text(wait.next_at), "2026-05-01 14:00:00")
        self.holiday("2026-04-30 22:00", "2026-05-01 21:59:59")

        self.assertEqual(self.run_at("2026-05-01 14:00"), [])
        self.assertEqual(self.text(wait.next_at), "2026-05-04 14:00:00")
        self.assertEqual(self.run_at("2026-05-04 14:00"), [("Reminder", ["anton"])])

    def test_after_a_standstill_each_still_gets_their_time(self):
        wait = self.wait(self.submitted("2026-03-02 09:00"))

        # Nothing ran for a fortnight; Monday 16 March, 10:00 in Paris.
        self.assertEqual(self.run_at("2026-03-16 09:00"), [("Reminder", ["anton"])])
        self.assertEqual(self.text(wait.next_at), "2026-03-17 09:00:00")
        self.assertEqual(self.run_at("2026-03-16 09:05"), [])
        self.assertEqual(len(self.run_at("2026-03-17 09:00")), 1)
        self.assertEqual(self.logins(wait.user_ids), ["ada"])

    # --- Answers ---

    def test_an_answer_between_reminder_and_hand_over_ends_the_wait(self):
        session = self.submitted("2026-03-02 09:00")
        wait = self.wait(session)
        self.assertEqual(self.run_at("2026-03-03 09:00"), [("Reminder", ["anton"])])
        with self.at("2026-03-03 13:30"):
            session.with_user(self.anton).action_approve()
            self.run_rules()

        self.assertEqual(wait.state, "answered")
        self.assertEqual(wait.answered_by_id, self.anton)
        self.assertEqual(self.text(wait.answered_at), "2026-03-03 13:30:00")
        # Monday 10-12 and 13-17, Tuesday 8-12 and 13-14:30.
        self.assertEqual(wait.hours_taken, 11.5)
        self.assertEqual((wait.is_late, wait.in_time_ratio), (False, 1.0))
        self.assertEqual(self.run_at("2026-03-10 09:00"), [])

    def test_an_answer_that_is_seen_before_its_event_ends_the_wait_too(self):
        session = self.submitted("2026-03-02 09:00")
        with self.at("2026-03-06 09:00"):
            session.with_user(self.anton).action_approve()

        self.assertEqual(self.run_at("2026-03-06 09:05"), [])
        wait = self.wait(session)
        self.assertEqual((wait.state, wait.is_late), ("answered", True))
        self.assertEqual(wait.in_time_ratio, 0.0)
        self.assertEqual(self.text(wait.answered_at), "2026-03-06 09:00:00")
        self.run_rules()
        self.assertEqual(len(self.wait(session)), 1)

    def test_a_rejection_is_an_answer(self):
        session = self.submitted("2026-03-02 09:00")
        with self.at("2026-03-02 10:00"):
            session.with_user(self.anton)._reject("Count aisle A again.")
            self.run_rules()

        wait = self.wait(session)
        self.assertEqual((wait.state, wait.answered_by_id), ("answered", self.anton))
        self.assertEqual(wait.hours_taken, 1.0)

    def test_an_answer_in_the_same_batch_as_the_question_is_measured(self):
        session = self.session()
        self.count(session, {self.line(session, self.bolt): 70})
        with self.at("2026-03-02 09:00"):
            session.action_review()
            self.tell("count.submitted", session)
        with self.at("2026-03-02 09:30"):
            session.with_user(self.anton).action_approve()
            self.run_rules()

        self.assertEqual(self.wait(session).mapped("state"), ["answered"])
        self.assertEqual(self.wait(session).hours_taken, 0.5)

    def test_a_count_submitted_again_waits_again(self):
        session = self.submitted("2026-03-02 09:00")
        with self.at("2026-03-02 10:00"):
            session.with_user(self.anton)._reject("Again.")
            session.with_user(self.carla).action_review()
            self.tell("count.submitted", session)
            self.run_rules()

        self.assertEqual(sorted(self.wait(session).mapped("state")), ["answered", "waiting"])

    def test_a_cancelled_or_deleted_count_waits_no_more(self):
        cancelled, deleted = self.session(), self.session(self.bin_b)
        for session in (cancelled, deleted):
            session.sudo().state = "review"
            self.submitted("2026-03-02 09:00", session)
        waits = self.wait(cancelled) | self.wait(deleted)
        cancelled.action_cancel()
        deleted.sudo().state = "draft"
        deleted.sudo().unlink()

        self.assertEqual(self.run_at("2026-03-03 09:00"), [])
        self.assertEqual(waits.mapped("state"), ["withdrawn", "withdrawn"])
        self.assertEqual(waits.mapped("is_open"), [False, False])
        figures = self.env["stockex.escalation"]._read_group(
            [("id", "in", waits.ids)], [], ["hours_taken:avg", "in_time_ratio:avg"]
        )
        self.assertEqual(figures, [(0, 0)])

    def test_averages_are_those_of_the_answers(self):
        answered = self.submitted("2026-03-02 09:00")
        with self.at("2026-03-02 11:00"):
            answered.with_user(self.anton).action_approve()
            self.run_rules()
        self.submitted("2026-03-02 09:00", self.session(self.bin_b))

        figures = self.env["stockex.escalation"]._read_group(
            [("rule_id", "=", self.rule.id)],
            [],
            ["hours_taken:avg", "in_time_ratio:avg", "__count"],
        )
        self.assertEqual(figures, [(2.0, 1.0, 2)])

    # --- Twice ---

    def test_a_second_run_finds_nothing(self):
        self.submitted("2026-03-02 09:00")
        self.assertEqual(len(self.run_at("2026-03-03 09:00")), 1)
        self.assertEqual(self.run_at("2026-03-03 09:00"), [])

    def test_one_question_makes_one_wait(self):
        session = self.submitted("2026-03-02 09:00")
        self.submitted("2026-03-02 09:30", session)
        self.submitted("2026-03-02 09:30", session)

        self.assertEqual(len(self.wait(session)), 1)
        self.assertEqual(self.text(self.wait(session).started_at), "2026-03-02 09:00:00")

    def test_one_that_fails_stops_no_other_and_is_tried_again(self):
        first = self.submitted("2026-03-02 09:00")
        second = self.submitted("2026-03-02 09:00", self.session(self.bin_b))
        words = type(self.env["stockex.escalation"])._words

        def fail_first(wait, what):
            if wait.res_id == first.id:
                raise ZeroDivisionError("broken")
            return words(wait, what)

        with (
            patch.object(type(self.env["stockex.escalation"]), "_words", fail_first),
            self.assertLogs(escalation_running.__name__, "WARNING"),
        ):
            self.assertEqual(len(self.run_at("2026-03-03 09:00")), 1)

        self.assertEqual(self.wait(first).error, "ZeroDivisionError: broken")
        self.assertFalse(self.wait(second).error)
        self.assertEqual(self.run_at("2026-03-03 09:10"), [("Reminder", ["anton"])])
        self.assertFalse(self.wait(first).error)

    # --- Rights ---

    def test_people_see_what_they_were_asked(self):
        wait = self.wait(self.submitted("2026-03-02 09:00"))

        self.assertEqual(wait.with_user(self.anton).record_name, wait.record_name)
        self.assertEqual(wait.with_user(self.sana).history_ids.mapped("what"), ["ask"])
        for user in (self.carla, self.karim, self.ada):
            with self.assertRaises(AccessError):
                wait.with_user(user).read(["record_name"])
        with self.assertRaises(AccessError):
            wait.with_user(self.anton).state = "answered"
        self.run_at("2026-03-03 09:00")
        self.run_at("2026-03-04 09:00")
        self.assertTrue(wait.with_user(self.ada).record_name)
        self.assertTrue(wait.with_user(self.anton).record_name)
