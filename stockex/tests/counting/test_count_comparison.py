from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..common import CountCase


@tagged("post_install", "-at_install")
class TestCountComparison(CountCase):
    """Two counts put side by side."""

    roles = ("karim", "lea", "carla", "anton", "quentin", "ada")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.lot = cls.make_lot(cls.milk, "L-1")
        cls.nut = cls.make_product("Nut", 4.0)
        cls.stock(cls.bolt, cls.bin_a, 100)
        cls.stock(cls.nut, cls.bin_a, 50)
        cls.stock(cls.milk, cls.bin_a, 8, lot=cls.lot)

    def two(self):
        """A: bolts 90, nuts 50. B: bolts 95, milk 8 (the nuts left out)."""
        first = self.session(self.bin_a, allow_overlap=True)
        second = self.session(self.bin_a, allow_overlap=True)
        self.count(first, {self.line(first, self.bolt): 90, self.line(first, self.nut): 50})
        self.count(second, {self.line(second, self.bolt): 95, self.line(second, self.milk): 8})
        return first, second

    def compared(self, sessions, user=None):
        action = sessions.with_user(user or self.carla).action_compare()
        lines = self.env[action["res_model"]].with_user(user or self.carla)
        return lines.search(action["domain"])

    def test_each_product_place_and_lot_stands_once_with_both_counts(self):
        first, second = self.two()

        lines = self.compared(second | first)

        found = {
            line.product_id: (
                *(line.presence, line.is_changed, line.counted_a, line.counted_b),
                *(line.difference, line.variance_a, line.variance_b, line.value),
            )
            for line in lines
        }
        self.assertEqual(
            found,
            {
                self.bolt: ("both", True, 90, 95, 5, -10, -5, 50),
                self.nut: ("only_a", True, 50, 0, -50, 0, 0, -200),
                self.milk: ("only_b", True, 0, 8, 8, 0, 0, 16),
            },
        )
        milk = lines.filtered(lambda line: line.product_id == self.milk)
        self.assertEqual((milk.lot_id, milk.location_id), (self.lot, self.bin_a))
        self.assertEqual(milk.category_id, self.milk.categ_id)
        self.assertEqual(lines.comparison_id.first_id, first)

    def test_equal_counts_are_not_changed(self):
        first, second = self.two()
        self.count(second, {self.line(second, self.bolt): 90})

        lines = self.compared(first | second)

        bolts = lines.filtered(lambda line: line.product_id == self.bolt)
        self.assertEqual((bolts.is_changed, bolts.difference, bolts.value), (False, 0, 0))

    def test_packages_of_one_shelf_are_added_up(self):
        package = self.env["stock.package"].create({"name": "PAL-1"})
        self.stock(self.bolt, self.bin_a, 7, package=package)
        first = self.session(self.bin_a, allow_overlap=True)
        second = self.session(self.bin_a, allow_overlap=True)
        loose, packed = self.line(first, self.bolt).sorted("package_id")
        self.count(first, {loose: 100, packed: 7})
        self.count(second, {self.line(second, self.bolt, package=package): 107})

        [line] = self.compared(first | second)

        self.assertEqual((line.counted_a, line.counted_b, line.is_changed), (107, 107, False))

    def test_one_session_asks_for_the_other(self):
        first, second = self.two()

        action = second.with_user(self.carla).action_compare()

        self.assertEqual(action["res_model"], "stockex.count.comparison")
        self.assertEqual(action["context"], {"default_first_id": second.id})
        comparison = (
            self.env["stockex.count.comparison"]
            .with_user(self.carla)
            .with_context(**action["context"])
            .create({"second_id": first.id})
        )
        lines = self.env["stockex.count.comparison.line"].with_user(self.carla)
        for _twice in range(2):
            self.assertEqual(lines.search_count(comparison.action_compare()["domain"]), 3)

    def test_the_list_exports_and_groups(self):
        first, second = self.two()
        self.carla.group_ids |= self.env.ref("base.group_allow_export")
        lines = self.compared(first | second)

        rows = lines.export_data(["product_id/name", "counted_a", "counted_b", "value"])["datas"]
        [total] = lines._read_group([("id", "in", lines.ids)], [], ["difference:sum", "value:sum"])

        self.assertIn(["Bolt", 90, 95, 50], rows)
        self.assertEqual(total, (-37, -134))

    def test_other_than_two_are_refused(self):
        first, second = self.two()
        third = self.session(self.bin_a, allow_overlap=True)
        before = self.env["stockex.count.comparison"].search_count([])

        with self.assert_refused("Two different counts", "3", error=ValidationError):
            (first | second | third).with_user(self.carla).action_compare()
        with self.assert_refused("Two different counts", "0", error=ValidationError):
            first.browse().with_user(self.carla).action_compare()
        with self.assertRaises(ValidationError):
            self.env["stockex.count.comparison"].with_user(self.carla).create(
                {"first_id": first.id, "second_id": first.id}
            )

        self.assertEqual(self.env["stockex.count.comparison"].search_count([]), before)

    def test_a_count_of_which_nothing_is_counted_says_what_to_do(self):
        first, _second = self.two()
        empty = self.session(self.bin_a, allow_overlap=True)

        with self.assert_refused("Nothing is counted yet", empty.name, "Enter its counts"):
            (first | empty).with_user(self.carla).action_compare()

    def test_two_companies_are_refused(self):
        first, _second = self.two()
        foreign = self.env["stockex.count.session"].create(
            {"company_id": self.other_company.id, "scope": "locations"}
        )
        self.carla.company_ids |= self.other_company

        with self.assert_refused("Maison Dupont", "Dar Atlas", error=ValidationError):
            (first | foreign).with_user(self.carla).with_context(
                allowed_company_ids=(self.company | self.other_company).ids
            ).action_compare()

    def test_who_may_not_see_the_book_or_the_company_compares_nothing(self):
        first, second = self.two()
        comparison = self.compared(first | second).comparison_id

        for user in (self.karim, self.omar):
            with self.assert_refused(error=AccessError):
                (first | second).with_user(user).action_compare()
            with self.assert_refused(error=AccessError):
                self.env["stockex.count.comparison"].with_user(user).create(
                    {"first_id": first.id, "second_id": second.id}
                )
            with self.assert_refused(error=AccessError):
                comparison.with_user(user).action_compare()
            with self.assert_refused(error=AccessError):
                comparison.line_ids.with_user(user).read(["counted_a"])

    def test_the_other_roles_compare_and_see_only_their_own(self):
        first, second = self.two()
        own = self.compared(first | second, self.anton)

        for user in (self.quentin, self.ada):
            self.assertEqual(len(self.compared(first | second, user)), 3)
            self.assertFalse(own.with_user(user).search([("id", "in", own.ids)]))

    def test_many_lines_cost_the_queries_of_a_few(self):
        few = self.two()
        for number in range(40):
            self.stock(self.make_product(f"P{number}"), self.bin_c, 1)
        many = [self.session(self.bin_c, allow_overlap=True) for _number in range(2)]
        for session in many:
            self.count(session, dict.fromkeys(session.sudo().line_ids, 1))
        counts = []
        for first, second in (few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            (first | second).with_user(self.carla).action_compare()
            counts.append(self.env.cr.sql_log_count - before)

        self.assertLessEqual(counts[1], counts[0])
