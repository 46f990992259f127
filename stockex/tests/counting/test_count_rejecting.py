from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import CountCase


@tagged("post_install", "-at_install")
class TestCountRejecting(CountCase):
    def reviewed(self):
        self.stock(self.bolt, self.bin_a, 5)
        session = self.session()
        self.count(session, {self.line(session, self.bolt): 4})
        session.with_user(self.carla).action_review()
        return session

    def test_an_approver_sends_a_count_back_and_what_is_counted_stays(self):
        session = self.reviewed()

        wizard = self.env["stockex.count.reject"].with_user(self.anton)
        wizard.create({"session_id": session.id, "reason": "Look behind A-01"}).action_reject()

        self.assertEqual(session.state, "counting")
        self.assertEqual(session.line_ids.counted_quantity, 4)
        self.assertIn("Look behind A-01", session.message_ids[:1].body)
        event = self.env["stockex.event"].search([("name", "=", "count.rejected")])
        self.assertEqual(
            event.payload,
            {"session": session.name, "approver": self.anton.login, "reason": "Look behind A-01"},
        )

    def test_only_approvers_reject_only_in_review_and_only_with_a_reason(self):
        session = self.reviewed()

        with self.assert_refused("Approver", error=AccessError):
            session.with_user(self.carla)._reject("No")
        with self.assert_refused("Say why"):
            session.with_user(self.anton)._reject("  ")
        session.with_user(self.carla).action_resume()
        with self.assert_refused("is in state"):
            session.with_user(self.anton)._reject("Too late")
