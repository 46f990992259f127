from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import CountCase


@tagged("post_install", "-at_install")
class TestCountZones(CountCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rack = cls.make_bin("RACK", cls.warehouse.lot_stock_id)
        cls.low, cls.high = cls.make_bin("LOW", cls.rack), cls.make_bin("HIGH", cls.rack)
        for place in (cls.low, cls.high, cls.bin_a):
            cls.stock(cls.bolt, place, 3)

    def zoned(self, *zones):
        """Prepare a session whose zones are (name, locations, counters)."""
        return self.draft(
            self.rack | self.bin_a,
            counters=self.env["res.users"],
            zone_ids=[
                Command.create(
                    {
                        "name": name,
                        "location_ids": [Command.set(locations.ids)],
                        "counter_ids": [Command.set(counters.ids)],
                    }
                )
                for name, locations, counters in zones
            ],
        )

    def test_each_line_is_in_the_nearest_zone_above_it(self):
        session = self.zoned(("Rack", self.rack, self.karim), ("Top", self.high, self.lea))
        session.action_start()

        zones = {line.location_id: line.zone_id.name for line in session.sudo().line_ids}
        self.assertEqual(zones, {self.low: "Rack", self.high: "Top", self.bin_a: False})

    def test_those_who_count_in_a_zone_count_in_the_session(self):
        session = self.zoned(("Rack", self.rack, self.karim), ("A", self.bin_a, self.lea))

        self.assertEqual(session.counter_ids, self.karim | self.lea)

    def test_a_find_belongs_to_the_zone_of_its_place(self):
        session = self.zoned(("Rack", self.rack, self.karim))
        session.action_start()
        line = self.find(session, self.milk, self.high, 0)

        self.assertEqual(line.zone_id.name, "Rack")
        self.assertTrue(line.is_unexpected)

    def test_a_zone_shows_its_progress(self):
        session = self.zoned(("Rack", self.rack, self.karim))
        session.action_start()
        self.count(session, {self.line(session, self.bolt, self.low): 3})

        [zone] = session.zone_ids
        self.assertEqual((zone.line_count, zone.counted_count, zone.progress), (2, 1, 50))

    def test_one_place_in_two_zones_is_refused(self):
        with self.assert_refused("two zones", error=ValidationError):
            self.zoned(("One", self.rack, self.karim), ("Two", self.rack, self.lea))

    def test_zones_are_fixed_once_counting_started_but_not_their_people(self):
        session = self.zoned(("Rack", self.rack, self.karim))
        session.action_start()
        [zone] = session.zone_ids

        with self.assert_refused("fixed"):
            zone.location_ids = self.bin_a
        with self.assert_refused("fixed"):
            zone.unlink()
        zone.counter_ids = self.lea
        self.assertIn(self.lea, session.counter_ids)

    def test_a_zone_is_not_moved_into_a_started_count(self):
        self.zoned(("Rack", self.rack, self.karim)).action_start()
        started = self.session(self.bin_b)
        zone = self.zoned(("Bin", self.bin_a, self.karim)).zone_ids

        with self.assert_refused("fixed"):
            started.write({"zone_ids": [Command.link(zone.id)]})

    def test_a_counter_sees_zones_and_changes_none(self):
        session = self.zoned(("Rack", self.rack, self.karim))
        [zone] = session.zone_ids.with_user(self.karim)

        self.assertEqual(zone.name, "Rack")
        with self.assertRaises(AccessError):
            zone.name = "Mine"
        self.assertFalse(zone.with_user(self.lea).search([("id", "=", zone.id)]))


@tagged("post_install", "-at_install")
class TestCountTemplates(CountCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 3)
        cls.template = (
            cls.env["stockex.count.template"]
            .with_user(cls.carla)
            .create(
                {
                    "name": "Yearly",
                    "kind": "full",
                    "company_id": cls.company.id,
                    "scope": "locations",
                    "location_ids": [Command.set((cls.bin_a | cls.bin_b).ids)],
                    "product_ids": [Command.set(cls.bolt.ids)],
                    "auto_recount": True,
                    "counter_ids": [Command.set(cls.karim.ids)],
                    "zone_ids": [
                        Command.create(
                            {
                                "name": "Front",
                                "location_ids": [Command.set(cls.bin_a.ids)],
                                "counter_ids": [Command.set(cls.lea.ids)],
                            }
                        )
                    ],
                }
            )
        )

    def made(self):
        action = self.template.action_new_session()
        return self.template.env["stockex.count.session"].browse(action["res_id"])

    def test_a_session_takes_everything_from_its_template(self):
        session = self.made()

        self.assertEqual(session.title, "Yearly")
        self.assertEqual(session.location_ids, self.bin_a | self.bin_b)
        self.assertEqual(session.product_ids, self.bolt)
        self.assertTrue(session.auto_recount)
        self.assertEqual(session.counter_ids, self.karim | self.lea)
        [zone] = session.zone_ids
        self.assertEqual((zone.name, zone.location_ids), ("Front", self.bin_a))
        self.assertFalse(zone.template_id)
        self.assertEqual(self.template.session_count, 1)

    def test_the_template_keeps_its_own_zones(self):
        self.made().zone_ids.name = "Changed"

        self.assertEqual(self.template.zone_ids.name, "Front")

    def test_a_session_is_copied_with_its_plan_and_zones_but_without_its_counts(self):
        session = self.made()
        session.action_start()
        self.count(session, {self.line(session, self.bolt): 3})

        copy = session.copy()

        self.assertEqual(copy.state, "draft")
        self.assertNotEqual(copy.name, session.name)
        self.assertEqual(copy.location_ids, session.location_ids)
        self.assertEqual(copy.zone_ids.mapped("name"), ["Front"])
        self.assertFalse(copy.line_ids)
        self.assertEqual(session.counted_count, 1)

    def test_a_template_without_a_place_says_so(self):
        self.template.location_ids = False

        with self.assertRaisesRegex(UserError, "Yearly.*where to count"):
            self.template.action_new_session()
        self.assertEqual(self.template.session_count, 0)

    def test_counters_make_no_templates(self):
        with self.assertRaises(AccessError):
            self.template.with_user(self.karim).action_new_session()
