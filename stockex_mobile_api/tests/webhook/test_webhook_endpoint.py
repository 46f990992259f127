from datetime import timedelta

from standardwebhooks import Webhook, WebhookVerificationError

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.stockex.tests.transport.receiver import answer

from .common import WebhookCase


@tagged("post_install", "-at_install")
class TestWebhookEndpoint(WebhookCase):
    """Secrets, switching off and on, tests, replay."""

    # --- Secrets ---

    def test_the_secret_is_shown_once(self):
        endpoint = self.endpoint().with_user(self.carla)

        shown = endpoint.action_show_secret()["context"]["default_secret"]

        self.assertEqual(shown, self.secret(endpoint))
        self.assertRegex(shown, r"^whsec_[A-Za-z0-9+/]{43}=$")
        with self.assertRaisesRegex(UserError, "was shown before"):
            endpoint.action_show_secret()
        fields_ = endpoint.read()[0]
        self.assertNotIn(shown, str(fields_))

    def test_after_a_rotation_both_secrets_verify_for_a_day(self):
        receiver = self.receiver()
        endpoint = self.endpoint(receiver)
        old = self.secret(endpoint)

        context = endpoint.action_rotate_secret()["context"]
        new = context["default_secret"]
        self.emit(self.draft())
        self.send_due()

        self.assertNotEqual(old, new)
        self.assertFalse(context["default_old_lost"])
        left = endpoint.old_secret_until - fields.Datetime.now()
        self.assertTrue(timedelta(hours=23, minutes=59) < left <= timedelta(hours=24))
        [request] = receiver.received
        self.assertEqual(len(request.headers["webhook-signature"].split(" ")), 2)
        for secret in (old, new):
            Webhook(secret).verify(request.body, request.headers)

    def test_when_its_time_is_over_the_old_secret_is_dropped(self):
        receiver = self.receiver()
        endpoint = self.endpoint(receiver)
        old = self.secret(endpoint)
        new = endpoint.action_rotate_secret()["context"]["default_secret"]
        endpoint.old_secret_until = fields.Datetime.now() - timedelta(seconds=1)
        self.emit(self.draft())

        self.send_due()

        [request] = receiver.received
        Webhook(new).verify(request.body, request.headers)
        with self.assertRaises(WebhookVerificationError):
            Webhook(old).verify(request.body, request.headers)
        self.assertTrue(endpoint._has_secret("signing (old)"))
        self.endpoints._gc_old_secrets()
        self.assertFalse(endpoint._has_secret("signing (old)"))
        self.assertFalse(endpoint.old_secret_until)

    def test_without_overlap_the_old_secret_ends_at_once(self):
        endpoint = self.endpoint(overlap_hours=0)

        endpoint.action_rotate_secret()

        self.assertFalse(endpoint.old_secret_until)
        self.assertEqual(len(endpoint._signing_secrets(fields.Datetime.now())), 1)

    def test_a_secret_that_cannot_be_read_any_more_makes_way_for_a_new_one(self):
        stored = self.env["stockex.secret"]
        for number, loss in enumerate((False, "of another key")):
            receiver = self.receiver()
            endpoint = self.endpoint(receiver, name=f"Lost {number}")
            endpoint.action_rotate_secret()
            mine = [("res_model", "=", endpoint._name), ("res_id", "=", endpoint.id)]
            stored.search(mine).write({"ciphertext": loss})

            action = endpoint.with_user(self.carla).action_rotate_secret()

            shown = self.env[action["res_model"]].with_context(**action["context"])
            shown = shown.default_get(["secret", "old_lost", "old_until"])
            self.assertEqual(shown["secret"], self.secret(endpoint))
            self.assertEqual((shown["old_lost"], shown["old_until"]), (True, False))
            self.assertFalse(endpoint.old_secret_until or endpoint._has_secret("signing (old)"))
            self.emit(self.draft())
            self.send_due()
            [request] = receiver.received
            Webhook(shown["secret"]).verify(request.body, request.headers)

    def test_the_owner_can_open_the_dialog_that_shows_the_secret(self):
        endpoint = self.endpoint()

        context = endpoint.with_user(self.carla).action_show_secret()["context"]

        dialog = self.env["stockex.webhook.secret.show"].with_user(self.carla)
        found = dialog.with_context(**context).onchange({}, [], {"secret": {}})
        self.assertEqual(found["value"]["secret"], self.secret(endpoint))

    def test_a_secret_that_was_lost_before_it_was_shown_makes_way_for_a_new_one(self):
        endpoint = self.endpoint()
        lost = self.secret(endpoint)
        mine = [("res_model", "=", endpoint._name), ("res_id", "=", endpoint.id)]
        self.env["stockex.secret"].search(mine).write({"ciphertext": False})

        context = endpoint.action_show_secret()["context"]

        self.assertNotEqual(context["default_secret"], lost)
        self.assertEqual(context["default_secret"], self.secret(endpoint))
        self.assertTrue(context["default_old_lost"])
        self.assertTrue(endpoint.secret_shown)

    # --- Off and on ---

    def test_gone_disables_at_once_and_tells_the_owner(self):
        endpoint = self.endpoint(self.receiver(answer(410)))
        self.emit(self.draft())
        self.emit(self.draft())

        self.send_due()

        self.assertFalse(endpoint.active)
        self.assertEqual(endpoint.health, "off")
        self.assertEqual(endpoint.disabled_reason, "The receiver wants no more messages (410).")
        self.assertEqual(self.waiting(endpoint).mapped("state"), ["dead", "waiting"])
        self.assertEqual(endpoint.activity_ids.user_id, self.carla)
        [note] = self.env["mail.message"].search(
            [("partner_ids", "in", self.carla.partner_id.ids), ("model", "=", endpoint._name)]
        )
        self.assertEqual(note.subject, "Webhook endpoint “Dashboard” disabled")
        for text in ("“Dashboard”", "127.0.0.1", "HTTP 410 Gone", "1 messages wait", "“Enable”"):
            self.assertIn(text, note.body)

    def test_days_of_nothing_but_failures_disable(self):
        endpoint = self.endpoint(self.receiver(*[answer(500)] * 9), disable_after_days=5)
        self.emit(self.draft())
        self.send_due()
        for days, active in ((4.9, True), (5.1, False)):
            since = fields.Datetime.now() - timedelta(days=days)
            self.env.cr.execute("UPDATE stockex_transport_health SET failing_since = %s", [since])
            self.let_pass()

            self.send_due()

            self.assertEqual(endpoint.active, active, days)
        self.assertEqual(endpoint.disabled_reason, "Nothing but failures for 5 days.")

    def test_one_success_begins_the_days_anew(self):
        endpoint = self.endpoint(self.receiver(answer(500), answer(200), answer(500)))
        self.emit(self.draft())
        self.send_due()
        self.env.cr.execute(
            "UPDATE stockex_transport_health SET failing_since = now() - interval '9 days'"
        )
        self.let_pass()
        self.send_due()
        self.emit(self.draft())
        self.send_due()

        self.assertTrue(endpoint.active)
        self.assertGreater(endpoint.failing_since, fields.Datetime.now() - timedelta(minutes=1))

    def test_while_disabled_events_are_not_kept_and_enabling_sends_what_waited(self):
        receiver = self.receiver(answer(410))
        endpoint = self.endpoint(receiver)
        for _number in range(3):
            self.emit(self.draft())
        self.send_due()
        self.emit(self.draft())
        self.assertEqual(len(self.waiting(endpoint)), 3)

        endpoint.with_user(self.carla).action_enable()
        self.send_due()

        self.assertEqual(self.waiting(endpoint).mapped("state"), ["dead", "done", "done"])
        self.assertFalse(endpoint.disabled_reason or endpoint.activity_ids)
        self.assertEqual(endpoint.health, "good")

    # --- Test and replay ---

    def test_a_test_shows_the_answer_at_once(self):
        receiver = self.receiver(answer(418, b"short and stout"))
        endpoint = self.endpoint(receiver).with_user(self.carla)

        action = endpoint.action_send_test()

        attempt = self.env[action["res_model"]].with_user(self.carla).browse(action["res_id"])
        self.assertRecordValues(attempt, [{"status": 418, "kind": "retry"}])
        self.assertIn("short and stout", attempt.answer)
        self.assertIn('"type":"webhook.tested"', attempt.request)
        self.assertEqual(attempt.call_id.state, "skipped")
        [heard] = self.heard(receiver, self.secret(endpoint))
        self.assertEqual(
            (heard["type"], heard["data"]),
            ("webhook.tested", {"endpoint": "Dashboard", "company_id": self.company.id}),
        )
        self.let_pass()
        self.send_due()
        self.assertEqual(len(receiver.received), 1)

    def test_a_test_reaches_a_disabled_endpoint_and_leaves_it_so(self):
        receiver = self.receiver()
        endpoint = self.endpoint(receiver)
        endpoint.action_disable()

        endpoint.action_send_test()

        self.assertEqual((len(receiver.received), endpoint.active), (1, False))

    def test_dead_letters_of_a_span_of_time_are_replayed_with_their_ids(self):
        receiver = self.receiver()
        endpoint, other = self.endpoint(receiver), self.endpoint(name="Other")
        for _number in range(3):
            self.emit(self.draft())
        calls = self.waiting(endpoint) | self.waiting(other)
        calls.write({"state": "dead", "done_at": "2026-03-02 10:00:00"})
        calls[0].done_at = "2026-02-01 10:00:00"
        action = endpoint.with_user(self.carla).action_replay()
        replay = (
            self.env[action["res_model"]]
            .with_user(self.carla)
            .with_context(**action["context"])
            .create({"since": "2026-03-01 00:00:00", "until": "2026-03-03 00:00:00"})
        )
        self.assertEqual(replay.count, 2)

        replay.action_retry()
        self.send_due()

        states = ["dead", "done", "done", "dead", "dead", "dead"]
        self.assertEqual(calls.mapped("state"), states)
        self.assertEqual(
            [one.headers["webhook-id"] for one in receiver.received],
            calls[1:3].mapped("idempotency_key"),
        )

    # --- Addresses ---

    def test_an_address_that_is_none_or_unsafe_is_refused(self):
        for url, text in (
            ("x.example", "is no address of the form"),
            ("http://x.example/", "must begin with https://"),
            ("https://ann:pw@x.example/", "Leave user and password out"),
            ("https://x.example/#top", "Leave out what follows #"),
        ):
            with self.subTest(url=url), self.assertRaisesRegex(ValidationError, text):
                self.endpoint(base_url=url, allow_private=False)
