from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...pure.transport.request import Request
from .fake_account import TransportCase
from .receiver import answer, hang


@tagged("post_install", "-at_install")
class TestTransportAccount(TransportCase):
    """Who may set what, what is never shown, and how an account is doing."""

    # --- Secrets ---

    def test_a_secret_is_written_and_never_read_back(self):
        account = self.account(None).with_user(self.carla)

        saved = account.web_save({"token": "fresh-one"}, {"token": {}, "name": {}})

        self.assertEqual(saved, [{"id": account.id, "token": False, "name": "Alpha"}])
        self.assertEqual(account.read(["token"])[0]["token"], False)
        self.assertEqual(account._secret("token"), "fresh-one")
        with self.assertRaises(AccessError):
            self.env["stockex.secret"].with_user(self.carla).search([])

    def test_saving_without_a_secret_keeps_it(self):
        account = self.account(None)

        account.write({"name": "Beta", "token": False})

        self.assertEqual(account._secret("token"), "hunter22")

    def test_secrets_go_with_their_account_and_follow_its_company(self):
        self.add_other_company()
        account = self.account(None)
        secrets = self.env["stockex.secret"].search(
            [("res_model", "=", account._name), ("res_id", "=", account.id)]
        )

        account.company_id = self.other_company
        self.assertEqual(secrets.company_id, self.other_company)
        account.unlink()

        self.assertFalse(secrets.exists())

    def test_what_an_account_that_is_deleted_had_to_send_is_skipped(self):
        account = self.account(self.receiver())
        done = self.post(account, 1)
        self.send_due()
        waiting = self.post(account, 2)

        account.unlink()

        self.assertEqual((done.state, waiting.state), ("done", "skipped"))
        self.assertEqual(waiting.error, "The account was deleted.")
        self.assertEqual(self.send_due(), self.calls)

    # --- Private addresses ---

    def test_only_a_suite_administrator_allows_private_addresses(self):
        vals = {"name": "Mine", "company_id": self.company.id}
        account = self.accounts.with_user(self.carla).create(vals)

        with self.assertRaisesRegex(AccessError, "Only a suite administrator"):
            account.allow_private = True
        with self.assertRaisesRegex(AccessError, "Only a suite administrator"):
            self.accounts.with_user(self.carla).create({**vals, "allow_private": True})
        self.assertFalse(account.allow_private)

        account.with_user(self.sana).allow_private = True
        self.assertTrue(account.allow_private)

    @mute_logger("odoo.sql_db")
    def test_limits_that_make_no_sense_are_refused(self):
        for vals in ({"timeout_s": 0}, {"timeout_s": 61}, {"rate_count": -1}, {"rate_period_s": 0}):
            with self.subTest(vals=vals), self.assertRaises(CheckViolation), self.cr.savepoint():
                self.account(None, **vals)
                self.env.flush_all()

    # --- At once ---

    def test_asking_returns_any_answer(self):
        account = self.account(self.receiver(answer(404, b"no")))

        got = account._ask(Request("GET", "/me"))

        self.assertEqual((got.status, got.text()), (404, "no"))

    def test_asking_in_vain_says_why_without_secrets(self):
        account = self.account(self.receiver(hang), timeout_s=1)

        with self.assertRaisesRegex(
            UserError, r"“Alpha” could not be reached \(no answer within 1 s\)\. The other side"
        ) as caught:
            account._ask(Request("GET", "/me?token=hunter22"))

        self.assertNotIn("hunter22", str(caught.exception))

    # --- Health ---

    def test_success_and_failure_leave_their_trace(self):
        account = self.account(self.receiver(answer(500), answer(500), answer(200)))
        call = self.post(account, 1)

        self.send_due()
        since = account.failing_since
        self.assertTrue(since)
        self.assertEqual(account.last_error, "HTTP 500 Internal Server Error")
        self.assertGreater(account.resting_until, fields.Datetime.now())
        self.assertEqual(self.accounts.search([("failing_since", "!=", False)]), account)
        self.let_pass()
        self.send_due()
        self.assertEqual(account.failing_since, since)
        self.let_pass()
        self.send_due()

        self.assertEqual(call.state, "done")
        self.assertFalse(account.failing_since or account.last_error or account.resting_until)
        self.assertTrue(account.last_success_at)
        self.assertEqual(self.accounts.search([("failing_since", "=", False)]), account)

    def test_a_refused_call_says_nothing_about_the_others(self):
        receiver = self.receiver(answer(400))
        account = self.account(receiver)
        self.post(account, 1, 2)

        self.send_due()

        self.assertEqual(len(receiver.received), 2)
        self.assertFalse(account.resting_until)

    def test_an_account_that_is_turned_off_sends_nothing_until_it_is_turned_on(self):
        receiver = self.receiver()
        account = self.account(receiver)
        call = self.post(account, 1)

        account.active = False
        self.assertEqual(self.send_due(), self.calls)
        self.assertEqual((call.state, receiver.received), ("waiting", []))
        account.active = True
        self.send_due()

        self.assertEqual(call.state, "done")

    def test_an_account_counts_what_waits_and_what_is_dead(self):
        account, other = self.account(None), self.account(None, name="Beta")
        calls = self.post(account, 1, 2, 3) | self.post(other, 4)
        calls[0].state = "dead"

        self.assertEqual((account.waiting_count, account.dead_count), (2, 1))
        self.assertEqual((other.waiting_count, other.dead_count), (1, 0))
        self.assertEqual(
            self.calls.search(account.action_open_calls()["domain"], order="id"), calls[:3]
        )

    # --- Rates ---

    def test_a_rate_is_kept(self):
        receiver = self.receiver()
        account = self.account(receiver, rate_count=2, rate_period_s=3600)
        self.post(account, 1, 2, 3)
        other_family = self.post(account, 4, family="other")

        self.send_due()

        self.assertEqual(len(receiver.received), 3)
        self.assertEqual(other_family.state, "done")
        self.assertEqual((account.waiting_count, account.dead_count), (1, 0))

    def test_a_rate_that_was_slower_before_holds_nobody_up_for_longer_than_a_period(self):
        account = self.account(self.receiver(), rate_count=1, rate_period_s=86400)
        self.post(account, 1, 2)
        self.send_due()
        bucket = self.env["stockex.transport.bucket"]
        key = (account._name, account.id)
        now = self.env["stockex.transport.claim"]._now().timestamp()

        account.rate_period_s = 10

        self.assertLessEqual(bucket._take(self.env.cr, key, "default", (1, 10), now), 10)

    # --- Old ---

    def test_old_calls_go_and_others_stay(self):
        account = self.account(None)
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("stockex.transport_keep_days", "10")
        parameters.set_param("stockex.transport_keep_dead_days", "20")
        calls = self.post(account, *range(7))
        states = ["done", "done", "skipped", "dead", "dead", "waiting", "done"]
        ages = [11, 9, 11, 19, 21, 400, 400]
        for call, state, age in zip(calls, states, ages, strict=True):
            at = fields.Datetime.now() - timedelta(days=age)
            call.write({"state": state, "done_at": state != "waiting" and at, "due_at": at})

        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *_args: 1)
        self.calls._cron_clean()

        kept = calls.exists()
        self.assertEqual(kept.mapped("payload"), [{"number": one} for one in (1, 3, 5)])
