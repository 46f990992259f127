import json

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .fake_account import TransportCase
from .receiver import answer


@tagged("post_install", "-at_install")
class TestTransportDeciding(TransportCase):
    """The order of a lane, and people who retry and skip."""

    def numbers(self, receiver):
        return [json.loads(request.body)["number"] for request in receiver.received]

    # --- Lanes ---

    def test_a_lane_keeps_its_order_and_another_goes_on(self):
        receiver = self.receiver(answer(500))
        account = self.account(receiver)
        self.post(account, 1, 2, 3, lane="a")
        self.post(account, 11, 12, lane="b")

        self.send_due()
        self.assertEqual(self.numbers(receiver), [1])
        self.env.cr.execute("UPDATE stockex_transport_health SET resting_until = NULL")
        self.send_due()
        self.assertEqual(self.numbers(receiver), [1, 11, 12])
        self.let_pass()
        self.send_due()

        self.assertEqual(self.numbers(receiver), [1, 11, 12, 1, 2, 3])

    def test_what_waits_behind_a_retry_waits_as_long(self):
        first, second = self.post(self.account(self.receiver(answer(500))), 1, 2, lane="a")

        self.send_due()

        self.assertEqual(second.due_at, first.due_at)
        self.assertGreater(second.due_at, fields.Datetime.now())

    def test_a_dead_letter_does_not_block_its_lane(self):
        receiver = self.receiver(answer(400))
        first, second = self.post(self.account(receiver), 1, 2, lane="a")

        self.send_due()

        self.assertEqual((first.state, second.state), ("dead", "done"))
        self.assertEqual(self.numbers(receiver), [1, 2])

    def test_lanes_of_two_accounts_know_nothing_of_each_other(self):
        bad, good = self.receiver(answer(500)), self.receiver()
        self.post(self.account(bad), 1, lane="a")
        self.post(self.account(good), 2, lane="a")

        self.send_due()

        self.assertEqual((self.numbers(bad), self.numbers(good)), ([1], [2]))

    # --- A person decides ---

    def test_an_administrator_retries_a_dead_letter(self):
        receiver = self.receiver(answer(400))
        call = self.post(self.account(receiver), 1)
        self.send_due()

        call.with_user(self.sana).action_retry()
        self.assertRecordValues(
            call, [{"state": "waiting", "attempts": 0, "error": False, "done_at": False}]
        )
        self.send_due()

        self.assertEqual((call.state, self.numbers(receiver)), ("done", [1, 1]))
        self.assertEqual(len(call.attempt_ids), 2)

    def test_a_skipped_call_is_never_made_and_lets_the_next_go(self):
        receiver = self.receiver(answer(500))
        first, second = self.post(self.account(receiver), 1, 2, lane="a")
        self.send_due()
        self.env.cr.execute("UPDATE stockex_transport_health SET resting_until = NULL")

        first.with_user(self.sana).action_skip()
        self.send_due()

        self.assertEqual((first.state, second.state), ("skipped", "done"))
        self.assertEqual(self.numbers(receiver), [1, 2])

    def test_what_is_done_or_on_its_way_is_left_alone(self):
        receiver = self.receiver()
        account = self.account(receiver)
        done = self.post(account, 1)
        self.send_due()
        flying = self.post(account, 2)
        flying.claim = "x"
        self.assertEqual((done.state, flying.state), ("done", "waiting"))

        for call in (done, flying):
            for action in ("action_retry", "action_skip"):
                with self.assertRaisesRegex(UserError, "is done or on its way"):
                    getattr(call.with_user(self.sana), action)()
        self.assertEqual((done.state, flying.state), ("done", "waiting"))

    def test_only_who_may_change_the_account_decides(self):
        self.add_other_company()
        call = self.post(self.account(None), 1)
        self.omar.group_ids += self.env.ref("stockex.group_suite_admin")

        for user in (self.karim, self.carla, self.omar):
            with self.assertRaises(AccessError):
                call.with_user(user).action_skip()
        self.env["ir.model.access"].search(
            [("model_id", "=", self.env["ir.model"]._get_id("stockex.test.account"))]
        ).perm_write = False
        with self.assertRaisesRegex(AccessError, "whoever may change that account"):
            call.with_user(self.sana).action_skip()

        self.assertEqual(call.state, "waiting")

    def test_the_span_begins_at_the_oldest_dead_letter_of_the_account(self):
        account, other = self.account(None), self.account(None, name="Beta")
        calls = self.post(account, 1, 2) | self.post(other, 3)
        calls.write({"state": "dead", "done_at": "2026-01-05 10:00:00"})
        calls[0].done_at = "2025-12-24 08:30:00"
        replays = self.env["stockex.transport.replay"].with_user(self.sana)

        counts = [
            replays.with_context(default_account_model=account._name, default_account_id=one.id)
            .create({})
            .count
            for one in (account, other)
        ]

        self.assertEqual(counts, [2, 1])
        self.assertEqual(replays.create({}).since, calls[0].done_at)

    def test_a_span_of_dead_letters_is_retried(self):
        account, other = self.account(self.receiver(answer(400))), self.account(None, name="Beta")
        calls = self.post(account, 1, 2, 3) | self.post(other, 4)
        calls.write({"state": "dead", "done_at": "2026-03-02 10:00:00"})
        calls[0].done_at = "2026-03-01 10:00:00"
        replay = (
            self.env["stockex.transport.replay"]
            .with_user(self.sana)
            .create(
                {
                    "account_model": account._name,
                    "account_id": account.id,
                    "since": "2026-03-02 00:00:00",
                    "until": "2026-03-03 00:00:00",
                }
            )
        )

        self.assertEqual(replay.count, 2)
        replay.action_retry()

        self.assertEqual(calls.mapped("state"), ["dead", "waiting", "waiting", "dead"])
        # In the reader's hours, as the form shows them.
        self.sana.tz = "Europe/Paris"
        with self.assertRaisesRegex(
            UserError, r"between 03/02/2026 0?1:00:00\sAM and 03/03/2026 0?1:00:00\sAM\."
        ):
            replay.action_retry()
