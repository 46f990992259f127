from odoo.exceptions import AccessError
from odoo.tests import tagged

from .service_case import SIGNING, TOKEN, ServiceCase

NEW_TOKEN = "123456789:AAanother-s3cret-another"
TAKEN = (200, {"ok": True, "result": {"message_id": 7}})
DOWN = (503, {"ok": False, "error_code": 503, "description": "Service Unavailable"})
BLOCKED = (403, {"ok": False, "description": "Forbidden: bot was blocked by the user"})


@tagged("post_install", "-at_install")
class TestNotifyServiceOutbox(ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What earlier tests left in the outbox is none of these tests' business.
        cls.env["stockex.transport.call"].search([]).write({"state": "skipped"})
        cls.hook = cls.make_service(
            "Hook", "webhook", secret=SIGNING, url="https://example.com/hook-s3cret"
        )

    def test_a_message_goes_out_with_what_the_service_calls_it(self):
        self.wire({"telegram": TAKEN})
        call = self.post(self.telegram)

        self.send_due()

        self.assertEqual((call.state, call.reference, call.attempts), ("done", "7", 1))
        self.assertEqual(self.telegram.state, "ready")
        self.assertTrue(self.telegram.last_success_at)

    def test_a_service_that_is_down_loses_nothing_and_delays_only_itself(self):
        self.wire({"telegram": DOWN, "example.com": (204, {})})
        slow, good = self.post(self.telegram), self.post(self.hook)

        self.send_due()

        self.assertEqual((slow.state, slow.attempts, good.state), ("waiting", 1, "done"))
        self.assertEqual((self.telegram.state, self.hook.state), ("resting", "ready"))
        self.assertEqual(self.telegram.waiting_count, 1)

    def test_what_waits_is_sent_with_the_credential_of_that_moment(self):
        requests = self.wire({"telegram": TAKEN})
        call = self.post(self.telegram)

        self.set_credentials(self.telegram, token=NEW_TOKEN)
        self.send_due()

        self.assertEqual(call.state, "done")
        self.assertEqual(
            [request.url for request in requests],
            [f"https://api.telegram.org/bot{NEW_TOKEN}/sendMessage"],
        )

    def test_without_credentials_a_message_is_kept_until_they_are_there(self):
        requests = self.wire({"telegram": TAKEN})
        bare = self.make_service("Bare", "telegram")
        call = self.post(bare)

        self.send_due()

        self.assertEqual(
            (call.state, call.hint, call.error),
            (
                "dead",
                "not_set_up",
                "“Bare” cannot send yet. Enter what is missing: Bot token.",
            ),
        )
        self.assertEqual(requests, [])

        self.set_credentials(bare, token=TOKEN)
        call.with_user(self.sana).action_retry()
        self.send_due()

        self.assertEqual(call.state, "done")

    def test_a_dead_letter_says_what_to_do(self):
        self.wire({"telegram": BLOCKED})
        call = self.post(self.telegram)

        self.send_due()

        self.assertEqual((call.state, call.hint), ("dead", "unsubscribed"))
        self.assertTrue(call.hint_text.startswith("The reader stopped or blocked the sender."))
        self.assertEqual(self.telegram.state, "ready")
        self.assertEqual(self.telegram.dead_count, 1)

    def test_what_is_kept_of_a_call_holds_no_secret(self):
        self.wire({"telegram": DOWN, "example.com": (401, {"seen": "hook-s3cret"})})
        calls = self.post(self.telegram) | self.post(self.hook)

        self.send_due()

        attempts = calls.attempt_ids
        self.assertEqual(len(attempts), 2)
        kept = str(attempts.read()) + str(calls.read())
        self.assertIn("POST https://api.telegram.org/", kept)
        self.assertNotIn("AAtelegram-s3cret", kept)
        self.assertNotIn("https://example.com/hook-s3cret", kept)
        self.assertNotIn(SIGNING, kept)

    def test_a_counter_neither_reads_nor_retries_what_was_sent(self):
        self.wire({"telegram": BLOCKED})
        call = self.post(self.telegram)
        self.send_due()

        for use in (
            lambda: call.with_user(self.karim).read(["payload"]),
            lambda: call.with_user(self.karim).action_retry(),
        ):
            with self.assertRaises(AccessError):
                use()

        self.assertEqual((call.state, call.attempts), ("dead", 1))

    def test_a_service_that_is_deleted_gives_up_what_waits(self):
        self.wire({"telegram": DOWN})
        call = self.post(self.telegram)
        self.send_due()

        self.telegram.with_user(self.sana).unlink()

        self.assertEqual(call.state, "skipped")
