from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CountCase


@tagged("post_install", "-at_install")
class TestCountStart(CountCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.lot_1, cls.lot_2 = (cls.make_lot(cls.milk, name) for name in ("L1", "L2"))
        cls.serial = cls.make_lot(cls.phone, "SN1")
        cls.crate = cls.env["stock.package"].create({"name": "CRATE-1"})
        cls.consignor = cls.env["res.partner"].create({"name": "Consignor"})
        cls.stock(cls.bolt, cls.bin_a, 7)
        cls.stock(cls.bolt, cls.bin_a, 3, package=cls.crate)
        cls.stock(cls.bolt, cls.bin_a, 5, owner=cls.consignor)
        cls.stock(cls.milk, cls.bin_a, 4, lot=cls.lot_1)
        cls.stock(cls.milk, cls.bin_b, 6, lot=cls.lot_2)
        cls.stock(cls.phone, cls.bin_b, 1, lot=cls.serial)

    def test_starting_builds_one_line_for_each_lot_serial_package_and_owner(self):
        session = self.session(self.bin_a | self.bin_b)

        rows = [
            (
                line.product_id,
                line.location_id,
                line.lot_id,
                line.package_id,
                line.owner_id,
                line.book_quantity,
                line.unit_cost,
            )
            for line in session.sudo().line_ids
        ]
        no_lot, no_package, no_owner = (
            self.env[model] for model in ("stock.lot", "stock.package", "res.partner")
        )
        expected = [
            (self.bolt, self.bin_a, no_lot, no_package, no_owner, 7, 10),
            (self.bolt, self.bin_a, no_lot, self.crate, no_owner, 3, 10),
            (self.bolt, self.bin_a, no_lot, no_package, self.consignor, 5, 0),
            (self.milk, self.bin_a, self.lot_1, no_package, no_owner, 4, 2),
            (self.milk, self.bin_b, self.lot_2, no_package, no_owner, 6, 2),
            (self.phone, self.bin_b, self.serial, no_package, no_owner, 1, 300),
        ]
        self.assertCountEqual(rows, expected)

    def test_a_started_session_is_counting_and_every_line_is_to_count(self):
        session = self.session(self.bin_a | self.bin_b)

        self.assertEqual(session.state, "counting")
        self.assertTrue(session.started_at)
        self.assertEqual(session.sudo().line_ids.mapped("sequence"), [1, 2, 3, 4, 5, 6])
        self.assertEqual(set(session.sudo().line_ids.mapped("state")), {"pending"})
        self.assertEqual(
            (session.line_count, session.counted_count, session.uncounted_count), (6, 0, 6)
        )
        self.assertEqual(session.progress, 0)

    def test_the_frozen_book_stays_when_goods_move_afterwards(self):
        session = self.session()

        self.move(self.bolt, self.bin_a, self.customers, 2)

        line = self.line(session, self.bolt)[0]
        self.assertEqual(line.book_quantity, 7)
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 13)

    def test_planned_lines_and_value_are_those_that_the_start_builds(self):
        draft = self.draft(self.bin_a | self.bin_b)
        planned = (draft.planned_line_count, draft.planned_value)

        draft.action_start()

        self.assertEqual(planned, (6, 7 * 10 + 3 * 10 + 4 * 2 + 6 * 2 + 300))
        self.assertEqual((draft.line_count, draft.book_value), planned)

    def test_a_warehouse_scope_counts_all_its_bins_and_nothing_else(self):
        self.stock(self.bolt, self.other_bin, 50)

        session = self.session(scope="warehouse", warehouse_id=self.warehouse.id)

        self.assertEqual(session.line_count, 6)
        self.assertEqual(session.sudo().line_ids.location_id, self.bin_a | self.bin_b)

    def test_a_location_is_counted_with_those_below_it(self):
        session = self.session(self.warehouse.lot_stock_id)

        self.assertEqual(session.line_count, 6)

    def test_negative_stock_is_counted_and_empty_stock_is_not(self):
        self.stock(self.bolt, self.bin_c, -2)
        self.stock(self.milk, self.bin_c, 1, lot=self.lot_1)
        self.stock(self.milk, self.bin_c, -1, lot=self.lot_1)

        session = self.session(self.bin_c)

        line = session.sudo().line_ids
        self.assertEqual((line.product_id, line.book_quantity), (self.bolt, -2))

    def test_an_average_cost_values_the_lines(self):
        category = self.env["product.category"].create(
            {"name": "Average", "property_cost_method": "average"}
        )
        nut = self.make_product("Nut", 0.0, categ_id=category.id)
        self.receive(nut, self.bin_c, 10, 4.0)
        self.receive(nut, self.bin_c, 30, 8.0)

        session = self.session(self.bin_c)

        self.assertEqual(self.line(session, nut).unit_cost, 7.0)
        self.assertEqual(session.book_value, 280.0)

    def test_a_lot_valuated_product_is_worth_what_each_lot_cost(self):
        cheese = self.make_product("Cheese", 5.0, tracking="lot", lot_valuated=True)
        young, old = (self.make_lot(cheese, name) for name in ("young", "old"))
        young.with_company(self.company).standard_price = 3.0
        old.with_company(self.company).standard_price = 9.0
        self.stock(cheese, self.bin_c, 2, lot=young)
        self.stock(cheese, self.bin_c, 1, lot=old)
        draft = self.draft(self.bin_c)
        planned = draft.planned_value

        draft.action_start()

        self.assertEqual(self.line(draft, cheese, lot=young).unit_cost, 3.0)
        self.assertEqual(self.line(draft, cheese, lot=old).unit_cost, 9.0)
        self.assertEqual((planned, draft.book_value), (15.0, 15.0))

    def test_each_company_values_with_its_own_cost(self):
        self.bolt.with_company(self.other_company).standard_price = 110.0

        session = self.session()

        self.assertEqual(self.line(session, self.bolt)[0].unit_cost, 10.0)
        self.assertEqual(session.currency_id.name, "EUR")

    def test_a_session_without_a_location_cannot_start(self):
        draft = self.draft(self.env["stock.location"])

        with self.assert_refused("has no location to count"):
            draft.action_start()

        self.assertEqual(draft.state, "draft")

    def test_two_counts_of_one_bin_are_refused(self):
        first = self.session(self.bin_a)
        second = self.draft(self.bin_a | self.bin_b)

        with self.assert_refused("A-01", "already being counted", first.name):
            second.action_start()

        self.assertEqual(second.state, "draft")

    def test_a_second_count_of_a_bin_may_share_it_when_it_says_so(self):
        self.session(self.bin_a)

        second = self.session(self.bin_a, allow_overlap=True)

        self.assertEqual((second.state, second.line_count), ("counting", 4))

    def test_a_bin_of_a_sharing_count_is_not_taken_silently(self):
        first = self.session(self.bin_a, allow_overlap=True)
        second = self.draft(self.bin_a)

        with self.assert_refused("A-01", "already being counted", first.name):
            second.action_start()

    def test_a_cancelled_count_frees_its_bins(self):
        self.session(self.bin_a).action_cancel()

        second = self.session(self.bin_a)

        self.assertEqual(second.state, "counting")

    def test_a_session_cannot_start_twice(self):
        session = self.session()

        with self.assert_refused("Counting", "Draft"):
            session.action_start()

    def test_the_scope_is_frozen_once_started(self):
        session = self.session()

        with self.assert_refused("past the point", error=UserError):
            session.write({"location_ids": [(4, self.bin_b.id)]})

    def test_locations_of_another_company_are_refused(self):
        self.carla.company_ids |= self.other_company

        with self.assert_refused("belongs to another company"):
            self.draft(self.bin_a | self.other_bin)
