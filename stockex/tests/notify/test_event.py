from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.counting import count_posting
from ..common import CountCase


@tagged("post_install", "-at_install")
class TestEvent(CountCase):
    roles = ("karim", "lea", "carla", "anton", "quentin", "ada", "sana")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.stock(cls.bolt, cls.bin_a, 70)
        cls.stock(cls.bolt, cls.bin_b, 5)

    def events(self, record):
        events = self.env["stockex.event"].search(
            [("res_model", "=", record._name), ("res_id", "in", record.ids)], order="id"
        )
        return [(event.name, event.payload) for event in events]

    def counted(self, quantity):
        session = self.session(self.bin_a | self.bin_b)
        self.count(session, {self.line(session, self.bolt, self.bin_a): quantity})
        return session

    def test_a_count_tells_its_steps(self):
        session = self.counted(60)

        self.post(session)

        self.assertEqual(
            self.events(session),
            [
                (
                    "count.created",
                    {"session": session.name, "kind": "full", "controller": self.carla.login},
                ),
                ("count.started", {"session": session.name, "lines": 2}),
                ("count.submitted", {"session": session.name, "lines": 2, "counted": 1}),
                ("count.approved", {"session": session.name, "approver": self.anton.login}),
                (
                    "count.posted",
                    {
                        "session": session.name,
                        "posted": 1,
                        "failed": 0,
                        "value": -100.0,
                        "currency": "EUR",
                    },
                ),
            ],
        )

    def test_an_event_is_its_records_own(self):
        session = self.counted(70)

        event = self.env["stockex.event"].search([], limit=1)

        self.assertEqual((event.res_model, event.res_id), (session._name, session.id))
        self.assertEqual(event.company_id, self.company)
        self.assertTrue(event.time)

    def test_a_variance_worth_the_alert_is_told(self):
        for threshold, told in ((600, False), (500, True), (0, True)):
            with self.subTest(threshold=threshold):
                self.company.stockex_variance_alert_amount = threshold
                session = self.counted(20)
                session.action_review()

                line = self.line(session, self.bolt, self.bin_a)
                payload = {
                    "session": session.name,
                    "product": "[SX-Bolt] Bolt",
                    "location": self.bin_a.complete_name,
                    "difference": -50.0,
                    "value": -500.0,
                    "currency": "EUR",
                }
                expected = [("variance.above_threshold", payload)] if told else []
                self.assertEqual(self.events(line), expected)
                session.action_cancel()

    def test_closing_again_tells_only_what_is_new(self):
        self.company.stockex_variance_alert_amount = 100
        session = self.counted(20)
        line = self.line(session, self.bolt, self.bin_a)
        session.action_review()
        session.action_resume()
        session.action_review()
        self.assertEqual(len(self.events(line)), 1)

        line.with_user(self.carla).action_recount()
        self.count(session, {line: 10})
        session.action_review()

        told = [payload["difference"] for _name, payload in self.events(line)]
        self.assertEqual(told, [-50.0, -60.0])

    def test_a_surplus_is_a_variance_too_and_a_match_is_none(self):
        self.company.stockex_variance_alert_amount = 0
        session = self.counted(80)
        other = self.line(session, self.bolt, self.bin_b)
        self.count(session, {other: 5})

        session.action_review()

        self.assertEqual(len(self.events(self.line(session, self.bolt, self.bin_a))), 1)
        self.assertEqual(self.events(other), [])

    def test_what_is_rolled_back_leaves_no_event(self):
        draft = self.draft()
        build = type(self.env["stockex.count.build"])

        with (
            patch.object(build, "_build", side_effect=UserError("no")),
            self.assert_refused("no"),
        ):
            draft.action_start()
        created = self.events(draft)
        self.assertEqual([name for name, _payload in created], ["count.created"])
        try:
            with self.env.cr.savepoint():
                draft.action_start()
                self.assertEqual(len(self.events(draft)), 2)
                raise ZeroDivisionError
        except ZeroDivisionError:
            self.assertEqual(self.events(draft), created)

    def test_a_failed_chunk_tells_of_no_posting(self):
        session = self.counted(60)
        self.approve(session)
        closing = type(self.env["stockex.count.closing"])

        with (
            patch.object(closing, "_close", side_effect=UserError("no")),
            self.assertRaises(UserError),
        ):
            session.action_post()

        self.assertNotIn("count.posted", [name for name, _payload in self.events(session)])

    def test_one_event_whatever_the_number_of_chunks(self):
        session = self.session(self.bin_a | self.bin_b)
        self.count(session, dict.fromkeys(self.line(session, self.bolt), 1))

        with patch.object(count_posting, "POSTING_CHUNK", 1):
            self.post(session)

        posted = [payload for name, payload in self.events(session) if name == "count.posted"]
        self.assertEqual([payload["posted"] for payload in posted], [2])

    def test_an_unknown_name_and_a_wrong_payload_are_errors(self):
        session = self.draft()
        for name, payload in (("count.lost", {}), ("count.started", {"session": "x"})):
            with self.subTest(name=name), self.assertRaises(ValueError):
                self.env["stockex.event"]._emit(name, session, {session.id: payload})

    def test_who_leads_reads_the_events_of_the_company_and_counters_none(self):
        self.counted(70)
        events = self.env["stockex.event"]
        self.omar.group_ids += self.env.ref("stockex.group_suite_admin")

        for user in (self.carla, self.anton, self.quentin, self.ada, self.sana):
            with self.subTest(user=user.login):
                seen = events.with_user(user).search([])
                self.assertIn("count.started", seen.mapped("name"))
                with self.assertRaises(AccessError):
                    seen[0].write({"name": "x"})
        with self.assertRaises(AccessError):
            events.with_user(self.karim).search([])
        self.assertNotIn(self.company, events.with_user(self.omar).search([]).sudo().company_id)

    def test_an_event_of_records_that_a_role_never_reads_is_not_told_to_it(self):
        job = {"res_model": "ir.rule", "res_id": 1, "name": "count.started", "time": "2026-01-01"}
        event = self.env["stockex.event"].create({**job, "company_id": self.company.id})

        seen = self.env["stockex.event"].with_user(self.ada).search([("id", "=", event.id)])
        self.assertFalse(seen)
        self.ada.group_ids += self.env.ref("base.group_erp_manager")
        seen = self.env["stockex.event"].with_user(self.ada).search([("id", "=", event.id)])
        self.assertEqual(seen, event)


@tagged("post_install", "-at_install")
class TestEventStream(CountCase):
    """Readers see committed events once each, in an order that loses none."""

    roles = ("carla",)

    def write_events(self, *numbers):
        """Write one event for each transaction number, as those committed long ago."""
        events = self.env["stockex.event"]
        for number in numbers:
            events |= events.create(
                {"name": "count.started", "company_id": self.company.id, "time": "2026-01-01"}
            )
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE stockex_event SET xid = %s::text::xid8 WHERE id = %s",
                (str(number), events[-1].id),
            )
        return events

    def setUp(self):
        super().setUp()
        self.env.cr.execute("DELETE FROM stockex_event")

    def test_events_come_in_the_order_of_their_transactions(self):
        third, first, second = self.write_events(30, 10, 20)

        events, position = self.env["stockex.event"]._read_after()

        self.assertEqual(events.ids, (first | second | third).ids)
        self.assertEqual(position, (30, third.id))

    def test_events_of_one_transaction_come_in_the_order_of_writing(self):
        written = self.write_events(10, 10, 10)

        events, _position = self.env["stockex.event"]._read_after()

        self.assertEqual(events.ids, written.ids)

    def test_pages_join_without_gap_or_repeat(self):
        written = self.write_events(10, 10, 20, 30, 30)
        read, position = [], None
        for size in (2, 1, 1, 5):
            events, position = self.env["stockex.event"]._read_after(position, size)
            read += events.ids

        self.assertEqual(read, written.ids)

    def test_at_the_end_the_position_stays(self):
        self.write_events(10)
        _events, position = self.env["stockex.event"]._read_after()

        events, again = self.env["stockex.event"]._read_after(position)

        self.assertFalse(events)
        self.assertEqual(again, position)

    def test_an_empty_stream_has_no_position(self):
        events, position = self.env["stockex.event"]._read_after()

        self.assertEqual((len(events), position), (0, None))

    def test_an_open_transaction_is_left_for_later(self):
        done = self.write_events(10)
        self.env["stockex.event"].create(
            {"name": "count.started", "company_id": self.company.id, "time": "2026-01-01"}
        )
        self.env.flush_all()

        events, _position = self.env["stockex.event"]._read_after()

        self.assertEqual(events, done)

    def test_an_older_transaction_with_a_younger_event_is_not_lost(self):
        first = self.write_events(20)
        _events, position = self.env["stockex.event"]._read_after()
        self.assertEqual(position, (20, first.id))

        later = self.write_events(21)

        self.assertEqual(self.env["stockex.event"]._read_after(position)[0], later)
