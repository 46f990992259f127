import json
import time
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.stockex.pure.transport.schedule import STANDARD_WEBHOOKS
from odoo.addons.stockex.tests.transport.receiver import answer, cut, drip

from .common import WebhookCase


@tagged("post_install", "-at_install")
class TestWebhookDelivery(WebhookCase):
    """What a receiver gets, and what its answers lead to."""

    # --- The message ---

    def test_a_count_is_told_step_by_step_in_order(self):
        receiver = self.receiver()
        endpoint = self.endpoint(receiver)
        self.stock(self.bolt, self.bin_a, 70)
        session = self.session(self.bin_a)
        self.count(session, {self.line(session, self.bolt, self.bin_a): 60})

        self.post(session)
        self.send_due()

        events = self.env["stockex.event"].search(
            [("res_model", "=", session._name), ("res_id", "=", session.id)], order="id"
        )
        record = {"model": session._name, "id": session.id}
        heard = [
            one
            for one in self.heard(receiver, self.secret(endpoint))
            if one["data"]["record"] == record
        ]
        told = [event.name for event in events if event.name != "count.created"]
        self.assertEqual([one["type"] for one in heard], told)
        self.assertEqual(told[0], "count.started")
        self.assertEqual(told[-1], "count.posted")
        self.assertEqual(heard[-1], self.posted_message(session, events[-1]))

    def posted_message(self, session, event):
        return {
            "type": "count.posted",
            "timestamp": event.time.isoformat() + "Z",
            "data": {
                "session": session.name,
                "posted": 1,
                "failed": 0,
                "value": -100.0,
                "currency": "EUR",
                "id": event.id,
                "sequence": event._shown()[0]["sequence"],
                "record": {"model": session._name, "id": session.id},
                "company_id": self.company.id,
            },
        }

    def test_the_headers_are_those_of_the_standard(self):
        receiver = self.receiver()
        endpoint = self.endpoint(receiver)
        self.emit(self.draft())

        self.send_due()

        [request] = receiver.received
        [call] = self.waiting(endpoint)
        self.assertEqual((request.method, request.path), ("POST", "/hook?k=1"))
        self.assertEqual(request.headers["content-type"], "application/json")
        self.assertEqual(request.headers["webhook-id"], call.idempotency_key)
        self.assertLess(abs(int(request.headers["webhook-timestamp"]) - time.time()), 5)
        self.assertLess(len(request.body), 20_000)
        self.assertEqual((call.state, call.event_id.name), ("done", "count.started"))

    def test_a_retry_has_the_same_id_and_body_and_a_fresh_time(self):
        receiver = self.receiver(answer(500), cut)
        endpoint = self.endpoint(receiver)
        self.emit(self.draft())

        for _try in range(3):
            self.send_due()
            self.let_pass()
            time.sleep(1.1)

        self.heard(receiver, self.secret(endpoint))
        received = receiver.received
        self.assertEqual(len({one.headers["webhook-id"] for one in received}), 1)
        self.assertEqual(len({one.body for one in received}), 1)
        self.assertEqual(len({one.headers["webhook-timestamp"] for one in received}), 3)
        self.assertEqual(self.waiting(endpoint).state, "done")

    def test_a_huge_payload_stays_below_the_limit(self):
        receiver = self.receiver()
        endpoint = self.endpoint(receiver)
        session = self.draft()
        self.emit(
            session, "count.rejected", session=session.name, approver="a", reason="é" * 30_000
        )

        self.send_due()

        [heard] = self.heard(receiver, self.secret(endpoint))
        self.assertLess(len(receiver.received[0].body), 20_000)
        self.assertEqual(heard["data"]["reason"], "é" * 199 + "…")
        self.assertIs(heard["data"]["truncated"], True)
        self.assertEqual(heard["data"]["record"]["id"], session.id)

    # --- Only with the change ---

    def test_what_is_rolled_back_is_never_told(self):
        endpoint = self.endpoint()
        session = self.draft()
        try:
            with self.env.cr.savepoint():
                self.emit(session)
                self.assertEqual(len(self.waiting(endpoint)), 1)
                raise ZeroDivisionError
        except ZeroDivisionError:
            self.assertFalse(self.waiting(endpoint))

    def test_many_events_cost_no_query_each(self):
        self.endpoint(), self.endpoint(name="Second")
        sessions = self.draft() | self.draft()
        many = sessions | self.draft() | self.draft() | self.draft() | self.draft()
        payloads = {one.id: {"session": one.name, "lines": 1} for one in many}
        events = self.env["stockex.event"]
        events._emit("count.started", sessions, payloads)  # warm

        counts = []
        for records in (sessions, many):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            events._emit("count.started", records, payloads)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)

        self.assertEqual(counts[0], counts[1])

    def test_without_endpoints_an_event_costs_one_query_more(self):
        session = self.draft()
        payload = {session.id: {"session": session.name, "lines": 1}}
        events = self.env["stockex.event"]

        def queries():
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            events._emit("count.started", session, payload)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries()  # warm
        with_webhooks = queries()
        with patch.object(type(self.endpoints), "_deliver", lambda *_arguments: None):
            without = queries()

        self.assertEqual(with_webhooks - without, 1)

    # --- Answers ---

    def test_the_published_schedule_is_kept_to_its_end(self):
        receiver = self.receiver(*[answer(500)] * 12)
        endpoint = self.endpoint(receiver)
        self.emit(self.draft())
        call = self.waiting(endpoint)

        for wait in STANDARD_WEBHOOKS:
            self.send_due()
            left = (call.due_at - fields.Datetime.now()).total_seconds()
            self.assertTrue(wait - 5 <= left <= 1.2 * wait + 5, (wait, left))
            self.let_pass()
        self.send_due()

        self.assertEqual((call.state, call.attempts), ("dead", 10))
        self.assertEqual(len(receiver.received), 10)

    def test_any_answer_but_success_is_tried_again(self):
        for status in (301, 307, 400, 401, 404, 422, 429, 500, 502, 504):
            with self.subTest(status=status):
                target = self.receiver()
                receiver = self.receiver(answer(status, headers=[f"Location: {target.url}"]))
                endpoint = self.endpoint(receiver)
                self.emit(self.draft())
                call = self.waiting(endpoint)

                self.send_due()

                self.assertRecordValues(
                    call, [{"state": "waiting", "attempts": 1, "last_status": status}]
                )
                self.assertEqual(target.received, [])
                self.assertTrue(endpoint.failing_since)
                endpoint.unlink()

    def test_a_receiver_that_asks_for_time_gets_it(self):
        for status in (429, 502, 503, 504):
            with self.subTest(status=status):
                receiver = self.receiver(answer(status, headers=["Retry-After: 7200"]))
                endpoint = self.endpoint(receiver)
                self.emit(self.draft())
                self.emit(self.draft())

                self.send_due()

                soonest = fields.Datetime.now() + timedelta(seconds=7195)
                self.assertGreater(self.waiting(endpoint)[0].due_at, soonest)
                self.assertGreater(endpoint.resting_until, soonest)
                self.assertEqual(len(receiver.received), 1)
                endpoint.unlink()

    def test_a_dripping_and_a_huge_answer_cost_their_own_time_only(self):
        slow = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
        for reaction, seconds in (
            (drip(b"x" * 1000, before=slow), 6),
            (answer(200, b"x" * 10_000_000), 4),
        ):
            endpoint = self.endpoint(self.receiver(reaction))
            self.emit(self.draft())
            started = time.monotonic()

            self.send_due()

            self.assertLess(time.monotonic() - started, seconds)
            self.assertEqual(self.waiting(endpoint).state, "done")
            self.assertLess(len(self.waiting(endpoint).attempt_ids.answer), 10_000)
            endpoint.unlink()

    def test_one_record_waits_for_its_first_message_and_others_go_on(self):
        receiver = self.receiver(answer(500))
        self.endpoint(receiver)
        first, second = self.draft(), self.draft()
        told = [self.emit(one) for one in (first, first, second)]

        self.send_due()
        self.env.cr.execute("UPDATE stockex_transport_health SET resting_until = NULL")
        self.send_due()
        self.let_pass()
        self.send_due()

        order = [json.loads(one.body)["data"]["id"] for one in receiver.received]
        ids = [event.id for event in told]
        self.assertEqual(order, [ids[0], ids[2], ids[0], ids[1]])

    def test_a_private_address_is_refused(self):
        receiver = self.receiver()
        endpoint = self.endpoint(base_url="https://127.0.0.1:9/", allow_private=False)
        self.emit(self.draft())

        self.send_due()

        self.assertRecordValues(
            self.waiting(endpoint), [{"state": "dead", "hint": "private_address"}]
        )
        self.assertEqual(receiver.received, [])
