from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import CountCase

STEPS = (
    "action_start",
    "action_review",
    "action_resume",
    "action_approve",
    "action_post",
    "action_retry_failed",
    "action_reverse",
    "action_cancel",
    "action_zero_uncounted",
)
ALLOWED = {
    "draft": {"action_start", "action_cancel"},
    "counting": {"action_review", "action_cancel", "action_zero_uncounted"},
    "review": {"action_resume", "action_approve", "action_cancel", "action_zero_uncounted"},
    "approved": {"action_post", "action_cancel"},
    "done": {"action_retry_failed", "action_reverse"},
    "cancelled": set(),
}


@tagged("post_install", "-at_install")
class TestCountFlow(CountCase):
    roles = ("karim", "lea", "carla", "anton", "quentin", "ada", "sana")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 7)

    def brought_to(self, state):
        session = self.draft()
        if state in ("counting", "review", "approved", "done"):
            session.action_start()
            self.count(session, {self.line(session, self.bolt): 6})
        if state in ("review", "approved", "done"):
            session.action_review()
        if state in ("approved", "done"):
            session.with_user(self.anton).action_approve()
        if state == "done":
            session.action_post()
        if state == "cancelled":
            session.action_cancel()
        self.assertEqual(session.state, state)
        return session

    def test_each_state_refuses_the_steps_that_are_not_its_own(self):
        for state, allowed in ALLOWED.items():
            session = self.brought_to(state).with_user(self.sana)
            for step in set(STEPS) - allowed:
                with self.subTest(state=state, step=step), self.assert_refused(session.name):
                    getattr(session, step)()
            if state not in ("done", "cancelled"):
                session.action_cancel()

    def test_the_steps_record_who_and_when(self):
        session = self.brought_to("done")

        self.assertEqual(session.approver_id, self.anton)
        self.assertEqual(session.user_id, self.carla)
        self.assertTrue(session.started_at <= session.approved_at <= session.done_at)
        self.assertEqual(session.job_id.user_id, self.carla)

    def test_resuming_keeps_what_is_counted(self):
        session = self.brought_to("review")

        session.action_resume()

        line = self.line(session, self.bolt)
        self.assertEqual((session.state, line.counted_quantity), ("counting", 6))
        self.count(session, {line: 7}, self.lea)
        self.assertEqual(line.counted_quantity, 13)

    def test_nothing_counted_is_nothing_to_review(self):
        session = self.session()

        with self.assert_refused(session.name, "Nothing is counted"):
            session.action_review()

    def test_each_step_is_only_for_its_roles(self):
        controller, approver = {self.carla, self.sana}, {self.anton, self.sana}
        everybody = {self.karim, self.carla, self.anton, self.quentin, self.ada, self.sana}
        steps = (
            ("draft", "action_start", controller),
            ("counting", "action_review", controller),
            ("review", "action_resume", controller),
            ("review", "action_approve", approver),
            ("approved", "action_post", controller | approver),
            ("counting", "action_cancel", controller),
            ("counting", "action_zero_uncounted", controller),
            ("done", "action_retry_failed", controller | approver),
            ("done", "action_reverse", approver),
        )
        for state, step, allowed in steps:
            session = self.brought_to(state)
            for user in everybody - allowed:
                with (
                    self.subTest(step=step, user=user.login),
                    self.assert_refused(error=AccessError),
                ):
                    getattr(session.with_user(user), step)()
            if state not in ("done", "cancelled"):
                session.action_cancel()

    def test_who_counted_does_not_approve(self):
        session = self.brought_to("review")
        session.action_resume()
        self.count(session, {self.line(session, self.bolt): 7}, self.sana)
        session.action_review()

        with self.assert_refused(session.name, "another person"):
            session.with_user(self.sana).action_approve()

        session.with_user(self.anton).action_approve()
        self.assertEqual(session.state, "approved")

    def test_who_counted_approves_where_the_company_allows_it(self):
        self.company.stockex_approver_not_counter = False
        session = self.session()
        self.count(session, {self.line(session, self.bolt): 7}, self.sana)
        session.action_review()

        session.with_user(self.sana).action_approve()

        self.assertEqual((session.state, session.approver_id), ("approved", self.sana))

    def test_a_corrected_count_still_bars_its_author_from_approving(self):
        session = self.session()
        line = self.line(session, self.bolt)
        self.count(session, {line: 5}, self.sana)
        line.with_user(self.carla).sudo(False).action_recount()
        self.count(session, {line: 7})
        session.action_review()

        with self.assert_refused("another person"):
            session.with_user(self.sana).action_approve()

    def test_cancelling_leaves_the_stock_as_it_is(self):
        session = self.brought_to("approved")

        session.action_cancel()

        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 7)
        self.assertFalse(self.moves_of(session))

    def test_state_and_lines_are_set_by_the_flow_only(self):
        session = self.brought_to("review").with_user(self.sana)
        for vals in (
            {"state": "approved"},
            {"approver_id": self.anton.id},
            {"approved_at": "2026-01-01"},
            {"started_at": False},
            {"name": "X"},
            {"job_id": False},
            {"line_ids": [(5,)]},
        ):
            with self.subTest(vals=vals), self.assert_refused(error=AccessError):
                session.write(vals)
        with self.assert_refused(error=AccessError):
            session.copy({"state": "approved"})
        with self.assert_refused(error=AccessError):
            session.create({"state": "done"})

    def test_a_draft_is_written_deleted_and_copied_freely(self):
        draft = self.draft()
        draft.write({"title": "Spring", "location_ids": [(4, self.bin_b.id)]})
        copy = draft.copy()

        draft.unlink()

        self.assertFalse(draft.exists())
        self.assertEqual((copy.state, copy.title), ("draft", "Spring"))
        self.assertEqual(copy.location_ids, self.bin_a | self.bin_b)

    def test_reviewers_decide_about_lines_and_counters_do_not(self):
        session = self.brought_to("review")
        line = self.line(session, self.bolt)
        for user in (self.karim, self.anton, self.ada):
            mine = line.with_user(user).sudo(False)
            with self.assert_refused(error=AccessError):
                mine.action_recount()
            with self.assert_refused(error=AccessError):
                mine.action_accept()
        with self.assert_refused("Bolt", "needs no decision"):
            line.with_user(self.carla).sudo(False).action_accept()

    def test_nobody_counts_zero_while_others_review(self):
        session = self.brought_to("review")
        session.sudo().counter_ids |= self.anton
        line = self.line(session, self.bolt)

        for user in (self.karim, self.anton):
            with self.assert_refused():
                line.with_user(user).sudo(False).action_count_zero()
