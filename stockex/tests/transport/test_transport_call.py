import json
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...pure.transport.schedule import DEFAULT
from .fake_account import TransportCase, finished
from .receiver import answer, cut, hang

SENDER = "odoo.addons.stockex.models.transport.transport_sender"


@tagged("post_install", "-at_install")
class TestTransportCall(TransportCase):
    """The way of a call: waiting, tried, done or dead, retried or skipped."""

    def numbers(self, receiver):
        return [json.loads(request.body)["number"] for request in receiver.received]

    # --- Done ---

    def test_a_call_is_made_and_noted(self):
        receiver = self.receiver(answer(201, b'{"id": "x7"}'))
        call = self.post(self.account(receiver), 1, lane="a")

        self.assertEqual(self.send_due(), call)

        [request] = receiver.received
        self.assertEqual(json.loads(request.body), {"key": call.idempotency_key, "number": 1})
        self.assertEqual(request.headers["authorization"], "Bearer hunter22")
        self.assertRecordValues(
            call,
            [{"state": "done", "attempts": 1, "last_status": 201, "error": False, "claim": False}],
        )
        self.assertTrue(call.done_at)
        self.assertEqual(finished, [(1, "done")])

    def test_a_call_says_in_brief_what_it_tells(self):
        calls = self.post(self.account(None), 1, 2, 3)
        payloads = ({"type": "count.posted", "data": {}}, {"subject": "Go", "type": "x"}, ["a"])
        for call, payload in zip(calls, payloads, strict=True):
            call.payload = payload

        self.assertEqual(calls.mapped("summary"), ["count.posted", "Go", False])

    def test_an_attempt_keeps_request_and_answer_without_secrets(self):
        receiver = self.receiver(answer(200, b'{"echo": "hunter22", "zero": "\x00"}'))
        call = self.post(self.account(receiver), 1)

        self.send_due()

        attempt = call.attempt_ids
        self.assertRecordValues(attempt, [{"kind": "done", "status": 200, "error": False}])
        self.assertIn(f"POST {receiver.url}/hook\nAuthorization: •••\n", attempt.request)
        self.assertIn('"number": 1', attempt.request)
        self.assertIn('{"echo": "•••"', attempt.answer)
        self.assertNotIn("hunter22", attempt.request + attempt.answer)

    def test_what_is_done_is_not_sent_again(self):
        receiver = self.receiver()
        self.post(self.account(receiver), 1)

        self.send_due()
        self.let_pass()
        self.send_due()

        self.assertEqual(self.numbers(receiver), [1])

    def test_posting_wakes_the_sender_once_a_transaction(self):
        cron = self.env.ref("stockex.transport_send_cron")
        account = self.account(None)
        triggers = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])

        self.post(account, 1, 2)
        self.post(account, 3)
        self.env.cr.precommit.run()

        found = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self.assertEqual(found - triggers, 1)

    # --- Tried again ---

    def test_a_failed_call_comes_back_by_its_schedule_with_its_key(self):
        receiver = self.receiver(answer(500), answer(503), answer(200))
        call = self.post(self.account(receiver), 1)
        key = call.idempotency_key

        for tries, delay in enumerate(DEFAULT[:2], 1):
            self.send_due()
            waits = (call.due_at - fields.Datetime.now()).total_seconds()
            self.assertRecordValues(call, [{"state": "waiting", "attempts": tries}])
            self.assertTrue(delay - 3 <= waits <= delay * 1.2 + 1, waits)
            self.assertEqual(self.send_due(), self.calls)
            self.let_pass()
        self.send_due()

        self.assertRecordValues(call, [{"state": "done", "attempts": 3, "error": False}])
        self.assertEqual({json.loads(one.body)["key"] for one in receiver.received}, {key})
        self.assertEqual(call.attempt_ids.mapped("status"), [200, 503, 500])
        self.assertEqual(finished, [(1, "done")])

    def test_a_call_that_fails_to_the_end_becomes_a_dead_letter(self):
        tries = len(DEFAULT) + 1
        receiver = self.receiver(*[answer(500)] * (tries + 1))
        call = self.post(self.account(receiver), 1)

        for _try in range(tries + 2):
            self.send_due()
            self.let_pass()

        self.assertRecordValues(
            call,
            [
                {
                    "state": "dead",
                    "attempts": tries,
                    "last_status": 500,
                    "error": "HTTP 500 Internal Server Error",
                    "hint": "broken",
                }
            ],
        )
        self.assertEqual(len(receiver.received), tries)
        self.assertEqual(finished, [(1, "retry")])

    def test_nobody_comes_back_before_the_other_side_said(self):
        receiver = self.receiver(answer(429, headers=["Retry-After: 3600"]))
        account = self.account(receiver)
        call, other = self.post(account, 1, 2)

        self.send_due()

        soonest = fields.Datetime.now() + timedelta(seconds=3590)
        self.assertGreater(call.due_at, soonest)
        self.assertGreater(account.resting_until, soonest)
        self.assertEqual((other.attempts, self.numbers(receiver)), (0, [1]))

    def test_a_silent_receiver_is_tried_again_and_a_cut_line_too(self):
        for reaction, hint in ((hang, "too_slow"), (cut, "no_answer")):
            with self.subTest(hint=hint):
                call = self.post(self.account(self.receiver(reaction), timeout_s=1), 1)

                self.send_due()

                self.assertRecordValues(
                    call, [{"state": "waiting", "attempts": 1, "last_status": 0, "hint": hint}]
                )

    # --- Dead ---

    def test_a_refusal_is_a_dead_letter_that_says_what_to_do(self):
        for status, hint, text in (
            (400, "rejected", "The other side refuses this content."),
            (401, "unauthorised", "Enter them again in the account"),
            (302, "redirected", "Enter its new address"),
        ):
            with self.subTest(status=status):
                call = self.post(self.account(self.receiver(answer(status))), 1)

                self.send_due()

                self.assertRecordValues(
                    call, [{"state": "dead", "attempts": 1, "last_status": status, "hint": hint}]
                )
                self.assertIn(text, call.hint_text)

    def test_a_private_address_is_refused_unless_it_is_allowed(self):
        receiver = self.receiver()
        call = self.post(self.account(receiver, allow_private=False), 1)

        self.send_due()

        self.assertRecordValues(call, [{"state": "dead", "hint": "private_address"}])
        self.assertEqual(receiver.received, [])

    def test_an_account_that_is_not_set_up_says_so(self):
        receiver = self.receiver()
        call = self.post(self.account(receiver, token=False), 1)

        self.send_due()

        self.assertRecordValues(
            call,
            [
                {
                    "state": "dead",
                    "hint": "not_set_up",
                    "error": "“Alpha” lacks its secret “token”. Enter it.",
                }
            ],
        )
        self.assertEqual(receiver.received, [])

    @mute_logger(SENDER)
    def test_a_fault_of_ours_leaves_the_next_call_alone(self):
        receiver = self.receiver()
        account = self.account(receiver)
        broken = account._post_calls([{"payload": {"broken": True}}])
        sound = self.post(account, 2)

        self.send_due()

        self.assertRecordValues(
            broken, [{"state": "dead", "hint": "ours", "error": "ZeroDivisionError"}]
        )
        self.assertEqual(sound.state, "done")

    def test_a_call_that_may_have_arrived_is_not_repeated_where_that_does_harm(self):
        account = self.account(self.receiver(cut))
        self.patch(type(account), "_repeats_safely", False)
        call = self.post(account, 1)

        self.send_due()

        self.assertRecordValues(call, [{"state": "dead", "hint": "unknown_effect"}])
        self.assertIn("It may have arrived", call.hint_text)
