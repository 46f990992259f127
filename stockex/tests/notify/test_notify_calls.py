from datetime import datetime

from odoo.tests import tagged

from .calls_case import DOWN, TAKEN, WRONG, CallsCase


@tagged("post_install", "-at_install")
class TestNotifyCalls(CallsCase):
    """Messages that leave by an outgoing call tell what became of it."""

    def test_a_message_becomes_a_call_and_is_sent_when_the_service_took_it(self):
        with self.at(2026, 5, 4, 12):
            rows = self.notify(self.karim, "Count <A>", url="https://example.com/x")
            self.release()
        row = rows.filtered(lambda one: one.service_id == self.telegram)
        self.assertEqual((row.state, bool(row.released_at)), ("waiting", True))
        call = row.call_id
        self.assertEqual((call.res_model, call.res_id, call.lane), (row._name, row.id, "11"))
        self.assertEqual(
            call.payload,
            {
                "subject": "Count <A>",
                "text": "Text of Count <A>",
                "html": "",
                "url": "https://example.com/x",
                "topic": "https://example.com/x",
                "link_label": "Open",
                "recipient": "11",
                "severity": "info",
            },
        )

        with self.at(2026, 5, 4, 12, 1):
            self.env["stockex.transport.sender"]._send_due()

        self.assertEqual((row.state, self.local(row.sent_at)), ("sent", "04 12:01"))
        self.assertEqual(len(self.sent), 1)
        request = self.sent[0]
        self.assertEqual(request.json["chat_id"], "11")
        self.assertIn("Count &lt;A&gt;", request.json["text"])

    def test_a_release_twice_makes_one_call(self):
        self.told(self.karim)
        self.send()

        self.assertEqual(len(self.sent), 1)

    def test_a_service_that_is_down_delays_only_itself_and_loses_nothing(self):
        self.answer = DOWN
        inbox, telegram = self.told(self.karim)
        self.assertEqual((inbox.state, telegram.state), ("sent", "waiting"))
        self.assertEqual(telegram.call_id.state, "waiting")

        self.answer = TAKEN
        with self.at(2026, 5, 4, 14):
            self.env["stockex.transport.health"].search([]).write({"resting_until": False})
            self.send()

        self.assertEqual((telegram.state, self.local(telegram.sent_at)), ("sent", "04 14:00"))
        self.assertEqual(len(self.sent), 2)

    def test_a_refused_message_fails_with_its_cause_and_a_retry_repeats_the_call(self):
        self.answer = WRONG
        _inbox, telegram = self.told(self.karim)
        self.assertEqual(telegram.state, "failed")
        self.assertIn("chat not found", telegram.error)
        self.assertIn("Correct it", telegram.error)
        call = telegram.call_id

        self.answer = TAKEN
        telegram.with_user(self.sana).action_retry()
        self.assertEqual((telegram.state, telegram.call_id), ("waiting", call))
        self.env["stockex.transport.sender"]._send_due()

        self.assertEqual((telegram.state, telegram.error, call.state), ("sent", False, "done"))

    def test_a_retry_goes_to_the_address_that_was_corrected(self):
        self.answer = WRONG
        _inbox, telegram = self.told(self.karim)
        preference = self.env["stockex.notify.preference"]._of(self.karim)
        line = preference.subscription_ids.filtered(lambda one: one.service_id == self.telegram)
        line.address = "33"

        self.answer = TAKEN
        telegram.with_user(self.sana).action_retry()
        self.env["stockex.transport.sender"]._send_due()

        self.assertEqual(telegram.state, "sent")
        self.assertEqual([request.json["chat_id"] for request in self.sent], ["11", "33"])

    def test_a_call_given_up_takes_its_message_along_and_back(self):
        self.answer = WRONG
        _inbox, telegram = self.told(self.karim)

        telegram.call_id.with_user(self.sana).action_skip()
        self.assertEqual(telegram.state, "skipped")
        telegram.call_id.with_user(self.sana).action_retry()
        self.assertEqual((telegram.state, telegram.error), ("waiting", False))

    def test_a_message_given_up_takes_its_call_along(self):
        self.answer = DOWN
        _inbox, telegram = self.told(self.karim)

        telegram.with_user(self.sana).action_skip()

        self.assertEqual((telegram.state, telegram.call_id.state), ("skipped", "skipped"))

    # --- Down in the evening ---

    def test_what_a_service_did_not_take_in_the_evening_does_not_ring_at_night(self):
        self.prefer(self.karim, quiet_hours=True)
        self.answer = DOWN
        _inbox, telegram = self.told(self.karim, 2026, 5, 4, 21, 59, 59)

        self.assertEqual((telegram.state, telegram.why), ("waiting", "quiet_hours"))
        self.assertEqual(self.local(telegram.call_id.due_at), "05 07:00")

    def test_a_call_that_was_never_tried_is_held_too(self):
        self.prefer(self.karim, quiet_hours=True)
        with self.at(2026, 5, 4, 21, 50):
            rows = self.notify(self.karim) | self.notify(self.carla)
            urgent = self.notify(self.karim, severity="critical")
            self.release()
        with self.at(2026, 5, 4, 21, 56):
            self.env["stockex.notify.release"]._hold_slow_calls()

        calls = {row.user_id: self.local(row.call_id.due_at) for row in rows if row.call_id}
        self.assertEqual(calls, {self.karim: "05 07:00", self.carla: "04 21:50"})
        self.assertEqual(
            [self.local(row.call_id.due_at) for row in urgent if row.call_id], ["04 21:50"]
        )

    def test_before_the_evening_nothing_is_held(self):
        self.prefer(self.karim, quiet_hours=True)
        with self.at(2026, 5, 4, 21, 40):
            rows = self.notify(self.karim)
            self.release()
        with self.at(2026, 5, 4, 21, 50):
            self.env["stockex.notify.release"]._hold_slow_calls()

        [due_at] = [row.call_id.due_at for row in rows if row.call_id]
        self.assertEqual(due_at, datetime(2026, 5, 4, 19, 40))

    # --- The test button ---

    def test_the_test_button_asks_the_service_itself(self):
        preference = self.env["stockex.notify.preference"]._of(self.karim).with_user(self.karim)
        line = preference.subscription_ids.filtered(lambda one: one.service_name == "Bot")

        good = line.action_test()["params"]
        self.answer = WRONG
        bad = line.action_test()["params"]

        self.assertEqual((good["type"], good["message"]), ("success", "Bot: sent to 11"))
        self.assertEqual(bad["type"], "danger")
        self.assertIn("chat not found", bad["message"])
        self.assertEqual([request.json["chat_id"] for request in self.sent], ["11", "11"])
        self.assertFalse(
            self.env["stockex.transport.call"].search([("res_model", "=", "stockex.notification")])
        )
