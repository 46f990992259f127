from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ...models.notify import notify_pending
from .telling import POSTED, RuleCase


@tagged("post_install", "-at_install")
class TestNotifyPending(RuleCase):
    """The queue between events and rules, and what a rule cannot handle."""

    def setUp(self):
        super().setUp()
        # Preparing the count was an event of its own.
        self.env["stockex.notify.pending"].search([]).unlink()

    def pending(self):
        return self.env["stockex.notify.pending"].search([("event_id.name", "!=", "count.created")])

    # --- The queue ---

    def test_events_wait_in_the_queue_of_their_transaction(self):
        event = self.posted()
        self.assertEqual(self.pending().event_id, event)

        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.posted()
            raise ZeroDivisionError
        self.env.invalidate_all()
        self.assertEqual(self.pending().event_id, event)

    def test_the_queue_costs_one_statement_a_batch(self):
        sessions = self.count_session | self.draft() | self.draft()
        payloads = dict.fromkeys(sessions.ids, POSTED)
        events = self.env["stockex.event"]
        events._emit("count.posted", sessions, payloads)
        self.env.flush_all()

        def queries():
            before = self.env.cr.sql_log_count
            events._emit("count.posted", sessions, payloads)
            return self.env.cr.sql_log_count - before

        with patch.object(type(self.env["stockex.notify.pending"]), "_enqueue"):
            bare = queries()
        self.assertEqual(queries(), bare + 1)
        self.assertEqual(len(self.pending()), 6)

    def test_the_queue_wakes_its_reader(self):
        cron = self.env.ref("stockex.notify_pending_cron")
        triggers = self.env["ir.cron.trigger"]
        before = triggers.search_count([("cron_id", "=", cron.id)])

        self.posted()

        self.assertEqual(triggers.search_count([("cron_id", "=", cron.id)]), before + 1)

    def test_what_only_programs_follow_does_not_queue(self):
        move = self.env["stock.move"].create(
            self.move_vals(self.bolt, self.suppliers, self.bin_a, 1)
        )
        payload = {"products": [], "locations": [], "complete": True}

        self.emit("stock.changed", move, **payload)

        self.assertFalse(self.pending())

    def test_an_event_is_told_once(self):
        self.posted()

        self.assertEqual(self.run_rules(), [("CNT/1: -1,234.50\xa0€", ["carla"])])
        self.assertEqual(self.run_rules(), [])
        self.assertFalse(self.pending())

    def test_many_events_go_in_batches_in_their_order(self):
        for number in range(5):
            self.posted(session=f"CNT/{number}")

        with (
            patch.object(notify_pending, "BATCH", 2),
            patch.object(
                type(self.env["ir.cron"]), "_commit_progress", return_value=60.0
            ) as progress,
        ):
            heard = self.run_rules()

        self.assertEqual([subject[:5] for subject, _who in heard], [f"CNT/{n}" for n in range(5)])
        self.assertEqual([call.args[0] for call in progress.call_args_list], [2, 2, 1])

    def test_readers_hear_of_events_in_their_order_whatever_that_of_the_rules(self):
        cancelled = self.make_template("count.cancelled", "{{ record }} off")
        self.make_rule(
            event_name="count.cancelled",
            template_id=cancelled.id,
            to_responsible=True,
            sequence=1,
        )
        name = self.count_session.display_name
        self.posted(session="CNT/1")
        self.emit("count.cancelled", self.count_session, session="CNT")
        self.posted(session="CNT/2")
        self.posted(session="CNT/3")
        self.emit("count.cancelled", self.count_session, session="CNT")

        subjects = [subject.partition(":")[0] for subject, _who in self.run_rules()]

        self.assertEqual(subjects, ["CNT/1", f"{name} off", "CNT/2", "CNT/3", f"{name} off"])

    def test_a_run_out_of_time_leaves_the_rest_to_the_next(self):
        for number in range(3):
            self.posted(session=f"CNT/{number}")
        with (
            patch.object(notify_pending, "BATCH", 2),
            patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=0.0),
        ):
            self.assertEqual(len(self.run_rules()), 2)

        self.assertEqual(len(self.run_rules()), 1)

    def test_old_news_is_no_news(self):
        with self.at("2026-03-01 10:00"):
            self.posted()
        with self.at("2026-03-08 10:00:01"):
            self.assertEqual(self.run_rules(), [])
        self.assertFalse(self.pending())

    # --- What breaks ---

    def test_a_rule_that_breaks_stops_no_other_and_says_so(self):
        broken = self.make_rule(name="Broken", user_ids=[Command.set(self.ada.ids)], sequence=1)
        broken.template_id = self.make_template("count.posted", "Broken")
        self.env.cr.execute(
            "UPDATE stockex_notify_template SET subject = %s WHERE id = %s",
            ('{"en_US": "{{ gone }}"}', broken.template_id.id),
        )
        self.env.invalidate_all()
        first, second = self.posted(session="CNT/1"), self.posted(session="CNT/2")

        with self.assertLogs("odoo.addons.stockex.models.notify.notify_pending", "WARNING"):
            heard = self.run_rules()

        self.assertEqual([who for _subject, who in heard], [["carla"], ["carla"]])
        self.assertEqual(broken.broken_count, 2)
        self.assertEqual(broken.last_error, "KeyError: 'gone'")
        self.assertEqual(self.rule.broken_count, 0)
        self.assertEqual(self.pending().event_id, first | second)
        self.assertEqual(self.run_rules(), [])

    def test_what_broke_is_told_when_it_is_mended(self):
        self.rule.condition_ids = [
            Command.create({"field_name": "value", "operator": "less", "value": "0"})
        ]
        self.posted()
        with patch.object(
            type(self.env["stockex.notify.telling"]), "_say", side_effect=UserError("No way.")
        ):
            self.run_rules()
            waiting = self.pending()
            self.assertEqual(waiting.mapped("error"), ["No way."])
            with self.refused("Posted.*still cannot.*No way", UserError):
                waiting.with_user(self.sana).action_retry()

        self.pending().with_user(self.sana).action_retry()

        self.assertEqual([who for _subject, who in self.heard()], [["carla"]])
        self.assertFalse(self.pending())

    def test_one_event_that_breaks_the_rule_leaves_the_others(self):
        for number in range(3):
            self.posted(session=f"CNT/{number}")
        say = type(self.env["stockex.notify.telling"])._say

        reason = "Not this one."

        def say_some(telling, rule, event, *more):
            if event.payload["session"] == "CNT/1":
                raise UserError(reason)
            return say(telling, rule, event, *more)

        with patch.object(type(self.env["stockex.notify.telling"]), "_say", say_some):
            heard = self.run_rules()

        told = [subject[:5] for subject, _who in heard]
        self.assertEqual(sorted(set(told)), ["CNT/0", "CNT/2"])
        self.assertEqual(self.pending().mapped("payload")[0]["session"], "CNT/1")


@tagged("post_install", "-at_install")
class TestRuleToMessage(RuleCase):
    """From an event to the message that its reader finds."""

    catching = False

    def test_a_rule_makes_the_message_that_its_reader_finds(self):
        self.carla.lang = "fr_FR"
        self.rule.severity = "critical"
        event = self.posted()

        self.run_rules()

        messages = self.env["stockex.notification"].search([("event_id", "=", event.id)])
        self.assertEqual(messages.user_id, self.carla)
        message = messages[0]
        self.assertEqual(message.subject, "CNT/1: -1\xa0234,50\xa0€")
        self.assertEqual(message.category_id.code, "counts")
        self.assertEqual(message.severity, "critical")
        self.assertEqual((message.res_model, message.res_id), (event.res_model, event.res_id))
        self.assertIn(f"res_id={event.res_id}", message.url)
