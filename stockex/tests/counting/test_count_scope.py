from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import CountCase


@tagged("post_install", "-at_install")
class TestCountScope(CountCase):
    """Which stock keys a session's plan takes, and that the estimate says so before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.drinks = cls.env["product.category"].create({"name": "Drinks"})
        cls.juices = cls.env["product.category"].create(
            {"name": "Juices", "parent_id": cls.drinks.id}
        )
        cls.juice = cls.make_product("Juice", 3.0, categ_id=cls.juices.id)
        cls.water = cls.make_product("Water", 1.0, categ_id=cls.drinks.id)
        cls.stock(cls.bolt, cls.bin_a, 5)
        cls.stock(cls.juice, cls.bin_a, 7)
        cls.stock(cls.water, cls.bin_b, 11)

    def built(self, **vals):
        """Start a session and return {(product, location): book}; check the estimate."""
        draft = self.draft(self.bin_a | self.bin_b, **vals)
        estimate = (draft.planned_line_count, draft.planned_value)
        draft.action_start()
        lines = draft.sudo().line_ids
        value = sum(line.book_quantity * line.unit_cost for line in lines)
        self.assertEqual(estimate, (len(lines), value))
        return {(line.product_id, line.location_id): line.book_quantity for line in lines}

    def test_a_category_takes_those_below_it(self):
        found = self.built(category_ids=[Command.set(self.drinks.ids)])

        self.assertEqual(found, {(self.juice, self.bin_a): 7, (self.water, self.bin_b): 11})

    def test_a_list_of_products(self):
        found = self.built(product_ids=[Command.set((self.bolt | self.water).ids)])

        self.assertEqual(found, {(self.bolt, self.bin_a): 5, (self.water, self.bin_b): 11})

    def test_chosen_lots_only(self):
        first, second = self.make_lot(self.milk, "L1"), self.make_lot(self.milk, "L2")
        self.stock(self.milk, self.bin_a, 3, lot=first)
        self.stock(self.milk, self.bin_a, 4, lot=second)

        found = self.built(lot_ids=[Command.set(second.ids)])

        self.assertEqual(found, {(self.milk, self.bin_a): 4})

    def test_only_what_moved_since_a_day(self):
        self.move(self.juice, self.bin_a, self.customers, 2)
        old = self.move(self.water, self.suppliers, self.bin_b, 1)
        long_ago = fields.Datetime.now() - timedelta(days=40)
        old.move_line_ids.write({"date": long_ago, "stockex_done_at": long_ago})
        # Backdated, but done today: the shelf changed today.
        recent = self.move(self.bolt, self.suppliers, self.bin_b, 2)
        recent.move_line_ids.date = long_ago

        found = self.built(moved_since=fields.Date.today() - timedelta(days=7))

        self.assertEqual(found, {(self.juice, self.bin_a): 5, (self.bolt, self.bin_b): 2})

    def test_only_negative_stock(self):
        self.stock(self.bolt, self.bin_b, -4)

        found = self.built(stock_filter="negative")

        self.assertEqual(found, {(self.bolt, self.bin_b): -4})

    def test_what_ran_out_is_counted_as_a_line_of_zero(self):
        self.move(self.juice, self.bin_a, self.customers, 7)
        self.stock(self.bolt, self.bin_b, -4)

        self.assertEqual(self.built(stock_filter="zero"), {(self.juice, self.bin_a): 0})

    def test_negative_or_run_out_takes_both(self):
        self.move(self.juice, self.bin_a, self.customers, 7)
        self.stock(self.bolt, self.bin_b, -4)

        found = self.built(stock_filter="not_positive")

        self.assertEqual(found, {(self.juice, self.bin_a): 0, (self.bolt, self.bin_b): -4})

    def test_filters_narrow_one_another(self):
        found = self.built(
            category_ids=[Command.set(self.drinks.ids)],
            product_ids=[Command.set((self.bolt | self.juice).ids)],
        )

        self.assertEqual(found, {(self.juice, self.bin_a): 7})

    def test_a_partial_count_does_not_date_the_whole_location(self):
        session = self.draft(self.bin_a, product_ids=[Command.set(self.bolt.ids)])
        session.action_start()
        self.count(session, {self.line(session, self.bolt): 5})

        self.post(session)

        self.assertFalse(self.bin_a.last_inventory_date)

    def test_a_lot_beside_the_counted_one_keeps_the_location_undated(self):
        first, second = self.make_lot(self.milk, "L1"), self.make_lot(self.milk, "L2")
        for lot in (first, second):
            self.stock(self.milk, self.bin_c, 3, lot=lot)
        session = self.draft(self.bin_c, lot_ids=[Command.set(first.ids)])
        session.action_start()
        self.count(session, {self.line(session, self.milk): 3})

        self.post(session)

        self.assertFalse(self.bin_c.last_inventory_date)

    def test_a_day_begins_at_the_users_midnight(self):
        done = datetime(2026, 10, 20, 22, 30)  # 00:30 in Paris on the 21st
        move = self.move(self.juice, self.bin_a, self.customers, 2)
        move.move_line_ids.write({"date": done, "stockex_done_at": done})
        draft = self.draft(self.bin_a, moved_since="2026-10-21")
        for zone, lines in (("Europe/Paris", 1), ("UTC", 0), ("America/New_York", 0)):
            self.carla.tz = zone
            draft.invalidate_recordset(["planned_line_count"])
            self.assertEqual(draft.planned_line_count, lines, zone)

    def test_lots_of_what_ran_out_are_refused(self):
        lot = self.make_lot(self.milk, "L1")
        with self.assert_refused("no lots left", error=ValidationError):
            self.draft(stock_filter="zero", lot_ids=[Command.set(lot.ids)])

    def test_a_counter_does_not_see_by_which_stock_was_chosen(self):
        session = self.session(self.bin_a, stock_filter="all").with_user(self.karim)
        for name in ("stock_filter", "moved_since", "lot_ids"):
            with self.assertRaises(AccessError):
                session.read([name])

    def test_a_counter_of_another_company_is_refused(self):
        self.add_other_company()
        session = self.draft(self.bin_a)
        with self.assert_refused("does not work in", error=ValidationError):
            session.sudo().counter_ids = self.omar

    def test_a_partial_count_of_all_there_is_dates_the_location(self):
        both = self.bolt | self.juice
        session = self.draft(self.bin_a, product_ids=[Command.set(both.ids)])
        session.action_start()
        lines = {self.line(session, self.bolt): 5, self.line(session, self.juice): 7}
        self.count(session, lines)

        self.post(session)

        self.assertEqual(self.bin_a.last_inventory_date, fields.Date.context_today(session))


@tagged("post_install", "-at_install")
class TestCountWarehouses(CountCase):
    """Counting several warehouses at once: a region, or one with its dependents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.north = cls.env["stockex.region"].create({"name": "North", "code": "N"})
        houses = cls.env["stock.warehouse"]
        cls.branch = houses.create({"name": "Branch", "code": "BR", "company_id": cls.company.id})
        cls.kiosk = houses.create(
            {
                "name": "Kiosk",
                "code": "KI",
                "company_id": cls.company.id,
                "stockex_parent_id": cls.branch.id,
                "stockex_region_id": cls.north.id,
            }
        )
        cls.warehouse.stockex_region_id = cls.north
        cls.make_warehouse(cls.other_company).stockex_region_id = cls.north
        cls.stock(cls.bolt, cls.bin_a, 1)
        cls.stock(cls.bolt, cls.branch.lot_stock_id, 2)
        cls.stock(cls.bolt, cls.kiosk.lot_stock_id, 4)
        cls.stock(cls.bolt, cls.other_bin, 8)

    def total(self, **vals):
        session = self.draft(self.env["stock.location"], **vals)
        session.action_start()
        return sum(session.sudo().line_ids.mapped("book_quantity"))

    def test_a_region_takes_its_warehouses_of_the_company_only(self):
        self.assertEqual(self.total(scope="region", region_id=self.north.id), 5)

    def test_a_warehouse_of_several_brings_its_dependents(self):
        self.assertEqual(
            self.total(scope="warehouses", warehouse_ids=[Command.set(self.branch.ids)]), 6
        )

    def test_a_warehouse_alone_stays_alone(self):
        self.assertEqual(self.total(scope="warehouse", warehouse_id=self.branch.id), 2)

    def test_a_warehouse_of_another_company_is_refused(self):
        other = self.make_warehouse(self.other_company)
        session = self.draft(scope="warehouses", warehouse_ids=[Command.set(self.branch.ids)])
        with self.assert_refused("another company", error=ValidationError):
            session.sudo().warehouse_ids = other

    def test_a_warehouse_cannot_depend_on_itself(self):
        with self.assertRaisesRegex(ValidationError, "Branch"):
            self.branch.stockex_parent_id = self.kiosk
        self.env.invalidate_all()

    def test_an_empty_region_is_refused_at_the_start(self):
        empty = self.env["stockex.region"].create({"name": "South", "code": "S"})
        session = self.draft(self.env["stock.location"], scope="region", region_id=empty.id)
        with self.assert_refused("no location to count"):
            session.action_start()
