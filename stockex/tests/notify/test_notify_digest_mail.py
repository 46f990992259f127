import re
from datetime import datetime
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.notify.notify_figure import Figure
from ...pure.notify.trend import Way
from .notify_case import NotifyCase


@tagged("post_install", "-at_install")
class TestNotifyDigestMail(NotifyCase):
    """What is held comes in one digest, in its reader's language, hours and currency."""

    def setUp(self):
        super().setUp()
        self.prefer(self.carla, frequency="daily", digest_hour=8, quiet_hours=True)

    def digests(self, user):
        return self.env["stockex.notify.digest"].search([("user_id", "=", user.id)], order="id")

    def digest_of(self, user, *subjects, **more):
        """Write messages on Monday and return the digest of Tuesday."""
        with self.at(2026, 5, 4, 12):
            for subject in subjects:
                self.notify(user, subject, **more)
        with self.at(2026, 5, 5, 8):
            self.release()
        return self.digests(user)

    def test_what_is_held_comes_once_in_one_digest(self):
        with self.at(2026, 5, 4, 12):
            rows = self.notify(self.carla, "One") | self.notify(self.carla, "Two")
            self.release()
        self.assertFalse(self.digests(self.carla))
        with self.at(2026, 5, 5, 8):
            self.release()
            self.release()

        digest = self.digests(self.carla)
        self.assertEqual(len(digest), 1)
        self.assertEqual(rows.digest_id, digest)
        self.assertEqual((digest.message_count, digest.state), (2, "waiting"))
        self.assertEqual(digest.period_to, datetime(2026, 5, 5, 6))
        self.assertEqual(digest.period_from, datetime(2026, 5, 4, 6))
        with self.posting() as sent:
            digest.mail_id.send()
        self.assertEqual((digest.state, len(sent)), ("sent", 1))
        self.assertEqual(self.states(rows), [("digest", "digest_chosen")] * 2)

    def test_without_messages_there_is_no_digest(self):
        with self.at(2026, 5, 5, 8):
            self.release()

        self.assertFalse(self.digests(self.carla))

    def test_a_weekly_digest_gathers_the_week(self):
        self.prefer(self.carla, frequency="weekly", digest_weekday="4", digest_hour=17)
        for day in (4, 6, 8):
            with self.at(2026, 5, day, 12):
                self.notify(self.carla, f"Day {day}")
                self.release()
        with self.at(2026, 5, 8, 17):
            self.release()

        digest = self.digests(self.carla)
        self.assertEqual((digest.frequency, digest.message_count), ("weekly", 3))
        self.assertEqual(digest.period_from, datetime(2026, 5, 1, 15))

    def test_a_digest_that_is_late_waits_for_the_end_of_the_quiet_hours(self):
        self.prefer(self.carla, digest_hour=21)
        with self.at(2026, 5, 4, 12):
            row = self.notify(self.carla)
        with self.at(2026, 5, 4, 23):
            self.release()
        self.assertFalse(self.digests(self.carla))
        self.assertEqual(self.local(row.due_at), "05 07:00")
        with self.at(2026, 5, 5, 7):
            self.release()
        self.assertEqual(self.digests(self.carla).notification_ids, row)

    def test_a_category_muted_meanwhile_stays_out(self):
        muted = self.env.ref("stockex.notify_category_stock")
        with self.at(2026, 5, 4, 12):
            out = self.notify(self.carla, "Low", category="stock")
            kept = self.notify(self.carla, "Count")
            self.prefer(self.carla, muted_category_ids=[Command.set(muted.ids)])
        with self.at(2026, 5, 5, 8):
            self.release()

        self.assertEqual(self.states(out), [("skipped", "muted")])
        self.assertEqual(self.digests(self.carla).notification_ids, kept)

    def test_cards_count_and_link_the_most_important_records(self):
        session = self.draft(counters=self.karim)
        with self.at(2026, 5, 4, 12):
            self.prefer(self.carla, critical_at_once=False)
            for number in range(7):
                self.notify(self.carla, f"News {number}")
            self.notify(self.carla, "Look <here>", record=session, severity="warning")
            self.notify(self.carla, "Again", record=session)
            self.notify(self.carla, "Fire", category="system", severity="critical")
        with self.at(2026, 5, 5, 8):
            self.release()
        digest = self.digests(self.carla)

        html, text = str(digest.html), digest.text
        self.assertEqual(digest.subject, "Your day: 10 messages, 1 critical")
        self.assertIn("Look &lt;here&gt;", html)
        self.assertNotIn("<here>", html)
        self.assertLess(
            text.index("SYSTEM (1): 1 critical"), text.index("COUNTING (9): 1 to look at")
        )
        self.assertIn("2 messages about it", text)
        self.assertIn("News 6", text)
        self.assertNotIn("News 2", text)
        self.assertIn("and 3 more", text)
        link = f"/mail/view?model=stockex.count.session&res_id={session.id}"
        self.assertIn(link, text)
        self.assertIn(link.replace("&", "&amp;"), html)
        for forbidden in ("<script", "<img", "<link", "javascript:", "url("):
            self.assertNotIn(forbidden, html)
        widths = {int(width) for width in re.findall(r'width="(\d+)"', html)}
        self.assertLessEqual(max(widths), 600)

    def test_figures_stand_beside_those_before_in_the_companys_currency(self):
        figures = [
            Figure("Lines", 10, 12, better=Way.UP),
            Figure("Value", 1000, 1500.5, "money", Way.DOWN),
            Figure("Accuracy", 0.9, 0.95, "share", Way.UP),
            Figure("Net", -100, 50, "balance"),
        ]
        kind = type(self.env["stockex.notify.figure"])
        with patch.object(kind, "_figures", lambda *_args: figures):
            digest = self.digest_of(self.carla, "One")

        lines = [line.strip() for line in digest.text.replace("\xa0", " ").splitlines()]
        self.assertIn("Lines: 12 ▲ +20 % (Before: 10)", lines)
        self.assertIn("Value: 1,500.50 € ▲ +50 % (Before: 1,000.00 €)", lines)
        self.assertIn("Accuracy: 95.0 % ▲ +5.0 points (Before: 90.0 %)", lines)
        self.assertIn("Net: 50.00 € ▲ +150.00 € (Before: -100.00 €)", lines)
        html = str(digest.html)
        self.assertIn("width:83%", html)
        self.assertIn("width:67%", html)

    def test_each_company_has_its_figures_in_its_currency(self):
        self.add_other_company()
        self.carla.company_ids |= self.other_company
        event = self.env["stockex.event"].create(
            {"name": "count.started", "company_id": self.other_company.id, "time": "2026-01-01"}
        )
        kind = type(self.env["stockex.notify.figure"])
        with patch.object(kind, "_figures", lambda *_args: [Figure("Value", 1, 2, "money")]):
            digest = self.digest_of(self.carla, "One", event=event)

        text = digest.text.replace("\xa0", " ")
        self.assertIn("MAISON DUPONT\n  Value: 2.00 €", text)
        self.assertIn("DAR ATLAS\n  Value: 2.00 DH", text)

    def test_a_counter_learns_no_figure_of_the_book(self):
        session = self.session(self.bin_a, counters=self.karim)
        self.stock(self.bolt, self.bin_a, 10)
        with self.at(2026, 5, 4, 14):
            session.sudo().write({"state": "done", "done_at": datetime(2026, 5, 4, 12)})
        self.prefer(self.karim, frequency="daily")
        with self.at(2026, 5, 4, 15):
            self.notify(self.karim | self.carla, record=session)
        with self.at(2026, 5, 5, 8):
            self.release()

        self.assertIn("Counts finished: 1", self.digests(self.karim).text)
        for word in ("Value", "matched", "Net"):
            self.assertNotIn(word, self.digests(self.karim).text)
        self.assertIn("Counts finished: 1", self.digests(self.carla).text)

    def test_hours_and_numbers_are_the_readers(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.carla.write({"lang": "fr_FR", "tz": "Africa/Casablanca"})
        self.prefer(self.carla, digest_hour=7)
        kind = type(self.env["stockex.notify.figure"])
        with patch.object(kind, "_figures", lambda *_args: [Figure("Valeur", 1, 1234.5, "money")]):
            digest = self.digest_of(self.carla, "Un")

        self.assertIn("mardi 5 mai", digest.text)
        self.assertIn("1 234,50 €", " ".join(digest.text.split()))
        self.assertIn('lang="fr-FR"', str(digest.html))

    def test_a_reader_without_address_finds_the_digest_in_the_inbox(self):
        self.prefer(self.karim, frequency="daily", digest_hour=8)
        self.karim.write({"email": False, "notification_type": "email"})
        with self.at(2026, 5, 4, 12):
            self.notify(self.karim | self.carla)
        with self.at(2026, 5, 5, 8):
            self.release()
            self.release()

        mine, others = self.digests(self.karim), self.digests(self.carla)
        self.assertEqual((mine.state, others.state), ("sent", "waiting"))
        self.assertFalse(mine.error or mine.mail_id)
        self.assertTrue(others.mail_id)
        [note] = self.env["mail.notification"].search(
            [("res_partner_id", "=", self.karim.partner_id.id)]
        )
        message = note.mail_message_id
        self.assertEqual((note.notification_type, note.is_read), ("inbox", False))
        self.assertEqual(message.subject, "Your day: 1 message")
        self.assertIn("COUNTING (1)<br>  * News", message.body)

    def test_a_failed_digest_can_be_sent_later(self):
        digest = self.digest_of(self.carla, "One")
        digest.write({"state": "failed", "error": "Refused"})

        digest.with_user(self.sana).action_retry()

        email = f'"{self.carla.name}" <{self.carla.email}>'
        self.assertEqual((digest.state, digest.error), ("waiting", False))
        self.assertEqual(digest.mail_id.email_to, email)

    def test_a_digest_that_cannot_be_written_stops_no_other(self):
        self.prefer(self.karim, frequency="daily", digest_hour=8)
        content = type(self.env["stockex.notify.digest.content"])
        render = content._render

        def fail(self, digest):
            if digest.user_id.login.startswith("karim"):
                raise ZeroDivisionError
            return render(self, digest)

        with (
            patch.object(content, "_render", fail),
            mute_logger("odoo.addons.stockex.models.notify.notify_digest"),
            self.at(2026, 5, 4, 12),
        ):
            self.notify(self.karim | self.carla)
            with self.at(2026, 5, 5, 8):
                self.release()

        self.assertEqual(self.digests(self.karim).error, "ZeroDivisionError: ")
        self.assertTrue(self.digests(self.carla).mail_id)
        self.assertEqual(len(self.digests(self.karim).notification_ids), 1)

    def test_readers_see_their_own_digest_only_and_repeat_none(self):
        digest = self.digest_of(self.carla, "One")

        self.assertEqual(digest.with_user(self.carla).message_count, 1)
        with self.assertRaises(AccessError):
            digest.with_user(self.karim).read(["subject"])
        with self.assertRaises(AccessError):
            digest.with_user(self.carla).action_retry()
        with self.assertRaises(UserError) as caught:
            digest.with_user(self.sana).action_retry()
        self.assertIn(digest.subject, str(caught.exception))

    # --- Cleaning ---

    def test_what_is_done_goes_after_the_days_that_its_company_keeps_it(self):
        digest = self.digest_of(self.carla, "Old")
        self.prefer(self.karim, only=self.inbox)
        old, waiting = self.notify(self.karim), self.notify(self.karim)
        self.release()
        waiting.write({"state": "waiting"})
        new = self.notify(self.karim)
        with self.posting():
            digest.mail_id.send()
        self.env.cr.execute(
            "UPDATE stockex_notification SET create_date = '2020-01-01' WHERE id = ANY(%s)",
            ([*(old | waiting).ids, *digest.notification_ids.ids],),
        )
        self.env.cr.execute("UPDATE stockex_notify_digest SET create_date = '2020-01-01'")
        self.env.invalidate_all()

        self.company.stockex_notify_keep_days = 0
        self.env["stockex.notify.cleaning"]._gc_notifications()
        self.assertTrue(old.exists())
        self.company.stockex_notify_keep_days = 30
        self.env["stockex.notify.cleaning"]._gc_notifications()

        self.assertFalse(old.exists() or digest.exists() or digest.notification_ids.exists())
        self.assertEqual((waiting | new).exists(), waiting | new)
