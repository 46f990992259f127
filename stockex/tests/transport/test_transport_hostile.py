import json
from types import SimpleNamespace
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.transport import sending
from ...models.transport.sending import Flight
from ...pure.transport.outcome import Kind, Outcome
from .fake_account import TransportCase
from .receiver import answer


@tagged("post_install", "-at_install")
class TestTransportHostile(TransportCase):
    """Answers, rates and addons that nobody expects: no call gets stuck, no secret gets out."""

    def saying(self, text):
        """Let accounts repeat what the other side said, as adapters do."""
        outcome = Outcome(Kind.REJECTED, f"They say: {text}", reference=text)
        stood_in = patch.object(
            type(self.accounts), "_read_answer", lambda *_arguments: outcome, create=True
        )
        stood_in.start()
        self.addCleanup(stood_in.stop)

    def test_words_that_no_database_takes_still_end_the_call(self):
        self.saying(json.loads('"a\\u0000b \\ud800 c"'))
        call = self.post(self.account(self.receiver(answer(400))), 1)

        self.send_due()

        self.assertEqual((call.state, call.claim), ("dead", False))
        self.assertEqual(call.error, "They say: a\ufffdb \ufffd c")
        self.assertEqual(call.reference, "a\ufffdb \ufffd c")
        self.assertEqual(call._account().last_error, "They say: a\ufffdb \ufffd c")

    def test_an_answer_that_repeats_a_secret_shows_it_nowhere(self):
        self.saying("no such token: hunter22")
        call = self.post(self.account(self.receiver(answer(400, b"hunter22?"))), 1)

        self.send_due()

        shown = [*call.read(), *call.attempt_ids.read(), *call._account().read()]
        self.assertNotIn("hunter22", str(shown))
        self.assertEqual(call.error, "They say: no such token: •••")

    def test_another_rate_holds_at_once(self):
        receiver = self.receiver()
        account = self.account(receiver, rate_count=1, rate_period_s=86_400)
        self.post(account, 1, 2, 3)
        self.send_due()
        self.assertEqual(len(receiver.received), 1)

        account.write({"rate_count": 100, "rate_period_s": 60})
        self.send_due()

        self.assertEqual(len(receiver.received), 3)

    def test_calls_of_an_addon_that_is_gone_are_refused_in_words(self):
        call = self.post(self.account(None), 1)
        call.write({"account_model": "stockex.gone.account", "state": "dead"})

        with self.assertRaisesRegex(UserError, "“Alpha” does not exist any more"):
            call.with_user(self.sana).action_retry()
        with self.assertRaisesRegex(UserError, "“Alpha” does not exist any more"):
            call.with_user(self.sana).action_open_account()
        self.assertEqual(call.state, "dead")

        call.with_user(self.sana).action_skip()
        self.assertEqual(call.state, "skipped")

    # --- A server that fails ---

    def fly(self, call, **changes):
        """Make a call in a thread of its own, with the test's transaction."""
        landed = []
        plane = SimpleNamespace(dbname=self.env.cr.dbname, landed=landed.append)
        call.claim = "mine"
        with (
            patch.object(sending, "in_env", lambda _dbname, work: work(self.env)),
            patch.object(type(self.sender), "_note_attempt", side_effect=ZeroDivisionError),
            patch.multiple(type(self.accounts), create=True, **changes),
            self.assertLogs("odoo.addons.stockex.models.transport.sending", "ERROR"),
        ):
            self.env.flush_all()
            Flight(plane, call.id, "mine").run()
        self.assertEqual(len(landed), 1)
        self.env.invalidate_all()

    def test_a_call_whose_end_cannot_be_noted_is_tried_again(self):
        receiver = self.receiver()
        call = self.post(self.account(receiver), 1)

        self.fly(call, _repeats_safely=True)

        self.assertEqual((call.state, call.claim, call.attempts), ("waiting", False, 1))
        self.assertEqual((call.error, call.hint), ("this server failed", "ours"))
        self.assertGreater(call.due_at, fields.Datetime.now())
        self.let_pass()
        self.send_due()
        self.assertEqual(call.state, "done")
        keys = {json.loads(request.body)["key"] for request in receiver.received}
        self.assertEqual((len(receiver.received), keys), (2, {call.idempotency_key}))

    def test_what_cannot_be_repeated_becomes_a_dead_letter_that_says_so(self):
        receiver = self.receiver()
        call = self.post(self.account(receiver), 1)

        self.fly(call, _repeats_safely=False)

        self.assertEqual((call.state, call.claim), ("dead", False))
        self.assertEqual(call.hint, "unknown_effect")
        self.assertEqual(len(receiver.received), 1)
