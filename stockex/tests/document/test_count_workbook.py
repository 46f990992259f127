from datetime import datetime

from odoo.tests import freeze_time, tagged

from ..common import CountCase
from .reading import rows_of


@tagged("post_install", "-at_install")
class TestCountWorkbook(CountCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.make_lot(cls.milk, "=1+1")
        cls.stock(cls.bolt, cls.bin_a, 1500.5)
        cls.stock(cls.milk, cls.bin_a, 4, lot=cls.lot)

    @freeze_time("2026-11-21 09:00")
    def test_each_line_is_a_row_of_exact_values(self):
        session = self.session()
        bolts = self.line(session, self.bolt)
        self.count(session, {bolts: 1500})
        bolts.with_user(self.karim).note = "@home\x0b"

        book = rows_of(session, self.carla, tz="Europe/Paris")

        place = self.bin_a.display_name
        [rows, _summary] = book.values()
        at = rows[1][9]
        self.assertEqual(list(book), [session.name.replace("/", "-"), "Summary"])
        self.assertEqual(
            rows,
            [
                [
                    *("Location", "Product", "Barcode", "Lot/Serial", "Package", "Owner"),
                    *("Unit", "State", "Book", "Counted at", "Counted", "Book when counted"),
                    *("Difference", "Unit Cost", "Variance", "Verdict", "Decision"),
                    *("Out Of Tolerance", "Recounts", "Reason", "Note", "Not posted because"),
                    *("Zone", "Counted by"),
                ],
                [
                    *(place, "[SX-Bolt] Bolt", self.bolt.barcode, None, None, None, "Units"),
                    *("Counted", 1500.5, at, 1500, 1500.5, -0.5, 10, -5, "Differs"),
                    *(None, None, None, None, "@home", None, None, self.karim.name),
                ],
                [
                    *(place, "[SX-Milk] Milk", self.milk.barcode, "=1+1", None, None, "Units"),
                    *("To count", 4, None, None, None, None, 2, *[None] * 10),
                ],
                ["Total", *[None] * 13, -5, *[None] * 9],
            ],
        )
        self.assertIsInstance(at, datetime)

    def test_times_are_those_of_the_users_clock(self):
        session = self.session()
        line = self.line(session, self.bolt)
        self.count(session, {line: 1})
        line.last_entry_at = datetime(2026, 7, 1, 22, 30)

        [rows, _summary] = rows_of(session, self.carla, tz="Europe/Paris").values()

        self.assertEqual(rows[1][9], datetime(2026, 7, 2, 0, 30))

    def test_several_sessions_are_sheets_of_one_workbook(self):
        sessions = self.session() | self.draft(self.bin_b)

        book = rows_of(sessions, self.carla)

        names = [name.replace("/", "-") for name in sessions.mapped("name")]
        self.assertEqual(
            [(name, len(book[name])) for name in book],
            [(names[0], 4), (names[1], 1), ("Summary", 3)],
        )

    def test_the_button_leads_to_the_workbook(self):
        sessions = self.draft(self.bin_a) | self.draft(self.bin_b)

        action = sessions.action_export_lines()

        first, second = sessions.ids
        self.assertEqual(action["url"], f"/stockex/count/{first},{second}/lines.xlsx")
        self.assertEqual(action["type"], "ir.actions.act_url")

    def test_a_thousand_lines_cost_no_query_each(self):
        self.stock(self.milk, self.bin_b, 1, lot=self.make_lot(self.milk, "A"))
        for number in range(40):
            self.stock(self.milk, self.bin_b, 1, lot=self.make_lot(self.milk, f"B{number}"))
        few, many = self.session(self.bin_a), self.session(self.bin_b)
        self.env.flush_all()

        counts = []
        for session in (few, many):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows_of(session, self.carla)
            counts.append(self.env.cr.sql_log_count - before)

        self.assertLessEqual(counts[1], counts[0] + 2)
