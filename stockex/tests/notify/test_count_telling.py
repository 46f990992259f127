from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CountCase


@tagged("post_install", "-at_install")
class TestCountTelling(CountCase):
    """Each step of a count is told once, with what a listener needs to go on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 70)
        cls.stock(cls.bolt, cls.bin_b, 5)

    def told(self, record, name):
        events = self.env["stockex.event"].search(
            [("name", "=", name), ("res_model", "=", record._name), ("res_id", "=", record.id)],
            order="id",
        )
        return events.mapped("payload")

    def counted(self, quantity=60):
        session = self.session(self.bin_a | self.bin_b)
        self.count(session, {self.line(session, self.bolt, self.bin_a): quantity})
        return session

    def test_a_new_count_is_told_and_its_copy_too(self):
        draft = self.draft(kind="cycle")
        copy = draft.copy()

        for session in (draft, copy):
            expected = {"session": session.name, "kind": "cycle", "controller": self.carla.login}
            self.assertEqual(self.told(session, "count.created"), [expected])

    def test_each_closing_is_told_with_how_much_was_counted(self):
        session = self.counted()

        session.action_review()
        session.action_resume()
        self.count(session, {self.line(session, self.bolt, self.bin_b): 5})
        session.action_review()

        self.assertEqual(
            self.told(session, "count.submitted"),
            [
                {"session": session.name, "lines": 2, "counted": 1},
                {"session": session.name, "lines": 2, "counted": 2},
            ],
        )

    def test_a_refused_closing_tells_nothing(self):
        session = self.session(self.bin_a)

        with self.assert_refused("Nothing is counted yet"):
            session.action_review()

        self.assertEqual(self.told(session, "count.submitted"), [])

    def test_lines_sent_back_are_told_as_one(self):
        session = self.counted()
        self.count(session, {self.line(session, self.bolt, self.bin_b): 7})
        session.action_review()

        session.line_ids.with_user(self.carla).action_recount()

        self.assertEqual(
            self.told(session, "count.recounted"), [{"session": session.name, "lines": 2}]
        )

    def test_a_count_that_sends_lines_back_by_itself_says_so_after_its_closing(self):
        self.env["stockex.count.tolerance"].create({"company_id": self.company.id, "quantity": 1})
        session = self.counted()
        session.auto_recount = True

        session.action_review()

        events = self.env["stockex.event"].search(
            [("res_model", "=", session._name), ("res_id", "=", session.id)], order="id"
        )
        self.assertEqual(events.mapped("name")[-2:], ["count.submitted", "count.recounted"])

    def test_a_cancelled_count_is_told_once(self):
        session = self.counted()

        session.action_cancel()
        with self.assertRaises(UserError):
            session.action_cancel()

        self.assertEqual(self.told(session, "count.cancelled"), [{"session": session.name}])

    def test_a_reversal_is_told_to_the_count_that_it_undoes_once_it_is_posted(self):
        session = self.counted()
        self.post(session)
        self.assertEqual(self.told(session, "count.reversed"), [])

        reversal = session.with_user(self.anton)._reverse(session.line_ids.filtered("move_id"), "x")

        expected = {"session": session.name, "reversal": reversal.name, "lines": 1}
        self.assertEqual(reversal.state, "done")
        self.assertEqual(self.told(session, "count.reversed"), [expected])
        self.assertEqual(self.told(reversal, "count.reversed"), [])
        # sudo: as the job does it.
        self.env["stockex.count.closing"]._close(reversal.sudo())
        self.assertEqual(self.told(session, "count.reversed"), [expected])

    def test_lines_that_cannot_be_posted_are_told_with_their_first_reason(self):
        session = self.counted()
        self.approve(session)
        posting = type(self.env["stockex.count.posting"])

        with patch.object(posting, "_make_moves", side_effect=UserError("The bin is locked.")):
            session.action_post()
            expected = {"session": session.name, "failed": 1, "first": "The bin is locked."}
            self.assertEqual(self.told(session, "count.posting_failed"), [expected])
            session.action_retry_failed()
            self.assertEqual(self.told(session, "count.posting_failed"), [expected])
        session.action_retry_failed()

        self.assertEqual(session.failed_count, 0)
        self.assertEqual(self.told(session, "count.posting_failed"), [expected])

    def test_a_job_that_fails_is_told(self):
        session = self.counted()
        self.approve(session)
        posting = type(self.env["stockex.count.posting"])

        with patch.object(posting, "_post_next", side_effect=UserError("No period is open.")):
            session.action_post()

        job = session.job_id
        self.assertEqual(
            self.told(job, "job.failed"),
            [{"job": job.name, "message": "No period is open.", "done": 0, "total": 1}],
        )
        session.action_post()
        self.assertEqual(session.job_id.state, "done")
        self.assertEqual(self.told(session.job_id, "job.failed"), [])
