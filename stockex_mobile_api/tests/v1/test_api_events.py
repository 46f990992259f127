from unittest.mock import patch

from odoo.tests import tagged

from ...controllers.v1 import events as controller
from .common import ApiCase

STARTED = {"session": "CNT/1", "lines": 2}


@tagged("post_install", "-at_install")
class TestApiEvents(ApiCase):
    """What happened, as a client follows it."""

    roles = ("karim", "lea", "carla", "anton", "quentin", "ada")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute("DELETE FROM stockex_event")
        cls.count_ = cls.draft()

    def setUp(self):
        super().setUp()
        self.reader = self.key(self.carla, "events:read")

    def tell(self, *numbers, record=None, name="count.started", company=None):
        """Write an event for each transaction number, as those committed long ago."""
        events = self.env["stockex.event"]
        for number in numbers:
            events += events.create(
                {
                    "name": name,
                    "res_model": (record or self.count_)._name,
                    "res_id": (record or self.count_).id,
                    "payload": STARTED,
                    "company_id": (company or self.company).id,
                    "time": "2026-03-02 09:00:00",
                }
            )
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE stockex_event SET xid = %s::text::xid8 WHERE id = %s",
                (str(number), events[-1].id),
            )
        return events

    def ids(self, page):
        return [event["id"] for event in page["data"]]

    def follow(self, key, **params):
        """Return the ids of all events, a page after the other, and where to go on."""
        found, page = [], {"more": True}
        while page["more"]:
            after = {"after": page["next"]} if "next" in page else {}
            page = self.get("/events", key, **params, **after)
            found += self.ids(page)
        return found, page["next"]

    # --- The stream ---

    def test_an_event_says_what_happened_to_what(self):
        event = self.tell(10)

        page = self.get("/events", self.reader)

        [shown] = page["data"]
        self.assertEqual(shown.pop("sequence"), page["next"])
        self.assertEqual(
            shown,
            {
                "id": event.id,
                "name": "count.started",
                "time": "2026-03-02T09:00:00Z",
                "company_id": self.company.id,
                "model": "stockex.count.session",
                "record_id": self.count_.id,
                "payload": STARTED,
            },
        )
        self.assertIs(page["more"], False)

    def test_pages_follow_the_order_of_the_transactions(self):
        late, early, middle, last = self.tell(30, 9, 10, 30)

        # 9 comes before 10: the numbers count, not their digits.
        for limit in (1, 2, 3, 200):
            with self.subTest(limit=limit):
                found, _next = self.follow(self.reader, limit=limit)
                self.assertEqual(found, [early.id, middle.id, late.id, last.id])

    def test_every_sequence_is_a_place_to_go_on_from(self):
        self.tell(10, 10, 20)
        page = self.get("/events", self.reader)

        rest = [
            self.ids(self.get("/events", self.reader, after=e["sequence"])) for e in page["data"]
        ]

        ids = self.ids(page)
        self.assertEqual(rest, [ids[1:], ids[2:], []])

    def test_there_is_always_a_place_to_go_on_from(self):
        empty = self.get("/events", self.reader)
        again = self.get("/events", self.reader, after=empty["next"])
        self.assertEqual((empty["data"], again["data"]), ([], []))
        self.assertEqual(empty["next"], again["next"])
        first = self.tell(10)
        page = self.get("/events", self.reader, after=again["next"])
        self.assertEqual(self.ids(page), first.ids)

        still = self.get("/events", self.reader, after=page["next"])

        self.assertEqual((still["data"], still["next"]), ([], page["next"]))
        later = self.tell(11)
        self.assertEqual(self.ids(self.get("/events", self.reader, after=still["next"])), later.ids)

    def test_one_may_begin_with_now(self):
        self.tell(9, 10, 20)

        page = self.get("/events", self.reader, after="now")

        self.assertEqual(page["data"], [])
        later = self.tell(21)
        self.assertEqual(self.ids(self.get("/events", self.reader, after=page["next"])), later.ids)

    def test_what_an_open_transaction_writes_is_left_for_later(self):
        done = self.tell(10)
        self.count_.action_start()

        page = self.get("/events", self.reader)

        self.assertEqual(self.ids(page), done.ids)

    def test_only_the_names_asked_for_come_and_the_place_moves_on(self):
        self.tell(10)
        posted = self.tell(11, name="count.posted")
        self.tell(12)

        page = self.get("/events", self.reader, name="count.posted,count.approved")

        self.assertEqual(self.ids(page), posted.ids)
        self.assertEqual(self.get("/events", self.reader, after=page["next"])["data"], [])

    def test_a_request_looks_through_so_many_and_says_that_there_is_more(self):
        self.tell(*range(10, 19))
        posted = self.tell(20, name="count.posted")

        with patch.multiple(controller, BATCH=2, LOOKED_THROUGH=4):
            first = self.get("/events", self.reader, name="count.posted")
            found, _next = self.follow(self.reader, name="count.posted")
            self.assertEqual(len(self.follow(self.reader, limit=3)[0]), 10)

        self.assertEqual((first["data"], first["more"]), ([], True))
        self.assertEqual(found, posted.ids)

    # --- Who sees what ---

    def test_counters_see_no_event_and_the_other_roles_do(self):
        event = self.tell(10)
        response = self.call("GET", "/events", self.key(self.karim))
        self.assert_problem(response, 403, "forbidden")

        for user in (self.carla, self.anton, self.quentin, self.ada):
            with self.subTest(user=user.login):
                page = self.get("/events", self.key(user, "events:read"))
                self.assertEqual(self.ids(page), event.ids)

    def test_events_of_other_companies_and_of_what_is_hidden_are_left_out(self):
        self.add_other_company()
        theirs = self.env["stockex.count.session"].create({"company_id": self.other_company.id})
        self.tell(10, record=theirs, company=self.other_company)
        self.tell(11, record=theirs)
        self.tell(12, record=self.env["ir.config_parameter"].search([], limit=1))
        mine = self.tell(13, 14)
        # What happened to no record in particular is the company's.
        mine[1].write({"res_model": False, "res_id": False})

        page = self.get("/events", self.reader)

        self.assertEqual(self.ids(page), mine.ids)
        self.assertEqual((page["data"][1]["model"], page["data"][1]["record_id"]), (None, None))

    # --- Refusals ---

    def test_a_place_of_another_database_or_a_restored_one_is_refused(self):
        self.tell(10)
        events = self.env["stockex.event"]
        mine = self.get("/events", self.reader)["next"]
        foreign = "00000000" + mine[8:]
        future = events._write_sequence((2**60, 1))
        for after, word in ((foreign, "this database"), (future, "restored"), ("x", "Begin")):
            with self.subTest(after=after):
                response = self.call("GET", "/events", self.reader, params={"after": after})
                self.assert_problem(response, 409, "refused", word)

    def test_what_is_not_taken_is_named(self):
        for params, place in (
            ({"limit": "0"}, "query.limit"),
            ({"limit": "201"}, "query.limit"),
            ({"after": "a\x00"}, "query.after"),
            ({"after": "x" * 61}, "query.after"),
            ({"name": "COUNT"}, "query.name.0"),
            ({"since": "1"}, "query.since"),
        ):
            with self.subTest(params=params):
                response = self.call("GET", "/events", self.reader, params=params)
                self.assert_faults(response, place)
        response = self.call("GET", "/events", self.reader, params={"name": "count.lost"})
        self.assert_problem(response, 409, "unknown_event", "count.lost")
        other = self.key(self.carla, "counts:read")
        self.assert_problem(self.call("GET", "/events", other), 403, "scope_missing")

    def test_the_document_says_what_each_event_holds(self):
        document = self.call("GET", "/openapi.json").json()

        text = document["paths"]["/events"]["get"]["description"]

        self.assertIn("* `count.started`: `session` (text), `lines` (whole number)", text)
        self.assertIn("`value` (number)", text)
        self.assertIn("* `stock.changed`: `products` (list)", text)
