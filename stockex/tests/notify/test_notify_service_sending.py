from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from odoo.addons.mail.tests.common import MockEmail
from odoo.addons.sms.tools.sms_api import SmsApi

from ...pure.transport.outcome import Kind
from ...pure.transport.request import Answer
from .service_case import SIGNING, TOKEN, ServiceCase

TAKEN = {"ok": True, "result": {"message_id": 7}}
BLOCKED = {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}
REFUSED = {"ok": False, "error_code": 401, "description": "Unauthorized"}


@tagged("post_install", "-at_install")
class TestNotifyServiceSending(ServiceCase, MockEmail):
    def notice(self, service, user=None):
        """Press the button; return what is shown."""
        params = service.with_user(user or self.sana).action_test()["params"]
        return params["type"], params["message"]

    def gateway(self, state):
        """Let Odoo's SMS gateway answer every message so."""

        def send(_api, messages, **_options):
            return [
                {"uuid": number["uuid"], "state": state, "credit": 1}
                for message in messages
                for number in message["numbers"]
            ]

        return patch.object(SmsApi, "_send_sms_batch", send)

    # --- From a call to a request and from an answer to an outcome ---

    def test_a_call_becomes_a_request_at_the_usual_address(self):
        call = self.post(self.telegram)

        request = self.telegram._prepare_request(call)

        self.assertEqual(request.url, f"https://api.telegram.org/bot{TOKEN}/sendMessage")
        self.assertEqual(request.json["chat_id"], "42")
        self.assertEqual(request.json["text"], "<b>Posted</b>\n12 lines")

    def test_a_call_keeps_its_key_over_every_try(self):
        hook = self.make_service("Hook", "webhook", secret=SIGNING, url="https://example.com/a?b=c")
        call = self.post(hook)

        first = hook._prepare_request(call)
        with freeze_time(fields.Datetime.now() + timedelta(hours=3)):
            second = hook._prepare_request(call)

        self.assertEqual(first.headers["webhook-id"], call.idempotency_key)
        self.assertEqual(second.headers["webhook-id"], call.idempotency_key)
        self.assertEqual(first.body, second.body)
        self.assertNotEqual(first.headers["webhook-timestamp"], second.headers["webhook-timestamp"])

    def test_an_address_of_the_own_network_stands_in_for_any_service(self):
        hook = self.make_service("Hook", "webhook", secret=SIGNING, url="https://example.com/a?b=c")
        (self.telegram | hook).write({"base_url": "http://127.0.0.1:8099/", "allow_private": True})

        urls = [one._prepare_request(self.post(one)).url for one in self.telegram | hook]

        self.assertEqual(
            urls,
            [f"http://127.0.0.1:8099/bot{TOKEN}/sendMessage", "http://127.0.0.1:8099/a?b=c"],
        )

    def test_a_shared_service_posts_to_its_own_address(self):
        group = self.make_service(
            "Group", "telegram", vals={"shared": True, "address": "-100123"}, token=TOKEN
        )

        request = group._prepare_request(self.post(group, recipient=""))

        self.assertEqual(request.json["chat_id"], "-100123")

    def test_a_call_of_a_service_without_credentials_says_what_is_missing(self):
        bare = self.make_service("Bare", "telegram")

        with self.assertRaisesRegex(
            UserError, "“Bare” cannot send yet. Enter what is missing: Bot token."
        ):
            bare._prepare_request(self.post(bare))

    def test_a_huge_text_is_sent_short(self):
        request = self.telegram._prepare_request(self.post(self.telegram, text="x" * 2_000_000))

        self.assertLessEqual(len(request.json["text"]), 4096 + len("<b></b>"))
        self.assertTrue(request.json["text"].endswith("…"))

    def test_an_outcome_never_says_a_secret_that_the_answer_repeats(self):
        answer = Answer(400, {}, b'{"ok":false,"description":"no bot %s"}' % TOKEN.encode(), 0.1)

        outcome = self.telegram._read_answer(self.post(self.telegram), answer)

        self.assertEqual(outcome.kind, Kind.REJECTED)
        self.assertEqual(outcome.message, "Telegram: no bot •••")

    def test_each_trouble_of_the_services_has_its_advice(self):
        texts = self.telegram._hint_texts()

        for hint in ("address", "unsubscribed", "sender", "no_credit", "unauthorised"):
            self.assertTrue(texts[hint].endswith("."), hint)

    # --- The button ---

    def test_a_test_that_arrives_says_so(self):
        requests = self.answers(200, TAKEN)
        self.telegram.test_address = "99"

        kind, text = self.notice(self.telegram)

        self.assertEqual(
            (kind, text), ("success", "Telegram took the message. Look whether it arrived.")
        )
        self.assertEqual([request.json["chat_id"] for request in requests], ["99"])
        self.assertIn("“Bot” of Maison Dupont reaches you", requests[0].json["text"])

    def test_a_test_that_fails_says_why_and_what_to_do(self):
        self.answers(403, BLOCKED)
        self.telegram.test_address = "99"

        kind, text = self.notice(self.telegram)

        self.assertEqual(kind, "danger")
        self.assertEqual(
            text,
            "Telegram did not take the message (Telegram: Forbidden: bot was blocked by the user). "
            "The reader stopped or blocked the sender. Skip it; only the reader can allow "
            "messages again.",
        )
        self.assertEqual(self.telegram.state, "ready", "one reader is no fault of the service")

    def test_a_wrong_credential_shows_on_the_service_until_it_is_right(self):
        self.telegram.test_address = "99"
        self.answers(401, REFUSED)
        self.notice(self.telegram)
        self.assertEqual(self.telegram.state, "resting")
        self.assertRegex(self.telegram.state_text, r"^It failed \(Telegram: Unauthorized\)")
        with freeze_time(fields.Datetime.now() + timedelta(days=1)):
            self.telegram.invalidate_recordset()
            self.assertEqual(self.telegram.state, "failing")
            self.assertRegex(self.telegram.state_text, "^Failing since .*: Telegram: Unauthorized")

        self.answers(200, TAKEN)
        self.notice(self.telegram)

        self.assertEqual(self.telegram.state, "ready")

    def test_a_resting_service_wakes_when_a_credential_is_replaced(self):
        health = self.env["stockex.transport.health"].search(
            [("account_model", "=", self.telegram._name), ("account_id", "=", self.telegram.id)]
        )
        now = fields.Datetime.now()
        health.write(
            {"resting_until": now + timedelta(hours=1), "failing_since": now, "failures": 9}
        )
        self.telegram.invalidate_recordset()
        self.assertEqual(self.telegram.state, "resting")

        self.set_credentials(self.telegram, token=TOKEN)

        self.assertFalse(health.resting_until)
        self.assertEqual(self.telegram.state, "ready")

    def test_a_test_needs_an_address(self):
        requests = self.answers(200, TAKEN)

        with self.assertRaisesRegex(UserError, "Fill in “Send the test to”: Chat ID"):
            self.notice(self.telegram)
        self.telegram.test_address = "not a chat"
        with self.assertRaisesRegex(ValidationError, "“not a chat” is no Chat ID for “Bot”"):
            self.notice(self.telegram)

        self.assertEqual(requests, [])

    def test_a_test_without_credentials_asks_nobody(self):
        requests = self.answers(200, TAKEN)
        bare = self.make_service("Bare", "telegram", vals={"test_address": "99"})

        with self.assertRaisesRegex(UserError, "“Bare” cannot send yet"):
            self.notice(bare)

        self.assertEqual(requests, [])

    def test_the_phone_of_the_tester_is_used_where_a_phone_is_wanted(self):
        requests = self.answers(202, {"message_uuid": "u"})
        texts = self.make_service(
            "Texts", "vonage", api_key="a1b2c3d4", api_secret="s", sender="S1"
        )
        self.sana.phone = "+33 6 12 34 56 78"

        kind, _text = self.notice(texts)

        self.assertEqual(kind, "success")
        self.assertEqual(requests[0].json["to"], "33612345678")

    def test_a_counter_tests_nothing(self):
        requests = self.answers(200, TAKEN)
        self.telegram.test_address = "99"

        with self.assertRaises(AccessError):
            self.notice(self.telegram, self.karim)

        self.assertEqual(requests, [])

    # --- What Odoo delivers ---

    def test_tests_of_what_odoo_delivers_really_deliver(self):
        inbox, mail, activity = self.services.search(
            [("company_id", "=", self.company.id), ("code", "in", ("inbox", "email", "activity"))]
        ).sorted(lambda one: ("inbox", "email", "activity").index(one.code))

        self.assertEqual(self.notice(inbox), ("success", "The message is in your inbox."))
        with self.mock_mail_gateway(mail_unlink_sent=False):
            self.assertEqual(
                self.notice(mail),
                ("success", f"The mail server took a mail to {self.sana.email}."),
            )
        self.assertEqual([one["email_to"] for one in self._mails], [[self.sana.email]])
        self.assertEqual(self.notice(activity)[0], "success")

        unread = self.env["mail.message"].with_user(self.sana).search([("needaction", "=", True)])
        self.assertEqual(unread.mapped("subject"), ["Test from Stockex"])
        self.assertEqual(
            self.env["mail.activity"].search([("user_id", "=", self.sana.id)]).summary,
            "Test from Stockex",
        )

    def test_a_mail_server_that_is_down_says_so(self):
        mail = self.make_service(
            "Desk", "email", vals={"shared": True, "address": "desk@example.com"}
        )
        with (
            self.mock_mail_gateway(mail_unlink_sent=False),
            patch.object(type(self.env["ir.mail_server"]), "_connect__", side_effect=OSError("no")),
        ):
            kind, text = self.notice(mail)

        self.assertEqual(kind, "danger")
        self.assertIn("The mail to desk@example.com could not be sent", text)

    def test_a_text_message_says_whether_odoos_gateway_took_it(self):
        phones = self.make_service("Phones", "sms", vals={"test_address": "+33612345678"})

        with self.gateway("success"):
            self.assertEqual(
                self.notice(phones),
                ("success", "Odoo's SMS service took a message to +33612345678."),
            )
        with self.gateway("insufficient_credit"):
            kind, text = self.notice(phones)

        self.assertEqual(kind, "danger")
        self.assertRegex(text, "did not take the message to .33612345678 .Insufficient Credit.")
