from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ...pure.notify import registry
from .notify_case import NotifyCase


@tagged("post_install", "-at_install")
class TestNotification(NotifyCase):
    """Who gets what, where, and why not."""

    def test_a_user_who_never_chose_is_told_in_the_inbox_and_by_mail(self):
        rows = self.notify(self.karim, "Count starts")

        self.assertEqual(rows.service_id, self.inbox | self.email)
        self.assertEqual(self.states(rows), [("waiting", "now")] * 2)
        self.assertEqual(len(set(rows.mapped("key"))), 1)
        self.assertEqual(
            [row.address for row in rows.sorted(lambda row: row.service_id.code)],
            [self.karim.email, ""],
        )

    def test_a_row_keeps_what_it_is_about(self):
        session = self.draft(counters=self.karim)
        event = self.env["stockex.event"]._emit(
            "count.started", session, {session.id: {"session": session.name, "lines": 2}}
        )

        row = self.notify(
            self.carla, "Count starts", record=session, event=event, severity="warning"
        )[:1]

        self.assertEqual((row.res_model, row.res_id), (session._name, session.id))
        self.assertEqual((row.event_id, row.company_id), (event, self.company))
        self.assertEqual(row.category_id, self.env.ref("stockex.notify_category_counts"))
        self.assertEqual((row.severity, row.text), ("warning", "Text of Count starts"))
        self.assertEqual(row.action_open_record()["res_id"], session.id)

    def test_an_unknown_category_is_the_one_for_everything_else(self):
        row = self.notify(self.karim, category="weather")[:1]

        self.assertEqual(row.category_id, self.env.ref("stockex.notify_category_system"))

    def test_only_wanted_services_are_used(self):
        self.prefer(self.karim, only=self.activity)

        self.assertEqual(self.notify(self.karim).service_id, self.activity)

    def test_without_a_service_the_message_is_kept_and_says_why(self):
        self.prefer(self.karim, only=self.env["stockex.notify.service"])

        rows = self.notify(self.karim)

        self.assertEqual(self.states(rows), [("skipped", "no_service")])
        self.assertEqual(rows.text, "Text of News")

    def test_without_an_address_only_that_service_is_skipped(self):
        self.karim.email = False

        rows = self.notify(self.karim)

        states = {row.service_id: (row.state, row.why) for row in rows}
        self.assertEqual(
            states,
            {self.inbox: ("waiting", "now"), self.email: ("skipped", "no_address")},
        )

    def test_a_rules_own_services_stand_above_the_users_choice(self):
        self.prefer(self.karim, only=self.inbox)

        rows = self.notify(self.karim, services=self.email)

        self.assertEqual(rows.service_id, self.email)

    def test_a_muted_category_is_skipped_whatever_the_severity(self):
        muted = self.env.ref("stockex.notify_category_counts")
        self.prefer(self.karim, muted_category_ids=[(6, 0, muted.ids)])

        rows = self.notify(self.karim, severity="critical")

        self.assertEqual(self.states(rows), [("skipped", "muted")])
        other = self.notify(self.karim, category="stock")
        self.assertEqual(self.states(other), [("waiting", "now")] * 2)

    def test_whoever_may_not_read_the_record_hears_nothing_of_it(self):
        session = self.session(counters=self.karim)
        stranger = new_test_user(
            self.env, "tom@stranger.example", company_id=self.company.id, groups="base.group_user"
        )

        rows = self.notify(self.karim | stranger, record=session)

        by_user = {user: set(self.states(own)) for user, own in rows.grouped("user_id").items()}
        self.assertEqual(
            by_user,
            {self.karim: {("waiting", "now")}, stranger: {("skipped", "no_access")}},
        )

    def test_users_in_quiet_hours_and_with_a_digest_are_told_when(self):
        self.prefer(self.karim, quiet_hours=True, quiet_from=22, quiet_to=7)
        self.prefer(self.carla, frequency="daily", digest_hour=8.5)
        with self.at(2026, 5, 4, 23, 15):
            rows = self.notify(self.karim | self.carla)

        [*waiting, digest] = rows
        self.assertEqual(
            self.states(rows), [("waiting", "quiet_hours")] * 2 + [("digest", "digest_chosen")]
        )
        self.assertEqual({self.local(row.due_at) for row in waiting}, {"05 07:00"})
        self.assertEqual(self.local(digest.due_at), "05 08:30")
        self.assertFalse(digest.service_id)

    def test_a_company_decides_on_critical_messages_if_it_wants(self):
        self.prefer(self.karim, quiet_hours=True, only=self.inbox, critical_at_once=False)
        self.prefer(self.carla, quiet_hours=True, only=self.inbox, critical_at_once=True)
        waits, comes = ("waiting", "quiet_hours"), ("waiting", "urgent")
        for choice, expected in (
            ("user", [waits, comes]),
            ("always", [comes, comes]),
            ("never", [waits, waits]),
        ):
            with self.subTest(choice=choice), self.at(2026, 5, 4, 23):
                self.company.stockex_notify_critical = choice
                rows = self.notify(self.karim | self.carla, severity="critical")
                self.assertEqual(self.states(rows), expected)

    def test_a_user_of_two_companies_is_told_by_the_services_of_the_records(self):
        self.add_other_company()
        self.carla.company_ids |= self.other_company
        other_inbox = self.service_of(self.other_company, "inbox")
        self.prefer(self.carla, only=self.inbox | other_inbox)

        own = self.notify(self.carla)
        event = self.env["stockex.event"].create(
            {"name": "count.started", "company_id": self.other_company.id, "time": "2026-01-01"}
        )
        other = self.notify(self.carla, event=event)

        self.assertEqual((own.service_id, own.company_id), (self.inbox, self.company))
        self.assertEqual((other.service_id, other.company_id), (other_inbox, self.other_company))

    def test_many_users_cost_no_query_each(self):
        users = self.env["res.users"].create(
            [
                {
                    "name": f"User {number}",
                    "login": f"user{number}@many.example",
                    "email": f"user{number}@many.example",
                    "company_id": self.company.id,
                    "company_ids": [(6, 0, self.company.ids)],
                    "group_ids": [(6, 0, self.env.ref("base.group_user").ids)],
                }
                for number in range(40)
            ]
        )
        self.notify(users[:1])
        self.env.invalidate_all()

        queries = []
        for some in (users[:10], users[:40]):
            self.env["stockex.notify.preference"]._of(some)
            self.env.invalidate_all()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.notify(some)
            self.env.flush_all()
            queries.append(self.env.cr.sql_log_count - before)

        self.assertEqual(queries[0], queries[1])

    # --- Rights ---

    def test_users_read_their_own_and_change_nothing(self):
        mine, other = self.notify(self.karim)[:1], self.notify(self.carla)[:1]
        notifications = self.env["stockex.notification"].with_user(self.karim)

        self.assertEqual(notifications.search([]).user_id, self.karim)
        self.assertEqual(mine.with_user(self.karim).service_name, mine.service_id.name)
        with self.assertRaises(AccessError):
            other.with_user(self.karim).read(["subject"])
        for step in (
            lambda row: row.write({"state": "sent"}),
            lambda row: row.unlink(),
            lambda row: row.action_retry(),
            lambda row: row.action_skip(),
        ):
            with self.assertRaises(AccessError), mute_logger("odoo.models"):
                step(mine.with_user(self.karim))
        self.assertEqual(self.states(mine), [("waiting", "now")])

    def test_the_administrator_sees_all_of_the_company_only(self):
        rows = self.notify(self.karim | self.carla)
        self.add_other_company()
        self.omar.group_ids += self.env.ref("stockex.group_suite_admin")

        seen = self.env["stockex.notification"].with_user(self.sana).search([])
        self.assertEqual(seen, rows.with_user(self.sana).sorted(reverse=True))
        self.assertFalse(self.env["stockex.notification"].with_user(self.omar).search([]))

    def test_what_is_sent_is_neither_repeated_nor_skipped(self):
        row = self.notify(self.karim, services=self.inbox)
        self.release()

        for step in ("action_retry", "action_skip"):
            with self.assertRaises(UserError) as caught:
                getattr(row.with_user(self.sana), step)()
            self.assertIn("News", str(caught.exception))
        self.assertEqual(row.state, "sent")

    def test_what_waits_can_be_given_up(self):
        self.prefer(self.karim, quiet_hours=True, only=self.inbox)
        with self.at(2026, 5, 4, 23):
            row = self.notify(self.karim)
            row.with_user(self.sana).action_skip()
        with self.at(2026, 5, 5, 7):
            self.release()

        self.assertEqual((row.state, row.sent_at), ("skipped", False))

    def test_a_message_about_nothing_opens_its_link_or_says_so(self):
        linked = self.notify(self.karim, url="https://example.com/x")[:1]
        self.assertEqual(linked.action_open_record()["url"], "https://example.com/x")

        with self.assertRaises(UserError) as caught:
            self.notify(self.karim)[:1].action_open_record()
        self.assertIn("News", str(caught.exception))

    def test_every_event_of_the_suite_has_a_category(self):
        known = self.env["stockex.notify.topic"].search([]).mapped("name")

        self.assertEqual([name for name in registry.names() if name not in known], [])
        found = self.env["stockex.notify.category"]._of_events(["count.posted", "rain.fallen"])
        self.assertEqual(
            {name: category.code for name, category in found.items()},
            {"count.posted": "counts", "rain.fallen": "system"},
        )
