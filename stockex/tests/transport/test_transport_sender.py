from contextlib import suppress

from odoo.exceptions import AccessError
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged

from ...models.transport.transport_claim import PARALLEL
from .fake_account import TransportCase
from .receiver import answer


@tagged("post_install", "-at_install")
class TestTransportSender(TransportCase):
    """Which call is chosen, and what happens to those whose sender died."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.claims = cls.env["stockex.transport.claim"]

    def claim(self, doubtful_limit=8):
        self.env.flush_all()
        claimed = self.claims._claim(self.env.cr, self.claims._now(), doubtful_limit)
        self.env.invalidate_all()
        return self.calls.browse(claimed[0]) if claimed else self.calls

    def prove(self, account):
        """Let an account have answered quickly before."""
        self.env.cr.execute(
            """UPDATE stockex_transport_health
                  SET last_success_at = now(), last_duration_s = 0.1, failures = 0
                WHERE account_model = %s AND account_id = %s""",
            (account._name, account.id),
        )

    def test_the_oldest_due_call_is_chosen_once(self):
        first, second = self.post(self.account(None), 1, 2)
        self.prove(first._account())

        self.assertEqual([self.claim(), self.claim(), self.claim()], [first, second, self.calls])

        self.assertEqual(len({first.claim, second.claim}), 2)
        self.assertTrue(first.claim)

    def test_a_proven_account_gets_several_at_once_and_a_new_one_a_single_one(self):
        proven, new = self.account(None), self.account(None, name="New")
        self.prove(proven)
        self.post(proven, *range(PARALLEL + 2))
        self.post(new, 1, 2)

        claimed = [self.claim() for _call in range(PARALLEL + 4)]

        by_account = [call.account_id for call in claimed if call]
        self.assertEqual(by_account.count(proven.id), PARALLEL)
        self.assertEqual(by_account.count(new.id), 1)

    def test_failing_and_slow_accounts_leave_room_for_the_others(self):
        doubtful = [self.account(None, name=f"New {number}") for number in range(5)]
        proven = self.account(None, name="Proven")
        self.prove(proven)
        for account in doubtful:
            self.post(account, 1)
        claimed = [self.claim(doubtful_limit=2) for _call in range(6)]
        self.assertEqual(len([call for call in claimed if call]), 2)

        late = self.post(proven, 9)

        self.assertEqual(self.claim(doubtful_limit=2), late)

    def test_a_slow_account_gets_one_at_a_time(self):
        account = self.account(None)
        self.prove(account)
        self.env.cr.execute("UPDATE stockex_transport_health SET last_duration_s = 20")
        first, _second = self.post(account, 1, 2)

        self.assertEqual([self.claim(), self.claim()], [first, self.calls])

    def test_a_lane_is_on_its_way_once_only(self):
        account = self.account(None)
        self.prove(account)
        first, _second, other = (
            *self.post(account, 1, 2, lane="a"),
            self.post(account, 3, lane="b"),
        )

        self.assertEqual([self.claim(), self.claim(), self.claim()], [first, other, self.calls])

    def test_what_is_not_due_yet_is_not_chosen(self):
        account = self.account(None)
        self.post(account, 1, due_at="2999-01-01")

        self.assertFalse(self.claim())

    def test_many_blocked_lanes_do_not_slow_the_choice_down(self):
        bad, good = self.account(None, name="Bad"), self.account(None)
        bad._post_calls([{"payload": {}, "lane": "a"} for _number in range(3000)])
        self.env.flush_all()
        head = self.calls.search([("account_id", "=", bad.id)], order="id", limit=1)
        head.due_at = "2999-01-01"
        head._move_lane(head.due_at)
        late = self.post(good, 1)
        self.env.flush_all()
        self.env.cr.execute("ANALYZE stockex_transport_call")

        self.env.cr.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + self.choice())
        [plan] = self.env.cr.fetchone()

        self.assertLess(plan[0]["Execution Time"], 50)
        self.assertEqual(self.claim(), late)

    def choice(self):
        query = self.claims._choice(self.claims._now(), 8)
        return self.env.cr.mogrify(query.code, query.params).decode()

    # --- A sender that died ---

    def test_what_a_dead_sender_was_making_is_made_again_with_its_key(self):
        receiver = self.receiver()
        call = self.post(self.account(receiver), 1)
        key = call.idempotency_key
        self.claim()
        self.assertEqual(self.send_due(), self.calls)

        self.assertEqual(self.sender._recover(), call)
        self.send_due()

        self.assertRecordValues(call, [{"state": "done", "idempotency_key": key, "claim": False}])
        self.assertIn(key.encode(), receiver.received[0].body)

    def test_where_repeating_does_harm_a_person_looks_first(self):
        receiver = self.receiver()
        account = self.account(receiver)
        self.patch(type(account), "_repeats_safely", False)
        call = self.post(account, 1)
        self.claim()

        self.sender._recover()

        self.assertRecordValues(
            call,
            [{"state": "dead", "hint": "unknown_effect", "error": "the server was stopped"}],
        )
        self.assertEqual((receiver.received, len(call.attempt_ids)), ([], 1))

    def test_an_answer_that_cannot_be_read_is_no_reason_to_send_again(self):
        receiver = self.receiver(answer(200), answer(200))
        account = self.account(receiver)

        def broken(_self, _call, _answer):
            raise KeyError("id")

        self.patch(type(account), "_read_answer", broken)
        call = self.post(account, 1)

        with self.assertLogs("odoo.addons.stockex.models.transport.transport_sender", "ERROR"):
            self.send_due()
        self.send_due()

        self.assertRecordValues(call, [{"state": "dead", "hint": "unknown_effect"}])
        self.assertEqual(len(receiver.received), 1)

    def test_a_reaction_that_fails_undoes_nothing(self):
        account = self.account(self.receiver())

        def broken(self, call, outcome):
            self.name = "Gone"
            raise KeyError("id")

        self.patch(type(account), "_call_finished", broken)
        call = self.post(account, 1)

        with self.assertLogs("odoo.addons.stockex.models.transport.transport_sender", "ERROR"):
            self.send_due()

        self.assertEqual((call.state, account.name), ("done", "Alpha"))

    # --- Who sees what ---

    def test_only_administrators_of_the_company_see_calls(self):
        self.add_other_company()
        self.omar.group_ids += self.env.ref("stockex.group_suite_admin")
        call = self.post(self.account(self.receiver()), 1)
        self.send_due()

        for record in (call, call.attempt_ids):
            model = self.env[record._name]
            self.assertEqual(model.with_user(self.sana).search([]), record)
            self.assertFalse(model.with_user(self.omar).search([]))
            with self.assertRaises(AccessError):
                model.with_user(self.karim).search([])
            # Where controllers have accounts of their own they see the calls of these.
            with suppress(AccessError):
                self.assertFalse(model.with_user(self.carla).search([]))
            with self.assertRaises(AccessError):
                record.with_user(self.sana).unlink()
        with self.assertRaises(AccessError):
            call.with_user(self.sana).write({"state": "skipped"})

    def test_a_neutralised_copy_sends_nothing(self):
        call = self.post(self.account(None), 1)
        self.env.flush_all()

        for query in get_neutralization_queries(["stockex"]):
            self.env.cr.execute(query)
        self.env.invalidate_all()

        self.assertEqual(call.state, "skipped")
        self.assertFalse(self.claim())
