from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sms.tools.sms_api import SmsApi

from .notify_case import NotifyCase


@tagged("post_install", "-at_install")
class TestNotifyInternal(NotifyCase):
    """What Odoo delivers itself arrives, and what became of it is told."""

    def released(self, user, *services, **more):
        self.prefer(user, only=self.env["stockex.notify.service"].union(*services))
        with self.at(2026, 5, 4, 12):
            rows = self.notify(user, **more)
            self.release()
        return rows

    # --- Mail ---

    def test_a_mail_says_it_formatted_and_plainly_and_links_the_record(self):
        session = self.draft(counters=self.karim)
        row = self.released(self.carla, self.email, subject="Count <b>A</b>", record=session)
        self.assertEqual(row.state, "waiting")

        with self.posting() as sent:
            row.mail_id.send()

        self.assertEqual(len(sent), 1)
        message = sent[0]
        self.assertEqual(message["Subject"], "Count <b>A</b>")
        self.assertIn(self.carla.email, message["To"])
        html = message.get_body(("html",)).get_content()
        plain = message.get_body(("plain",)).get_content()
        link = f"/mail/view?model=stockex.count.session&res_id={session.id}"
        self.assertIn("Count &lt;b&gt;A&lt;/b&gt;", html)
        self.assertIn(link.replace("&", "&amp;"), html)
        self.assertIn(link, plain)
        self.assertIn("Text of Count <b>A</b>", plain)
        self.assertNotIn("<script", html)
        self.assertNotIn("<img", html)

    def test_a_mail_that_is_sent_makes_the_message_sent_and_goes(self):
        row = self.released(self.karim, self.email)
        mail = row.mail_id
        with self.at(2026, 5, 4, 12, 3), self.posting():
            mail.send()

        self.assertEqual((row.state, self.local(row.sent_at)), ("sent", "04 12:03"))
        self.assertFalse(mail.exists())

    def test_a_mail_server_that_refuses_fails_the_message_and_a_retry_sends_it(self):
        row = self.released(self.karim, self.email)
        with self.posting("no route to host"), mute_logger("odoo.addons.mail.models.mail_mail"):
            row.mail_id.send()
        self.assertEqual(row.state, "failed")
        self.assertIn("no route to host", row.error)

        row.with_user(self.sana).action_retry()
        with self.posting() as sent:
            row.mail_id.send()

        self.assertEqual((row.state, row.error, len(sent)), ("sent", False, 1))

    def test_what_waited_for_the_morning_says_so(self):
        self.prefer(self.karim, quiet_hours=True, only=self.email)
        with self.at(2026, 5, 4, 23):
            row = self.notify(self.karim)
        with self.at(2026, 5, 5, 7):
            self.release()

        self.assertIn("held back by your quiet hours", row.mail_id.stockex_text)

    # --- Inbox, activity ---

    def test_the_inbox_holds_a_message_of_its_reader_only(self):
        session = self.draft(counters=self.karim)
        before = session.message_ids
        self.released(self.carla, self.inbox, record=session)

        message = self.env["mail.message"].search([("subject", "=", "News")])
        self.assertEqual(message.partner_ids, self.carla.partner_id)
        self.assertEqual(message.notification_ids.res_partner_id, self.carla.partner_id)
        self.assertEqual(message.notification_ids.notification_type, "inbox")
        self.assertEqual((message.model, message.res_id), (session._name, session.id))
        session.invalidate_recordset()
        self.assertEqual(
            session.message_ids.filtered(lambda one: one.message_type == "comment"),
            before.filtered(lambda one: one.message_type == "comment"),
        )
        self.assertNotIn(message, self.env["mail.message"].with_user(self.karim).search([]))

    def test_open_browsers_are_told_at_once(self):
        told = []
        bus = type(self.env["bus.bus"])

        def sendone(_bus, target, kind, message):
            told.append((target, kind, message))

        with patch.object(bus, "_sendone", sendone):
            self.released(self.karim, self.inbox, severity="critical")

        [toast] = [message for _to, kind, message in told if kind == "simple_notification"]
        self.assertEqual(
            toast,
            {"title": "News", "message": "Text of News", "type": "danger", "sticky": True},
        )

    def test_an_activity_stands_on_the_record_and_sends_no_mail(self):
        session = self.draft(counters=self.karim)
        mails = self.env["mail.mail"].search_count([])
        row = self.released(self.carla, self.activity, record=session)

        activity = session.activity_ids
        self.assertEqual((activity.user_id, activity.summary), (self.carla, "News"))
        self.assertIn("Text of News", activity.note)
        self.assertEqual(row.state, "sent")
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_a_record_without_activities_is_told_of_in_the_inbox(self):
        row = self.released(self.carla, self.activity, record=self.bolt.uom_id)
        about_nothing = self.released(self.carla, self.activity, subject="Other")

        self.assertEqual((row.state, about_nothing.state), ("sent", "sent"))
        self.assertFalse(self.env["mail.activity"].search([("summary", "=", "News")]))
        told = self.env["mail.message"].search([("subject", "in", ("News", "Other"))])
        self.assertEqual(told.notification_ids.res_partner_id, self.carla.partner_id)

    # --- Text messages ---

    def text_message(self, state):
        sms = self.service_of(self.company, "sms")
        self.karim.phone = "+33612345678"
        row = self.released(self.karim, sms, url="https://example.com/x")
        message = self.env["sms.sms"].search([("uuid", "=", row.sms_uuid)])
        self.assertEqual(message.number, "+33612345678")
        self.assertEqual(message.body, "News\nText of News\nhttps://example.com/x")

        def answer(_api, messages, *_args, **_kwargs):
            numbers = [number for one in messages for number in one["numbers"]]
            return [{"uuid": number["uuid"], "state": state, "credit": 1} for number in numbers]

        with patch.object(SmsApi, "_send_sms_batch", answer):
            message.send()
        return row

    def test_a_text_message_that_is_taken_is_sent(self):
        self.assertEqual(self.text_message("success").state, "sent")

    def test_a_text_message_that_is_refused_says_why(self):
        row = self.text_message("insufficient_credit")

        self.assertEqual((row.state, row.error), ("failed", "Insufficient Credit"))
