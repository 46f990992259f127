import base64

from ..common import CountCase
from .files import HEAD, check, counted, csv, refused, result_rows, upload, xlsx


class TestImportChecking(CountCase):
    """What a check finds in a file, and that it counts nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 12)
        cls.session_1 = cls.session(cls.bin_a | cls.bin_b)

    def test_a_file_is_mapped_from_its_headers_and_shown_as_understood(self):
        record = upload(self.session_1, xlsx([("SX-Bolt", "A-01", None, 11)]))

        self.assertEqual(record.state, "mapped")
        self.assertEqual(
            [(column.header, column.sample, column.family) for column in record.column_ids],
            [
                ("Product code", "SX-Bolt", "code"),
                ("Location", "A-01", "location"),
                ("Lot", "", "lot"),
                ("Counted quantity", "11", "quantity"),
            ],
        )
        self.assertIn("<td>SX-Bolt</td><td>11</td>", record.preview.replace("\n", ""))
        self.assertFalse(record.row_ids)

    def test_a_check_counts_nothing_and_says_what_the_rows_mean(self):
        before = self.footprint()

        record = check(
            self.session_1, xlsx([("SX-Bolt", "A-01", None, 11), ("3700000000013", "B-01", "", 2)])
        )

        self.assertRecordValues(
            record,
            [{"state": "checked", "row_count": 2, "good_count": 2, "refused_count": 0}],
        )
        self.assertEqual(record.row_ids.mapped("product_id"), self.bolt)
        self.assertEqual(record.row_ids.mapped("location_id"), self.bin_a | self.bin_b)
        self.assertEqual(self.footprint(), before)
        self.assertEqual(record.job_id.state, "done")

    def test_every_kind_of_fault_is_refused_with_its_reason(self):
        service = self.make_product("Advice", type="service", is_storable=False)
        gone = self.make_product("Gone")
        gone.active = False
        twins = self.make_product("Twin", default_code="TWIN")
        twins |= self.make_product("Twin two", default_code="TWIN")
        self.make_lot(self.milk, "M1")
        self.make_lot(self.phone, "P1")
        rows = [
            ("NOPE", "A-01", None, 1, None, "product_unknown"),
            ("TWIN", "A-01", None, 1, None, "product_ambiguous"),
            ("SX-Gone", "A-01", None, 1, None, "product_archived"),
            (service.default_code, "A-01", None, 1, None, "product_not_storable"),
            ("SX-Bolt", "X-99", None, 1, None, "location_unknown"),
            ("SX-Bolt", "C-01", None, 1, None, "location_outside"),
            ("SX-Bolt", None, None, 1, None, "location_missing"),
            ("SX-Milk", "A-01", None, 1, None, "lot_missing"),
            ("SX-Milk", "A-01", "M9", 1, None, "lot_unknown"),
            ("SX-Milk", "A-01", "P1", 1, None, "lot_other_product"),
            ("SX-Bolt", "A-01", "M1", 1, None, "lot_untracked"),
            ("SX-Phone", "A-01", "P1", 2, None, "serial_twice"),
            ("SX-Bolt", "A-01", None, 1.23456, None, "too_many_decimals"),
            ("SX-Bolt", "A-01", None, -1, None, "quantity_negative"),
            ("SX-Bolt", "A-01", None, "ten", None, "quantity_not_a_number"),
            ("SX-Bolt", "A-01", None, 3, "kg", "unit_wrong"),
            ("SX-Bolt", "A-01", None, 3, "bushel", "unit_unknown"),
            ("SX-Bolt", "A-01", None, None, None, "quantity_missing"),
            (None, "A-01", None, 3, None, "product_missing"),
        ]
        data = xlsx([row[:5] for row in rows], (*HEAD, "Unit"))

        record = check(self.session_1, data)

        expected = {number: row[5] for number, row in enumerate(rows, 2)}
        self.assertEqual(refused(record), expected)
        self.assertEqual(record.good_count, 0)
        self.assertTrue(all(row.message for row in record.row_ids))

    def test_reasons_name_the_cell_or_the_record_in_the_users_words(self):
        rows = [("NOPE", "A-01", None, 1), ("SX-Bolt", "A-01", None, "ten")]

        record = check(self.session_1, xlsx(rows))

        self.assertEqual(
            record.row_ids.mapped("message"),
            ["No product is “NOPE”.", "D3: the quantity “ten” is not a number."],
        )
        self.assertEqual(record.reasons, [["product_unknown", 1], ["quantity_not_a_number", 1]])
        self.assertIn("Unknown product: <b>1</b>", record.reason_summary)

    def test_a_double_line_is_refused_and_names_the_first(self):
        rows = [
            ("SX-Bolt", "A-01", None, 1),
            ("3700000000013", "WH/Stock/A-01", None, 2),
            ("SX-Bolt", "B-01", None, 4),
        ]
        rows[1] = ("3700000000013", self.bin_a.complete_name, None, 2)

        record = check(self.session_1, xlsx(rows))

        self.assertEqual(refused(record), {3: "double_line"})
        row = record.row_ids.filtered(lambda one: one.number == 3)
        self.assertEqual(row.message, "Row 2 counts the same goods in the same place.")

    def test_double_lines_add_up_if_asked(self):
        rows = [("SX-Bolt", "A-01", None, 1), ("SX-Bolt", "A-01", None, 2.5)]
        record = check(self.session_1, xlsx(rows), double_lines="add")

        record.action_import()

        self.assertEqual(counted(self.session_1), {("Bolt", "A-01", ""): 3.5})

    def test_a_serial_number_twice_in_the_file_or_counted_elsewhere_is_refused(self):
        first, second = self.make_lot(self.phone, "P1"), self.make_lot(self.phone, "P2")
        self.find(self.session_1, self.phone, self.bin_b, 1, lot_id=first.id)
        rows = [
            ("SX-Phone", "A-01", "P1", 1),
            ("SX-Phone", "A-01", "P2", 1),
            ("SX-Phone", "B-01", "P2", 1),
        ]

        record = check(self.session_1, xlsx(rows))

        self.assertEqual(refused(record), {2: "serial_counted", 4: "serial_again"})
        self.assertEqual(record.row_ids[1].lot_id, second)
        self.assertIn(self.bin_b.complete_name, record.row_ids[0].message)

    def test_units_and_packagings_are_converted(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        dozen.active = True
        self.bolt.product_tmpl_id.uom_ids = [(4, dozen.id)]
        self.env["product.uom"].create(
            {"product_id": self.bolt.id, "uom_id": dozen.id, "barcode": "3700000000990"}
        )
        rows = [("SX-Bolt", "A-01", None, 2, "Dozens"), ("3700000000990", "B-01", None, 3, None)]

        record = check(self.session_1, xlsx(rows, (*HEAD, "Unit")))

        self.assertEqual(refused(record), {})
        self.assertEqual(record.row_ids.mapped("quantity"), [24.0, 36.0])

    def test_rows_without_a_quantity_are_left_out_if_asked(self):
        rows = [("SX-Bolt", "A-01", None, None), ("SX-Bolt", "B-01", None, 0)]

        record = check(self.session_1, xlsx(rows), skip_empty=True)

        self.assertRecordValues(record, [{"good_count": 1, "refused_count": 0, "skipped_count": 1}])

    def test_changing_a_column_forgets_the_check(self):
        record = check(self.session_1, xlsx([("SX-Bolt", "A-01", "B", 1)]))
        self.assertEqual(refused(record), {2: "lot_untracked"})

        record.column_ids.filtered(lambda column: column.family == "lot").family = "note"

        self.assertEqual(record.state, "mapped")
        self.assertFalse(record.row_ids)
        record.action_check()
        self.assertEqual(record.good_count, 1)

    def test_another_file_is_found_out_anew(self):
        record = upload(self.session_1, csv("code;quantité\nSX-Bolt;1,5\n"), filename="a.csv")
        self.assertRecordValues(record, [{"separator": ";", "decimal": ","}])

        record.write(
            {
                "file": base64.b64encode(csv("code|location|qty\nSX-Bolt|A-01|2.5\n")),
                "filename": "b.csv",
            }
        )
        record.action_check()

        self.assertRecordValues(record, [{"separator": "|", "decimal": ".", "good_count": 1}])
        self.assertEqual(record.row_ids.quantity, 2.5)
        self.assertEqual(
            record.row_ids.shown, "Product code: SX-Bolt · Location: A-01 · Quantity: 2.5"
        )

    def test_a_text_file_with_tabs_is_understood_again(self):
        data = csv("code\tlocation\tqty\nSX-Bolt\tA-01\t2.5\n")
        record = upload(self.session_1, data, filename="tabs.txt")
        self.assertRecordValues(record, [{"separator": "tab", "file_kind": "csv"}])
        self.assertIn("2.5", record.preview)

        record.action_check()

        self.assertRecordValues(record, [{"separator": "tab", "good_count": 1}])
        self.assertEqual(record.row_ids.quantity, 2.5)

    def test_a_french_text_file_is_understood(self):
        text = "Référence interne;Emplacement;Quantité comptée\nSX-Bolt;A-01;1 234,5\n"

        record = check(self.session_1, csv(text, "cp1252"), filename="comptage.csv")

        self.assertRecordValues(
            record,
            [{"separator": ";", "encoding": "cp1252", "decimal": ",", "good_count": 1}],
        )
        self.assertEqual(record.row_ids.quantity, 1234.5)

    def test_the_result_file_gives_every_row_back_with_its_reason(self):
        rows = [("SX-Bolt", "A-01", None, 1), ("NOPE", "A-01", None, "=1+1")]
        record = check(self.session_1, xlsx(rows))

        found = result_rows(record)

        self.assertEqual(found[0], (*HEAD, "Status", "Why refused"))
        self.assertEqual(found[1], ("SX-Bolt", "A-01", None, "1", "Good", None))
        self.assertEqual(found[2][:5], ("NOPE", "A-01", None, "=1+1", "Refused"))
        self.assertIn("D3 holds a formula", found[2][5])
