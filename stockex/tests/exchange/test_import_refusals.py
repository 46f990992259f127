from odoo.exceptions import UserError

from ..common import CountCase
from .files import check, csv, refused, upload, xlsx


class TestImportRefusals(CountCase):
    """Files and moments that an import refuses, each with its way out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session_1 = cls.session(cls.bin_a | cls.bin_b)
        cls.rows = [("SX-Bolt", "A-01", None, 11)]

    def test_what_is_no_table_is_refused_with_the_way_out(self):
        for data, words in (
            (b"", "Choose a file first"),
            (b"%PDF-1.4 nothing", "is no table"),
            (csv("Product code;Counted quantity\n"), "nothing below it"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "save it as .xlsx"),
        ):
            with self.subTest(words), self.assert_refused(words):
                upload(self.session_1, data, filename="x").action_read()

    def test_a_hidden_sheet_is_not_read_by_itself(self):
        def hide(workbook, sheet):
            sheet.sheet_state = "hidden"
            workbook.create_sheet("Front")

        with self.assert_refused("hidden sheets (Sheet)"):
            upload(self.session_1, xlsx(self.rows, change=hide))

        record = upload(self.session_1, xlsx(self.rows, change=hide), sheet="Sheet")

        self.assertEqual(record.sheet_names, "Sheet (hidden), Front")

    def test_formulas_and_merged_cells_are_refused_row_by_row(self):
        def merge(_workbook, sheet):
            sheet["D3"] = "=D2*2"
            sheet["A4"] = "SX-Bolt"
            sheet["B4"] = "B-01"
            sheet["D4"] = 4
            sheet.merge_cells("A4:A5")

        rows = [*self.rows, ("SX-Bolt", "B-01", None, 1)]

        record = check(self.session_1, xlsx(rows, change=merge))

        self.assertEqual(refused(record), {3: "formula", 4: "merged"})
        self.assertEqual(record.good_count, 1)

    def test_a_file_of_another_count_is_refused_by_its_content(self):
        other = self.session(self.bin_c, title="Elsewhere")
        self.find(other, self.bolt, self.bin_c, 5)
        data = self.env["stockex.document.count.workbook"].with_user(self.carla)._build(other)

        with self.assert_refused(f"is the file of {other.name}", self.session_1.name):
            upload(self.session_1, data)

    def test_a_mapping_without_quantity_or_with_one_meaning_twice_is_refused(self):
        record = upload(self.session_1, xlsx(self.rows))
        quantity = record.column_ids.filtered(lambda column: column.family == "quantity")
        quantity.family = False

        with self.assert_refused("No column is “Quantity”"):
            record.action_check()
        quantity.family = "lot"
        with self.assert_refused("Two columns are “Lot or serial number”"):
            record.action_check()

    def test_a_session_that_has_not_started_or_is_over_takes_no_file(self):
        draft = self.draft(self.bin_c)
        record = check(self.session_1, xlsx(self.rows))
        self.find(self.session_1, self.bolt, self.bin_b, 1)
        self.session_1.action_review()

        with self.assert_refused("start counting, then import"):
            upload(draft, xlsx(self.rows))
        with self.assert_refused("takes no counts"):
            record.action_import()
        with self.assert_refused("takes no counts"):
            upload(self.session_1, xlsx(self.rows))

    def test_a_session_closed_under_a_check_ends_it_without_a_trace(self):
        record = upload(self.session_1, xlsx(self.rows)).with_context(queue_job__no_delay=False)
        record.action_check()
        self.find(self.session_1, self.bolt, self.bin_b, 1)
        self.session_1.action_review()

        record.job_id._run_chunk()

        self.assertRecordValues(record, [{"state": "mapped", "row_count": 0}])
        self.assertIn("takes no counts", record.failure)
        self.assertFalse(record.row_ids)

    def test_an_import_needs_its_check(self):
        record = upload(self.session_1, xlsx(self.rows))

        with self.assertRaisesRegex(UserError, "this needs “Checked”"):
            record.action_import()
