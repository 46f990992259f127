from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .sync_route_case import DAY, RouteCase


@tagged("post_install", "-at_install")
class TestSyncRouteDays(RouteCase):
    # --- Whose day ---

    def test_a_day_begins_and_ends_where_its_reader_lives(self):
        self.entry(self.bolt, self.bin_a, "2026-03-09 22:59:59")
        self.entry(self.bolt, self.bin_b, "2026-03-09 23:00:00")
        self.entry(self.bolt, self.bin_c, "2026-03-10 22:59:59")
        self.entry(self.phone, self.bin_c, "2026-03-10 23:00:00")

        def places(day, tz):
            return [stop["short"] for stop in self.route(day=day, tz=tz)["stops"]]

        self.assertEqual(places(DAY, "Europe/Paris"), ["B-01", "C-01"])
        self.assertEqual(places("2026-03-09", "Europe/Paris"), ["A-01"])
        self.assertEqual(places("2026-03-11", "Europe/Paris"), ["C-01"])
        self.assertEqual(places(DAY, "Pacific/Auckland"), ["A-01", "B-01"])
        self.assertEqual(places("2026-03-09", "UTC"), ["A-01", "B-01"])
        self.assertEqual(places(DAY, "No/Where"), ["C-01"])

    def test_a_day_on_which_the_clocks_change_has_23_or_25_hours(self):
        for day, start, end in (
            ("2026-03-29", "2026-03-28 23:00:00", "2026-03-29 22:00:00"),
            ("2026-10-25", "2026-10-24 22:00:00", "2026-10-25 23:00:00"),
        ):
            found = self.route(day=day)
            self.assertEqual((found["start"], found["end"]), (start, end))
        self.entry(self.bolt, self.bin_a, "2026-10-25 22:59:59")
        self.entry(self.bolt, self.bin_b, "2026-10-25 23:00:00")

        self.assertEqual([one["short"] for one in self.route(day="2026-10-25")["stops"]], ["A-01"])

    def test_what_is_left_open_is_chosen_by_what_was_counted_last(self):
        self.walk()
        self.entry(self.bolt, self.bin_c, f"{DAY} 09:00:00", user=self.lea)
        route = self.env(user=self.carla)["stockex.sync.route"]

        found = route.route()
        self.assertEqual((found["day"], found["user"]["id"]), (DAY, self.karim.id))
        self.assertEqual([one["entries"] for one in found["people"]], [5, 1])
        found = route.route(self.lea.id, "2026-03-12")
        self.assertEqual((found["stops"], found["last_day"]), ([], DAY))
        found = route.route(self.lea.id)
        self.assertEqual((found["day"], len(found["stops"])), (DAY, 1))
        found = route.route(None, "2026-03-12")
        self.assertEqual((found["user"], found["people"], found["stops"]), (None, [], []))

    def test_one_session_of_several(self):
        self.walk()
        bin_d = self.make_bin("D-01", self.warehouse.lot_stock_id)
        self.stock(self.bolt, bin_d, 5)
        other = self.session(bin_d, title="Another one")
        self.lines[self.bolt, bin_d] = self.line(other, self.bolt)
        self.entry(self.bolt, bin_d, f"{DAY} 10:00:00")

        self.assertEqual(len(self.route()["stops"]), 4)
        found = self.route(session=other.id)
        self.assertEqual([stop["short"] for stop in found["stops"]], ["D-01"])
        self.assertEqual(found["session"]["id"], other.id)
        self.assertEqual([place["id"] for place in found["places"]], [bin_d.id])

    def test_the_picture_shows_ones_own_zones(self):
        zone = {"name": "B", "location_ids": [(6, 0, self.bin_b.ids)]}
        self.open.sudo().zone_ids = [(0, 0, {**zone, "counter_ids": [(6, 0, self.karim.ids)]})]
        own = self.open.sudo().zone_ids
        self.lines[self.bolt, self.bin_b].sudo().zone_id = own
        self.lines[self.phone, self.bin_b].sudo().zone_id = own
        self.entry(self.bolt, self.bin_c, f"{DAY} 08:00:00")

        places = {place["id"]: place["lines"] for place in self.route()["places"]}

        self.assertEqual(places, {self.bin_b.id: 2, self.bin_c.id: 1})

    def test_positions_are_told_where_they_are_kept(self):
        self.entry(self.bolt, self.bin_a, f"{DAY} 08:00:00")
        here = {"latitude": 45.764, "longitude": 4.8357, "accuracy_m": 8}
        self.fault("applied", f"{DAY} 08:00:00", self.bin_a, **here)
        self.fault("applied", f"{DAY} 08:01:00", self.bin_a)

        self.assertEqual(
            self.route()["positions"],
            [
                {
                    "at": f"{DAY} 08:00:00",
                    "lat": 45.764,
                    "lon": 4.8357,
                    "accuracy": 8.0,
                    "name": self.bin_a.complete_name,
                }
            ],
        )

    # --- Who may ---

    def test_only_controllers_read_it(self):
        self.walk()
        stranger = self.make_user("tom", "base.group_user", self.company)

        for reader in (self.karim, self.lea, stranger):
            with self.assertRaises(AccessError):
                self.route(reader=reader)

    def test_another_companys_day_is_empty(self):
        self.walk()
        here = {"latitude": 45.7, "longitude": 4.8}
        self.fault("conflict", f"{DAY} 08:00:00", self.bin_a, **here)

        found = self.route(reader=self.omar, session=self.open.id)

        self.assertEqual((found["user"], found["session"]), (None, None))
        for name in ("stops", "gaps", "places", "positions", "people"):
            self.assertEqual(found[name], [], name)
        self.assertEqual(found["totals"]["conflicts"], 0)
        self.carla.company_ids |= self.other_company
        chosen = self.route(allowed_company_ids=self.other_company.ids)
        self.assertEqual((chosen["stops"], chosen["positions"]), ([], []))

    def test_what_is_no_day_and_nobodys_number_is_refused_or_empty(self):
        self.walk()
        route = self.env(user=self.carla)["stockex.sync.route"]

        for day in ("yesterday", "2026-02-30", "9999-12-31", "1999-12-31", 7, "\0"):
            with self.assertRaises(UserError):
                route.route(self.karim.id, day)
        for user in (2**40, -1, "1", True, [1], 999999999):
            self.assertEqual(route.route(user, DAY)["stops"], [])
        self.assertEqual(len(route.route(self.karim.id, DAY, 2**40)["stops"]), 3)
