from datetime import datetime, timedelta

from odoo.fields import Command
from odoo.tests import tagged

from .sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestSyncPlaces(SyncCase):
    """Which locations a handheld knows, and which of them are its user's to count."""

    roles = ("karim", "lea", "carla")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.stock(cls.bolt, cls.bin_a, 5)
        cls.stock(cls.bolt, cls.bin_b, 7)

    def zoned(self):
        """Return a session whose two bins are two zones, one of each counter."""
        session = self.draft(self.bin_a | self.bin_b)
        session.zone_ids = [
            Command.create({"name": place.name, "location_ids": place.ids, "counter_ids": user.ids})
            for place, user in ((self.bin_a, self.karim), (self.bin_b, self.lea))
        ]
        session.action_start()
        return session

    def settle(self):
        """Make all rows older than any version."""
        self.env.flush_all()
        for table in ("stock_location", "stockex_count_line"):
            self.env.cr.execute(f"UPDATE {table} SET write_date = now() - interval '2 hours'")
        self.env.invalidate_all()

    def version(self, name="locations", user=None):
        return self.page(name, user)["version"]

    def since(self, version, name="locations", user=None):
        """Return (ids that come again, ids that are gone)."""
        self.env.flush_all()
        page = self.page(name, user, since=version)
        return {row["id"] for row in page["rows"]}, page["gone"]

    def test_all_places_of_the_company_are_there_and_no_others(self):
        rows = self.rows("locations")

        inside = self.env["stock.location"].search(
            [("usage", "in", ("internal", "transit")), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(set(rows), set(inside.ids))
        self.assertNotIn(self.other_bin.id, rows)
        self.assertEqual(
            rows[self.bin_a.id],
            {
                "id": self.bin_a.id,
                "name": self.bin_a.complete_name,
                "barcode": self.bin_a.barcode,
                "company": self.company.id,
                "mine": False,
                "sessions": [],
                "others": [],
            },
        )

    def test_who_works_in_two_companies_knows_the_places_of_both(self):
        self.karim.company_ids |= self.other_company

        rows = self.rows("locations")

        self.assertEqual(rows[self.other_bin.id]["company"], self.other_company.id)
        self.assertNotIn(self.other_bin.id, self.rows("locations", self.lea))

    def test_each_counter_gets_their_own_zone_and_knows_the_others(self):
        session = self.zoned()

        for user, place, other in (
            (self.karim, self.bin_a, self.bin_b),
            (self.lea, self.bin_b, self.bin_a),
        ):
            rows = self.rows("locations", user)
            self.assertEqual({one for one in rows if rows[one]["mine"]}, {place.id})
            self.assertEqual(rows[place.id]["sessions"], session.ids)
            self.assertEqual(rows[other.id]["others"], session.ids)
            self.assertEqual(rows[other.id]["sessions"], [])
            lines = self.rows("lines", user).values()
            self.assertEqual({line["location"] for line in lines}, {place.id})
            [row] = self.page("sessions", user)["rows"]
            mine = [zone["name"] for zone in row["zones"] if zone["mine"]]
            self.assertEqual((row["id"], mine), (session.id, [place.name]))

    def test_a_zone_below_another_is_its_own_counters(self):
        shelf = self.make_bin("A-01-1", self.bin_a)
        session = self.draft(self.bin_a)
        session.zone_ids = [
            Command.create({"name": place.name, "location_ids": place.ids, "counter_ids": user.ids})
            for place, user in ((self.bin_a, self.karim), (shelf, self.lea))
        ]
        session.action_start()

        rows = self.rows("locations")

        self.assertEqual((rows[self.bin_a.id]["mine"], rows[shelf.id]["mine"]), (True, False))
        self.assertTrue(self.rows("locations", self.lea)[shelf.id]["mine"])

    def test_lines_tell_the_order_of_the_walk(self):
        session = self.begun(self.bin_a | self.bin_b)

        rows = self.rows("lines")

        orders = {rows[line.id]["order"]: line.location_id for line in session.sudo().line_ids}
        self.assertEqual(orders, {1: self.bin_a, 2: self.bin_b})

    def test_only_what_changed_hands_comes_again(self):
        self.settle()
        version = self.version()
        self.assertEqual(self.since(version), (set(), []))

        session = self.begun(self.bin_b)
        self.assertEqual(self.since(version), ({self.bin_b.id}, []))
        version = self.version()
        self.assertEqual(self.since(version), (set(), []))
        session.action_cancel()
        self.assertEqual(self.since(version), ({self.bin_b.id}, []))
        self.assertFalse(self.rows("locations")[self.bin_b.id]["mine"])

    def test_a_zone_given_to_somebody_else_comes_again_to_both(self):
        session = self.zoned()
        self.settle()
        versions = {user: self.version(user=user) for user in (self.karim, self.lea)}
        lines = {user: self.version("lines", user) for user in (self.karim, self.lea)}
        line = self.line(session, self.bolt, self.bin_b)

        zone = session.zone_ids.filtered(lambda zone: zone.counter_ids == self.lea)
        zone.sudo().counter_ids = self.karim

        for user, version in versions.items():
            found, gone = self.since(version, user=user)
            self.assertEqual((found, gone), ({self.bin_a.id, self.bin_b.id}, []))
        self.assertEqual(self.since(lines[self.karim], "lines"), (set(line.ids), []))

    def test_lines_of_a_count_that_is_over_are_named_and_no_others_come(self):
        long = self.begun(self.bin_a)
        short = self.begun(self.bin_b)
        self.settle()
        version, ended = self.version("lines"), short.sudo().line_ids.ids
        self.assertEqual(self.since(version, "lines"), (set(), []))

        short.action_cancel()

        self.assertEqual(self.since(version, "lines"), (set(), ended))
        self.assertEqual(set(self.rows("lines")), set(long.sudo().line_ids.ids))

    def test_a_place_renamed_comes_again_with_those_below_and_a_closed_one_is_gone(self):
        shelf = self.make_bin("A-01-1", self.bin_a)
        self.settle()
        version = self.version()

        self.bin_a.name = "Aisle A"
        self.bin_c.active = False

        self.assertEqual(self.since(version), ({self.bin_a.id, shelf.id}, self.bin_c.ids))
        self.assertIn("Aisle A", self.rows("locations")[shelf.id]["name"])

    def test_a_count_begun_between_two_pages_comes_the_next_time(self):
        self.settle()
        first = self.page("locations", limit=1)
        session = self.begun(self.bin_a | self.bin_b | self.bin_c)
        after = first["next"]
        while after:
            page = self.page("locations", limit=1, after=after)
            after = page["next"]

        found, _gone = self.since(page["version"])

        self.assertEqual(found, set(session.location_ids.ids))

    def test_a_version_of_before_locations_knew_their_counts_gets_everything(self):
        self.settle()

        found, _gone = self.since(self.version().split("~")[0])

        self.assertEqual(found, set(self.rows("locations")))

    def test_ten_times_the_places_cost_no_more_queries(self):
        self.zoned()
        self.hello()
        few = self.queries("locations")
        self.env["stock.location"].create(
            [{"name": f"R-{number}", "location_id": self.bin_a.id} for number in range(100)]
        )
        self.env.flush_all()

        self.assertLessEqual(self.queries("locations"), few)
        self.assertLessEqual(few, 16)

    def queries(self, name):
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        self.env(user=self.karim)["stockex.sync.catalogue"]._page(name)
        return self.env.cr.sql_log_count - start

    def test_progress_comes_with_every_call(self):
        session = self.zoned()
        version = self.version("sessions")
        self.env.cr.execute(
            "UPDATE stockex_count_session SET write_date = %s",
            [datetime.now() - timedelta(hours=2)],
        )
        self.env.invalidate_all()
        self.count(session, {self.line(session, self.bolt, self.bin_a): 5})

        [row] = self.page("sessions", since=version)["rows"]

        [mine] = [zone for zone in row["zones"] if zone["mine"]]
        self.assertEqual((mine["lines"], mine["counted"], mine["done"]), (1, 1, False))
        self.assert_answer(self.one(self.op("zone_done", session, zone=mine["id"])), "applied")
        [row] = self.page("sessions", since=version)["rows"]
        self.assertEqual([zone["done"] for zone in row["zones"] if zone["mine"]], [True])
