from unittest.mock import patch

from ...pure.exchange.columns import propose
from ..common import CountCase
from .files import check, counted, csv, refused, result_rows, upload, xlsx

ALL_TICKS = dict.fromkeys(
    ("create_products", "create_locations", "create_lots", "import_good"), True
)


class TestImportFaults(CountCase):
    """Files that would have been counted wrongly without a word."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opening = cls.draft(
            kind="initial", scope="warehouse", warehouse_id=cls.warehouse.id, location_ids=False
        )

    def new_products(self, code):
        return self.env["product.product"].search([("default_code", "=like", code)])

    def reasons(self, record, number):
        row = record.row_ids.filtered(lambda one: one.number == number)
        return [fault | {"code": row.code} for fault in row.faults]

    def test_a_new_product_has_one_unit(self):
        head = ("Product code", "Location", "Quantity", "Unit")
        rows = [("N-1", "A-01", 2, "kg"), ("N-1", "B-01", 500, "g"), ("N-1", "C-01", 3, "KG")]

        record = check(self.opening, xlsx(rows, head), **ALL_TICKS)

        self.assertEqual(refused(record), {3: "new_unit_differs"})
        self.assertEqual(
            self.reasons(record, 3), [{"code": "new_unit_differs", "row": 2, "value": "N-1"}]
        )
        self.assertEqual(record.new_product_count, 1)
        record.action_import()
        self.assertEqual(
            counted(self.opening), {("N-1", "A-01", ""): 2.0, ("N-1", "C-01", ""): 3.0}
        )

    def test_a_new_product_has_lots_or_none(self):
        head = ("Product code", "Location", "Lot", "Quantity")
        rows = [
            ("N-1", "A-01", None, 2),
            ("N-1", "B-01", "L-1", 5),
            ("N-2", "A-01", "L-1", 7),
            ("N-2", "B-01", "L-2", 1),
        ]

        record = check(self.opening, xlsx(rows, head), **ALL_TICKS)

        self.assertEqual(refused(record), {3: "new_lot_differs"})
        self.assertEqual(
            self.reasons(record, 3), [{"code": "new_lot_differs", "row": 2, "value": "N-1"}]
        )

    def test_new_products_are_told_apart_by_code_then_barcode_with_case(self):
        head = ("Product code", "Barcode", "Location", "Quantity")
        rows = [
            (None, "2000001", "A-01", 1),
            ("n-1", "2000001", "B-01", 2),
            ("n-2", "2000001", "C-01", 3),
            ("N-1", None, "A-01", 4),
        ]

        record = check(self.opening, xlsx(rows, head), **ALL_TICKS)

        self.assertEqual(refused(record), {4: "new_barcode_taken"})
        self.assertEqual(
            self.reasons(record, 4), [{"code": "new_barcode_taken", "row": 3, "value": "n-1"}]
        )
        self.assertEqual(record.new_product_count, 2)
        record.action_import()
        self.assertEqual(record.state, "done", record.failure)
        self.assertRecordValues(
            self.new_products("_-1").sorted("default_code"),
            [
                {"default_code": "N-1", "barcode": False},
                {"default_code": "n-1", "barcode": "2000001"},
            ],
        )
        self.assertEqual(
            counted(self.opening),
            {("n-1", "A-01", ""): 1.0, ("n-1", "B-01", ""): 2.0, ("N-1", "A-01", ""): 4.0},
        )

    def test_units_that_differ_in_brackets_or_case_stay_apart(self):
        units = self.env["uom.uom"]
        piece = self.env.ref("uom.product_uom_unit")
        for name, factor in (("Crate (12)", 12), ("Crate (24)", 24), ("xL", 5), ("x", 7)):
            units.create({"name": name, "relative_factor": factor, "relative_uom_id": piece.id})
        head = ("Product code", "Location", "Quantity", "Unit")
        bolt = self.bolt.default_code
        rows = [
            (bolt, "A-01", 2, "crate  (24)"),
            (bolt, "B-01", 2, "Crate (12)"),
            (bolt, "C-01", 2, "Crate"),
            (bolt, "C-01", 2, "xL"),
            (self.make_product("Nut").default_code, "C-01", 2, "Unit(s)"),
        ]

        record = check(self.opening, xlsx(rows, head), import_good=True)

        self.assertEqual(refused(record), {4: "unit_unknown"})
        record.action_import()
        self.assertEqual(
            counted(self.opening),
            {
                ("Bolt", "A-01", ""): 48.0,
                ("Bolt", "B-01", ""): 24.0,
                ("Bolt", "C-01", ""): 10.0,
                ("Nut", "C-01", ""): 2.0,
            },
        )

    def test_of_packages_of_one_name_the_one_in_the_location_is_meant(self):
        packages = self.env["stock.package"]
        here, there, *twins = packages.create([{"name": "P-1"}] * 2 + [{"name": "P-2"}] * 2)
        self.stock(self.bolt, self.bin_a, 1, package=here)
        self.stock(self.bolt, self.bin_b, 1, package=there)
        self.assertEqual(len(twins), 2)
        head = ("Product code", "Location", "Package", "Quantity")
        bolt = self.bolt.default_code
        rows = [
            (bolt, "A-01", "P-1", 3),
            (bolt, "B-01", "P-1", 4),
            (bolt, "C-01", "P-1", 5),
            (bolt, "A-01", "P-2", 6),
            (bolt, "A-01", "P-3", 7),
        ]

        record = check(self.opening, xlsx(rows, head))

        self.assertEqual(
            refused(record),
            {4: "package_elsewhere", 5: "package_ambiguous", 6: "package_unknown"},
        )
        good = record.row_ids.filtered(lambda row: row.state == "ok").sorted("number")
        self.assertEqual(good.sudo().package_id.ids, [here.id, there.id])

    def test_what_the_result_adds_is_taken_for_nothing_of_a_count(self):
        record = check(self.opening, xlsx([("SX-Bolt", "A-01", None, 1)]))

        self.assertEqual(result_rows(record)[0][-2:], ("Status", "Why refused"))
        headers = ("Product code", "Status", "Why refused", "Statut", "Pourquoi refusé")
        found = propose(headers)
        self.assertEqual(found.columns, {"code": 0})
        self.assertEqual(found.unmapped, (1, 2, 3, 4))
        self.assertEqual(found.ambiguous, ())

    def two_warehouses(self):
        """Return a second warehouse, and an opening of both with a bin Z9 in the first only."""
        self.opening.action_cancel()
        second = self.env["stock.warehouse"].create(
            {"name": "Annexe", "code": "ANX", "company_id": self.company.id}
        )
        self.make_bin("Z9", self.warehouse.lot_stock_id)
        stocks = self.warehouse.lot_stock_id | second.lot_stock_id
        return second, self.draft(stocks, kind="initial")

    def test_a_location_is_looked_for_in_the_warehouse_of_its_row(self):
        second, session = self.two_warehouses()
        first_bin, second_bin = (
            self.make_bin("Y1", one.lot_stock_id, barcode=False) for one in (self.warehouse, second)
        )
        head = ("Product code", "Warehouse", "Location", "Quantity")
        bolt = self.bolt.default_code
        rows = [
            (bolt, "Annexe", "Z9", 1),
            (bolt, "Annexe", "Y1", 2),
            (bolt, self.warehouse.code, "Y1", 3),
            (bolt, None, "Y1", 4),
            (bolt, "Annexe", self.bin_a.complete_name, 5),
            (bolt, "Annexe", self.bin_a.barcode, 6),
        ]

        record = check(session, xlsx(rows, head))

        self.assertEqual(
            refused(record),
            {
                2: "location_unknown",
                5: "location_ambiguous",
                6: "location_outside",
                7: "location_outside",
            },
        )
        good = record.row_ids.filtered(lambda row: row.state == "ok").sorted("number")
        self.assertEqual(good.sudo().location_id.ids, [second_bin.id, first_bin.id])

    def test_a_location_is_created_in_the_warehouse_that_its_name_says(self):
        second, session = self.two_warehouses()
        stock = second.lot_stock_id.complete_name
        first_stock = self.warehouse.lot_stock_id.complete_name
        head = ("Product code", "Warehouse", "Location", "Quantity")
        bolt = self.bolt.default_code
        rows = [
            (bolt, None, f"{stock}/New", 1),
            (bolt, None, "New", 2),
            (bolt, "Annexe", "Z9", 3),
            (bolt, "Annexe", f"{first_stock}/New", 4),
        ]

        record = check(session, xlsx(rows, head), **ALL_TICKS)

        self.assertEqual(refused(record), {3: "warehouse_missing", 5: "location_outside"})
        record.action_import()
        self.assertEqual(record.state, "done", record.failure)
        lines = session.sudo().line_ids.filtered(lambda line: line.state == "counted")
        self.assertEqual(
            {line.location_id.complete_name: line.counted_quantity for line in lines},
            {f"{stock}/New": 1.0, f"{stock}/Z9": 3.0},
        )

    def test_a_location_that_only_groups_others_cannot_be_counted(self):
        view = self.make_bin("Hall", self.warehouse.lot_stock_id, usage="view")
        head = ("Product code", "Location", "Quantity")
        rows = [(self.bolt.default_code, name, 1) for name in ("Hall", view.complete_name)]
        rows.append((self.bolt.default_code, f"{view.complete_name}/H1", 2))

        record = check(self.opening, xlsx(rows, head), **ALL_TICKS)

        self.assertEqual(refused(record), {2: "location_outside", 3: "location_outside"})
        record.action_import()
        self.assertEqual(counted(self.opening), {("Bolt", "H1", ""): 2.0})

    def test_the_decimal_sign_is_decided_once_for_the_whole_file(self):
        bins = [self.make_bin(f"D-{at}", self.warehouse.lot_stock_id).name for at in range(4)]
        texts = ("1.250", "2.5", "4.75", "3,000")
        data = csv(
            "Product code;Location;Number\n"
            + "".join(
                f"{self.bolt.default_code};{name};{text}\n"
                for name, text in zip(bins, texts, strict=True)
            )
        )
        record = upload(self.opening, data, filename="count.csv")
        record.sudo().decimal = False
        reading = "odoo.addons.stockex.models.exchange.import_staging"

        with patch(f"{reading}.READ_CHUNK", 1), patch(f"{reading}.INSERT_CHUNK", 1):
            record.action_check()

        rows = record.row_ids.sorted("number")
        self.assertEqual([row.state for row in rows], ["ok"] * 4)
        self.assertEqual([row.values["quantity"] for row in rows], [1.25, 2.5, 4.75, 3000.0])
        self.assertEqual(record.decimal, ".")
