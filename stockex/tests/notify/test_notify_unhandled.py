from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .telling import RuleCase
from .waiting import WaitCase

PENDING = "odoo.addons.stockex.models.notify.notify_pending"


@tagged("post_install", "-at_install")
class TestNotifyUnhandled(RuleCase):
    """What a payload lacks, what a condition cannot read, whom a shared channel speaks for."""

    def setUp(self):
        super().setUp()
        self.env["stockex.notify.pending"].search([]).unlink()

    def conditional(self, value="-1000"):
        return self.make_rule(
            name="Large",
            sequence=1,
            user_ids=[Command.set(self.ada.ids)],
            condition_ids=[
                Command.create({"field_name": "value", "operator": "less", "value": value})
            ],
        )

    def test_an_event_without_the_field_of_a_condition_meets_it_not(self):
        self.conditional()
        event = self.posted(session="CNT/1")
        event.payload = {key: event.payload[key] for key in ("session", "posted")}
        self.template.subject = "{{ session }}"

        self.assertEqual(self.run_rules(), [("CNT/1", ["carla"])])
        self.assertFalse(self.env["stockex.notify.pending"].search([]))

    def test_a_condition_that_cannot_be_read_stops_no_other_rule(self):
        broken = self.conditional()
        self.env.cr.execute(
            "UPDATE stockex_notify_condition SET value = 'much' WHERE rule_id = %s", [broken.id]
        )
        self.env.invalidate_all()
        self.posted(session="CNT/1")

        with self.assertLogs(PENDING, "WARNING"):
            heard = self.run_rules()

        self.assertEqual([who for _subject, who in heard], [["carla"]])
        self.assertEqual(broken.broken_count, 1)
        self.assertIn("ValueError", broken.last_error)

        broken.condition_ids.value = "-1000"
        self.env["stockex.notify.pending"].search([]).with_user(self.sana).action_retry()
        self.assertEqual([who for _subject, who in self.heard()], [["carla"], ["ada"]])

    def channel(self):
        channel = self.env["stockex.notify.service"].create(
            {
                "name": "Desk",
                "code": "email",
                "company_id": self.company.id,
                "shared": True,
                "address": "desk@example.com",
            }
        )
        self.env["res.lang"]._activate_lang("fr_FR")
        self.company.partner_id.lang = "fr_FR"
        self.template.with_context(lang="fr_FR").subject = "{{ reader }} : {{ value | number }}"
        self.template.with_context(lang="en_US").subject = "{{ reader }}: {{ value | number }}"
        return channel

    def test_a_shared_channel_reads_the_language_of_its_company(self):
        channel = self.channel()
        self.rule.write({"service_ids": [Command.set(channel.ids)], "to_responsible": False})
        self.posted(value=-1.5)

        heard = self.run_rules()

        self.assertEqual(heard, [(f"{self.company.name} : -1,5", [])])
        self.assertEqual(self.told[0][3]["services"], channel)

    def test_beside_a_shared_channel_each_reader_is_told_in_their_own(self):
        channel = self.channel()
        mails = self.env["stockex.notify.service"].search(
            [("code", "=", "email"), ("shared", "=", False), ("company_id", "=", self.company.id)]
        )
        self.rule.service_ids = channel | mails
        self.posted(value=-1.5)

        heard = self.run_rules()

        name = self.carla.name
        self.assertEqual(heard, [(f"{self.company.name} : -1,5", []), (f"{name}: -1.5", ["carla"])])
        self.assertEqual([one[3]["services"] for one in self.told], [channel, mails])


@tagged("post_install", "-at_install")
class TestFollowingUnhandled(WaitCase):
    """An event whose wait could not begin stays to be seen, and is handled later."""

    roles = ("karim", "lea", "carla", "anton", "ada", "sana")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.make_rule([{"hours": 8, "action": "remind"}])

    def failing(self, error):
        return patch.object(type(self.env["stockex.escalation"]), "_begin", side_effect=error)

    def test_a_wait_that_could_not_begin_is_kept_shown_and_begun_later(self):
        with self.failing(ZeroDivisionError("nought")), self.assertLogs(PENDING, "WARNING"):
            session = self.submitted("2026-05-04 08:00")
        kept = self.env["stockex.notify.pending"].search([])
        self.assertEqual(set(kept.mapped("event_name")), {"count.submitted"})
        self.assertFalse(kept.rule_id)
        self.assertEqual(set(kept.mapped("error")), {"ZeroDivisionError: nought"})
        self.assertFalse(self.wait(session))

        with self.at("2026-05-04 08:05"):
            self.assertEqual(self.run_rules(), [])
        self.assertEqual(self.env["stockex.notify.pending"].search([]), kept)

        words = "No wait could begin or end with “count.submitted”: nought"
        reason = UserError("nought")
        with self.failing(reason), self.refused(words, UserError):
            kept.with_user(self.sana).action_retry()

        with self.at("2026-05-04 09:00"):
            self.env["stockex.notify.pending"].search([]).with_user(self.sana).action_retry()
        wait = self.wait(session)
        self.assertEqual(
            (self.text(wait.started_at), wait.state), ("2026-05-04 08:00:00", "waiting")
        )
        self.assertFalse(self.env["stockex.notify.pending"].search([]))

    def test_an_event_that_cannot_be_followed_stops_no_other(self):
        begin = type(self.env["stockex.escalation"])._begin
        first, second = self.session(), self.session(self.bin_b)

        def begin_some(escalations, rule, kind, event):
            if event.res_id == first.id:
                raise ZeroDivisionError
            return begin(escalations, rule, kind, event)

        for session, product in ((first, self.bolt), (second, self.bolt)):
            self.count(session, {self.line(session, product): 1})
            session.action_review()
        with (
            patch.object(type(self.env["stockex.escalation"]), "_begin", begin_some),
            self.assertLogs(PENDING, "WARNING"),
            self.at("2026-05-04 08:00"),
        ):
            self.tell("count.submitted", first)
            self.tell("count.submitted", second)
            self.run_rules()

        self.assertFalse(self.wait(first))
        self.assertEqual(self.wait(second).state, "waiting")

    # --- The answer and the clock ---

    def test_a_rejection_that_is_not_yet_followed_is_no_giving_up(self):
        session = self.submitted("2026-05-04 08:00")
        with self.at("2026-05-04 09:00"):
            session.with_user(self.anton)._reject("Count bin A again.")

            self.env["stockex.escalation"]._cron_run()
            self.assertEqual(self.wait(session).state, "waiting")
            self.run_rules()

        wait = self.wait(session)
        self.assertEqual((wait.state, wait.answered_by_id), ("answered", self.anton))
        self.assertEqual(wait.in_time_ratio, 1.0)
