from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .notify_case import NotifyCase


@tagged("post_install", "-at_install")
class TestNotifyRelease(NotifyCase):
    """What goes out when, and that nothing is lost or goes twice."""

    def setUp(self):
        super().setUp()
        self.prefer(self.karim, only=self.inbox)

    def sent_at(self, notifications):
        return [self.local(row.sent_at) for row in notifications]

    def test_what_is_due_goes_out_and_only_once(self):
        with self.at(2026, 5, 4, 12):
            row = self.notify(self.karim)
            self.release()
            self.release()

        self.assertEqual((row.state, self.sent_at(row)), ("sent", ["04 12:00"]))
        messages = self.env["mail.message"].search([("subject", "=", "News")])
        self.assertEqual(len(messages), 1)

    def test_quiet_hours_hold_until_their_end_and_no_longer(self):
        self.prefer(self.karim, quiet_hours=True)
        with self.at(2026, 5, 4, 23):
            row = self.notify(self.karim)
            self.release()
        self.assertEqual(row.state, "waiting")
        with self.at(2026, 5, 5, 6, 59):
            self.release()
        self.assertEqual(row.state, "waiting")

        with self.at(2026, 5, 5, 7):
            self.release()

        self.assertEqual((row.state, row.why), ("sent", "quiet_hours"))
        self.assertEqual(self.sent_at(row), ["05 07:00"])

    def test_a_late_release_in_quiet_hours_waits_for_the_morning(self):
        self.prefer(self.karim, quiet_hours=True)
        with self.at(2026, 5, 4, 21, 59):
            row = self.notify(self.karim)
        with self.at(2026, 5, 4, 22):
            self.release()

        self.assertEqual(self.states(row), [("waiting", "quiet_hours")])
        self.assertEqual(self.local(row.due_at), "05 07:00")

    def test_the_most_a_day_counts_the_users_own_day(self):
        self.prefer(self.karim, most_per_day=2)
        with self.at(2026, 5, 4, 23, 30):
            evening = self.env["stockex.notification"].union(
                *(self.notify(self.karim, f"Evening {number}") for number in range(3))
            )
            self.release()
        with self.at(2026, 5, 5, 0, 0):
            morning = self.env["stockex.notification"].union(
                *(self.notify(self.karim, f"Morning {number}") for number in range(3))
            )
            self.release()

        over = ("digest", "limit_reached")
        self.assertEqual(self.states(evening), [("sent", "now")] * 2 + [over])
        self.assertEqual(self.states(morning), [("sent", "now")] * 2 + [over])
        self.assertEqual(self.local(evening[-1].due_at), "05 08:00")

    def test_a_message_on_two_services_counts_once(self):
        self.prefer(self.karim, only=self.inbox | self.activity, most_per_day=2)
        with self.at(2026, 5, 4, 12):
            rows = self.notify(self.karim) | self.notify(self.karim) | self.notify(self.karim)
            self.release()

        self.assertEqual(
            self.states(rows), [("sent", "now")] * 4 + [("digest", "limit_reached")] * 2
        )

    def test_a_critical_message_passes_the_limit_and_counts(self):
        self.prefer(self.karim, most_per_day=1)
        with self.at(2026, 5, 4, 12):
            rows = self.notify(self.karim, severity="critical")
            rows |= self.notify(self.karim) | self.notify(self.karim, severity="critical")
            self.release()

        self.assertEqual(
            self.states(rows),
            [("sent", "urgent"), ("digest", "limit_reached"), ("sent", "urgent")],
        )

    def test_what_waited_goes_out_in_its_order(self):
        self.prefer(self.karim, quiet_hours=True, most_per_day=3)
        with self.at(2026, 5, 4, 23):
            rows = self.env["stockex.notification"].union(
                *(self.notify(self.karim, f"Night {number}") for number in range(5))
            )
        with self.at(2026, 5, 5, 7):
            rows |= self.notify(self.karim, "Morning")
            self.release()

        self.assertEqual(
            [row.state for row in rows], ["sent", "sent", "sent", "digest", "digest", "digest"]
        )
        told = self.env["mail.message"].search(
            [("partner_ids", "in", self.karim.partner_id.ids)], order="id"
        )
        self.assertEqual(told.mapped("subject"), ["Night 0", "Night 1", "Night 2"])

    def test_who_changes_their_mind_is_heard_at_once(self):
        self.prefer(self.karim, quiet_hours=True)
        with self.at(2026, 5, 4, 23):
            row = self.notify(self.karim)
            self.prefer(self.karim, quiet_to=9)
            self.assertEqual(self.local(row.due_at), "05 09:00")
            self.prefer(self.karim, frequency="daily", digest_hour=10)
            self.assertEqual(self.states(row), [("digest", "digest_chosen")])
            self.assertEqual(self.local(row.due_at), "05 10:00")
            self.prefer(self.karim, digest_hour=11)
            self.assertEqual(self.local(row.due_at), "05 11:00")

    def test_without_quiet_hours_what_waited_for_them_comes_now(self):
        self.prefer(self.karim, quiet_hours=True)
        with self.at(2026, 5, 4, 23):
            row = self.notify(self.karim)
            self.prefer(self.karim, quiet_hours=False)
            self.release()

        self.assertEqual(self.sent_at(row), ["04 23:00"])

    def test_a_category_muted_meanwhile_is_skipped(self):
        muted = self.env.ref("stockex.notify_category_counts")
        with self.at(2026, 5, 4, 12):
            row = self.notify(self.karim)
            self.prefer(self.karim, muted_category_ids=[(6, 0, muted.ids)])
            self.release()

        self.assertEqual(self.states(row), [("skipped", "muted")])

    def test_who_left_meanwhile_is_told_nothing(self):
        row = self.notify(self.karim)
        self.karim.active = False
        self.release()

        self.assertEqual(self.states(row), [("skipped", "archived")])

    def test_an_archived_service_fails_its_messages_and_no_other(self):
        self.prefer(self.karim, only=self.inbox | self.activity)
        rows = self.notify(self.karim)
        self.activity.active = False
        self.release()

        self.assertEqual([row.state for row in rows], ["sent", "failed"])
        self.assertIn("archived", rows[1].error)
        self.activity.active = True
        rows[1].with_user(self.sana).action_retry()
        self.assertEqual([row.state for row in rows], ["sent", "sent"])

    def test_a_message_that_a_service_cannot_take_holds_up_no_other(self):
        rows = self.env["stockex.notification"].union(
            *(self.notify(self.karim, subject) for subject in ("One", "Bad", "Two"))
        )
        internal = type(self.env["stockex.notify.internal"])
        carry = internal._carry_inbox

        reason = "too bad"

        def refuse(self, notifications):
            if "Bad" in notifications.mapped("subject"):
                raise UserError(reason)
            return carry(self, notifications)

        with patch.object(internal, "_carry_inbox", refuse):
            self.release()

        self.assertEqual([row.state for row in rows], ["sent", "failed", "sent"])
        self.assertEqual(rows[1].error, "too bad")
        told = self.env["mail.message"].search([("partner_ids", "in", self.karim.partner_id.ids)])
        self.assertEqual(sorted(told.mapped("subject")), ["One", "Two"])

    def test_who_had_no_address_is_told_after_giving_one(self):
        self.prefer(self.karim, only=self.email)
        email, self.karim.email = self.karim.email, False
        row = self.notify(self.karim)
        self.assertEqual(self.states(row), [("skipped", "no_address")])

        row.with_user(self.sana).action_retry()
        self.assertEqual(self.states(row), [("skipped", "no_address")])
        self.karim.email = email
        row.with_user(self.sana).action_retry()

        self.assertEqual((row.state, row.address), ("waiting", email))
        self.assertTrue(row.mail_id)

    def test_a_run_killed_half_way_has_done_nothing_and_the_next_does_all(self):
        rows = self.notify(self.karim, "One") | self.notify(self.karim, "Two")
        internal = type(self.env["stockex.notify.internal"])
        try:
            with (
                self.env.cr.savepoint(),
                patch.object(internal, "_done", side_effect=KeyboardInterrupt),
            ):
                self.release()
        except KeyboardInterrupt:
            self.env.invalidate_all()
        self.assertEqual({(row.state, row.released_at) for row in rows}, {("waiting", False)})

        self.release()

        told = self.env["mail.message"].search([("partner_ids", "in", self.karim.partner_id.ids)])
        self.assertEqual(sorted(told.mapped("subject")), ["One", "Two"])

    def test_a_large_backlog_goes_out_batch_by_batch(self):
        rows = self.env["stockex.notification"].union(
            *(self.notify(self.karim, f"Message {number}") for number in range(7))
        )
        module = "odoo.addons.stockex.models.notify.notify_release"
        with patch(f"{module}.MESSAGES_A_BATCH", 3):
            counts = []
            while count := self.env["stockex.notify.release"]._release_batch():
                counts.append(count)

        self.assertEqual(counts, [3, 3, 1])
        self.assertEqual(set(rows.mapped("state")), {"sent"})

    def test_a_message_for_a_shared_mailbox_minds_no_users_wishes(self):
        shared = self.env["stockex.notify.service"].create(
            {
                "name": "Stock mailbox",
                "code": "email",
                "shared": True,
                "address": "stock@dupont.example",
                "company_id": self.company.id,
            }
        )
        self.prefer(self.karim, frequency="daily")
        rows = self.notify(self.karim, services=shared)
        self.release()

        row = rows.filtered(lambda one: not one.user_id)
        self.assertEqual((row.service_id, row.address), (shared, "stock@dupont.example"))
        self.assertEqual(row.mail_id.email_to, "stock@dupont.example")
        personal = rows - row
        self.assertEqual(self.states(personal), [("digest", "digest_chosen")])
