import uuid
from datetime import UTC, datetime, timedelta

from odoo.tests import tagged

from .sync_route_case import DAY, RouteCase


@tagged("post_install", "-at_install")
class TestSyncRoute(RouteCase):
    # --- What it tells ---

    def test_a_day_is_told_stop_by_stop(self):
        self.walk()
        self.fail_at_times()

        found = self.route()

        names = ("short", "start", "end", "seconds", "gap_s", "entries", "lines", "again")
        names += ("conflicts", "rejected", "per_hour")
        eight = f"{DAY} 08:"
        self.assertEqual(
            [tuple(stop[name] for name in names) for stop in found["stops"]],
            [
                ("A-01", eight + "00:00", eight + "02:00", 120, 0, 2, 2, 0, 0, 0, 60.0),
                ("B-01", eight + "05:00", eight + "25:00", 180, 1200, 2, 2, 0, 1, 0, 40.0),
                ("A-01", eight + "28:00", eight + "28:00", 180, 0, 1, 1, 1, 0, 1, 20.0),
            ],
        )
        first = found["stops"][0]
        self.assertEqual(
            (first["location"], first["name"], first["aisle"]),
            (self.bin_a.id, self.bin_a.complete_name, "Stock"),
        )
        self.assertEqual(
            found["gaps"],
            [{"start": f"{DAY} 08:05:00", "end": f"{DAY} 08:25:00", "seconds": 1200}],
        )

    def test_a_day_is_summed_up_and_tells_whose_it_is(self):
        self.walk()
        self.fail_at_times()

        found = self.route()

        self.assertEqual(
            found["totals"],
            {
                "entries": 5,
                "lines": 4,
                "locations": 2,
                "seconds": 480,
                "per_hour": 30.0,
                "gaps": 1,
                "gap_s": 1200,
                "again": 1,
                "conflicts": 1,
                "rejected": 2,
            },
        )
        self.assertEqual(
            [(place["id"], place["lines"]) for place in found["places"]],
            [(self.bin_a.id, 2), (self.bin_b.id, 2), (self.bin_c.id, 2)],
        )
        self.assertEqual(found["user"], {"id": self.karim.id, "name": self.karim.name})
        self.assertEqual(
            found["people"], [{"id": self.karim.id, "name": self.karim.name, "entries": 5}]
        )
        self.assertEqual((found["start"], found["end"]), ("2026-03-09 23:00:00", f"{DAY} 23:00:00"))
        self.assertEqual((found["session"], found["last_day"]), (None, None))

    def test_what_was_taken_back_is_no_count_but_what_is_counted_after_it_is_again(self):
        first = self.entry(self.bolt, self.bin_a, f"{DAY} 08:00:00")
        void = self.entry(self.bolt, self.bin_a, f"{DAY} 08:01:00", voids=True)
        first.superseded_by_id = void
        self.entry(self.bolt, self.bin_a, f"{DAY} 08:02:00")

        totals = self.route()["totals"]

        self.assertEqual((totals["entries"], totals["lines"], totals["again"]), (2, 1, 1))

    def test_a_handhelds_own_time_is_corrected(self):
        self.open.sudo().started_at = datetime.now() - timedelta(days=1)
        skew = timedelta(hours=2)
        op = {**self.add(self.lines[self.bolt, self.bin_a], 2), "at": self.now(90, skew)}
        self.assert_answer(self.one(op, now=self.now(0, skew)), "applied")
        entry = self.entries(self.lines[self.bolt, self.bin_a])
        local = self.env["stockex.sync.route"].with_user(self.carla)._zone()
        day = entry.counted_at.replace(tzinfo=UTC).astimezone(local).date().isoformat()

        [stop] = self.route(day=day)["stops"]

        seconds = (datetime.now() - datetime.fromisoformat(stop["start"])).total_seconds()
        self.assertAlmostEqual(seconds, 90, delta=30)

    # --- How it opens, and how fast ---

    def test_it_opens_from_a_handheld_a_user_and_a_session(self):
        self.push(self.add(self.lines[self.bolt, self.bin_a], 1))
        device = self.env["stockex.sync.device"].search([("uuid", "=", self.device())])
        today = self.route(day=None)["day"]

        def params(record, action):
            return getattr(record.with_user(self.carla), action)()["params"]

        empty = {"user_id": None, "session_id": None, "day": None}
        self.assertEqual(
            params(device, "action_open_route"),
            {**empty, "user_id": self.karim.id, "day": today},
        )
        self.assertEqual(
            params(self.open, "action_open_route"), {**empty, "session_id": self.open.id}
        )
        self.assertEqual(
            params(self.karim, "action_stockex_route"), {**empty, "user_id": self.karim.id}
        )

    def test_two_thousand_counts_cost_the_queries_of_twenty(self):
        places = sorted(self.places, key=lambda place: place.id)

        def queries(count, begin):
            start = datetime.fromisoformat(f"{DAY} {begin}")
            self.env["stockex.count.entry"].create(
                [
                    {
                        "line_id": self.lines[self.bolt, places[number % 3]].id,
                        "session_id": self.open.id,
                        "company_id": self.company.id,
                        "user_id": self.karim.id,
                        "quantity": 1,
                        "counted_at": start + timedelta(seconds=number),
                        "uuid": str(uuid.uuid4()),
                    }
                    for number in range(count)
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self.route()
            return self.env.cr.sql_log_count - before, len(found["stops"])

        few, many = queries(20, "06:00:00"), queries(1_980, "07:00:00")

        self.assertEqual((few[1], many[1]), (20, 2_000))
        self.assertLessEqual(many[0], few[0])
        self.assertLessEqual(many[0], 30)
