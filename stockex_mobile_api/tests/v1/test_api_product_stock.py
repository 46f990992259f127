from odoo.tests import tagged

from .common import ApiCase


@tagged("post_install", "-at_install")
class TestApiProductStock(ApiCase):
    roles = ("karim", "carla", "ada")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot, cls.late = cls.make_lot(cls.milk, "L-1"), cls.make_lot(cls.milk, "L-2")
        cls.owner = cls.env["res.partner"].create({"name": "Consignor"})
        cls.box = cls.env["stock.package"].create({"name": "BOX-1"})
        cls.stock(cls.milk, cls.bin_a, 40, lot=cls.lot)
        cls.stock(cls.milk, cls.bin_b, 7, lot=cls.late, package=cls.box)
        cls.stock(cls.milk, cls.bin_b, 3, lot=cls.late, owner=cls.owner)
        # What is to come and what is to leave.
        coming = cls.move_vals(cls.milk, cls.suppliers, cls.bin_a, 0)
        leaving = cls.move_vals(cls.milk, cls.bin_a, cls.customers, 0)
        for vals, quantity in ((coming, 11), (leaving, 5)):
            vals = {**vals, "product_uom_qty": quantity, "move_line_ids": [], "picked": False}
            move = cls.env["stock.move"].create(vals)
            move._action_confirm()
            if vals["location_id"] == cls.bin_a.id:
                move._action_assign()
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.reader = self.key(self.carla, "stock:read")
        self.path = f"/products/{self.milk.id}/stock"

    def totals(self, **params):
        shown = self.get(self.path, self.reader, **params)
        names = ("on_hand", "free", "incoming", "outgoing", "forecast")
        return [shown[f"{name}_quantity"] for name in names], len(shown["data"])

    def link(self, record):
        return {"id": record.id, "name": record.display_name}

    def test_the_totals_and_their_parts_are_told(self):
        shown = self.get(self.path, self.reader)

        self.assertEqual(
            {name: value for name, value in shown.items() if name != "data"},
            {
                "product": self.link(self.milk),
                "unit": self.link(self.milk.uom_id),
                "on_hand_quantity": 50.0,
                "free_quantity": 45.0,
                "incoming_quantity": 11.0,
                "outgoing_quantity": 5.0,
                "forecast_quantity": 56.0,
                "next_cursor": None,
            },
        )

    def test_a_part_names_its_place_lot_package_and_owner(self):
        first, *rest = self.get(self.path, self.reader)["data"]

        quant = self.env["stock.quant"].search([("lot_id", "=", self.lot.id)])
        self.assertEqual(
            first,
            {
                "location": self.link(self.bin_a),
                "warehouse": self.link(self.warehouse),
                "lot": self.link(self.lot),
                "package": None,
                "owner": None,
                "quantity": 40.0,
                "reserved_quantity": 5.0,
                "available_quantity": 35.0,
                "unit": self.link(self.milk.uom_id),
                "since": quant.in_date.replace(microsecond=0).isoformat() + "Z",
            },
        )
        self.assertEqual(
            [
                (part["location"]["id"], part["package"], part["owner"], part["quantity"])
                for part in rest
            ],
            [
                (self.bin_b.id, self.link(self.box), None, 7.0),
                (self.bin_b.id, None, self.link(self.owner), 3.0),
            ],
        )

    def test_a_part_has_totals_of_its_own(self):
        for params, expected in (
            ({"location_id": self.bin_a.id}, ([40.0, 35.0, 11.0, 5.0, 46.0], 1)),
            ({"location_id": self.bin_b.id}, ([10.0, 10.0, 0.0, 0.0, 10.0], 2)),
            ({"location_id": self.bin_c.id}, ([0.0, 0.0, 0.0, 0.0, 0.0], 0)),
            ({"warehouse_id": self.warehouse.id}, ([50.0, 45.0, 11.0, 5.0, 56.0], 3)),
            ({"lot_id": self.late.id}, ([10.0, 10.0, None, None, None], 2)),
            (
                {"lot_id": self.late.id, "location_id": self.bin_a.id},
                ([0.0, 0.0, None, None, None], 0),
            ),
        ):
            with self.subTest(params=params):
                self.assertEqual(self.totals(**params), expected)

    def test_another_warehouse_of_the_company_is_apart(self):
        other = self.env["stock.warehouse"].create(
            {"name": "North", "code": "NOR", "company_id": self.company.id}
        )
        self.stock(self.milk, other.lot_stock_id, 4, lot=self.lot)

        self.assertEqual(self.totals(warehouse_id=other.id), ([4.0, 4.0, 0.0, 0.0, 4.0], 1))
        self.assertEqual(self.totals()[0][0], 54.0)

    def test_the_parts_come_in_pages_and_the_totals_stay(self):
        found, cursor = [], None
        while True:
            asked = {"limit": 1, "fields": "quantity", **({"cursor": cursor} if cursor else {})}
            page = self.get(self.path, self.reader, **asked)
            self.assertEqual(page["on_hand_quantity"], 50.0)
            found += page["data"]
            cursor = page["next_cursor"]
            if not cursor:
                break

        self.assertEqual(found, [{"quantity": 40.0}, {"quantity": 7.0}, {"quantity": 3.0}])

    def test_another_companys_stock_of_a_shared_product_stays_there(self):
        self.add_other_company()
        lot = self.env["stock.lot"].create(
            {"name": "L-9", "product_id": self.milk.id, "company_id": self.other_company.id}
        )
        self.stock(self.milk, self.other_bin, 1000, lot=lot)
        theirs = self.make_warehouse(self.other_company)

        self.assertEqual(self.totals(), ([50.0, 45.0, 11.0, 5.0, 56.0], 3))
        for params, place in (
            ({"warehouse_id": theirs.id}, "query.warehouse_id"),
            ({"location_id": self.other_bin.id}, "query.location_id"),
            ({"lot_id": lot.id}, "query.lot_id"),
            ({"lot_id": 2**31 - 1}, "query.lot_id"),
        ):
            with self.subTest(params=params):
                response = self.call("GET", self.path, self.reader, params=params)
                found = self.assert_problem(response, 409, "unknown_reference", place)
                self.assertEqual([fault["where"] for fault in found["errors"]], [place])
        response = self.call("GET", self.path, self.reader, params={"lot_id": "99999999999"})
        self.assert_faults(response, "query.lot_id")

    def test_a_counter_learns_no_figure(self):
        key = self.key(self.karim)
        for path in (
            self.path,
            f"{self.path}?location_id={self.bin_a.id}",
            f"{self.path}?lot_id={self.lot.id}",
            f"{self.path}?fields=quantity",
        ):
            with self.subTest(path=path):
                response = self.call("GET", path, key)
                problem = self.assert_problem(response, 403, "stock_hidden")
                self.assertNotRegex(problem["detail"], r"\d")

    def test_an_accountant_sees_the_stock_and_its_lots_names(self):
        shown = self.get(self.path, self.key(self.ada, "stock:read"))

        self.assertEqual((shown["on_hand_quantity"], shown["forecast_quantity"]), (50.0, 56.0))
        self.assertEqual(shown["data"][0]["lot"], self.link(self.lot))

    def test_the_scope_and_the_product_are_needed(self):
        other = self.key(self.carla, "products:read", "lots:read")

        self.assert_problem(self.call("GET", self.path, other), 403, "scope_missing")
        response = self.call("GET", "/products/999999999/stock", self.reader)
        self.assert_problem(response, 404, "not_found")
