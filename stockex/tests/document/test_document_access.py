from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import CountCase
from .reading import pdf_of, rows_of, text_of


@tagged("post_install", "-at_install")
class TestDocumentAccess(CountCase):
    roles = ("karim", "lea", "mona", "carla", "anton", "quentin", "ada", "sana")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.stock(cls.bolt, cls.bin_a, 1234)
        cls.stock(cls.bolt, cls.bin_b, 77)

    def counted(self):
        session = self.session(self.bin_a | self.bin_b)
        self.count(session, {self.line(session, self.bolt, self.bin_a): 1000})
        return session

    def test_who_may_not_read_the_session_gets_no_document(self):
        session = self.counted()

        for user in (self.mona, self.omar):
            with self.assertRaises(AccessError):
                pdf_of(session, user)
            with self.assertRaises(AccessError):
                rows_of(session, user)
            with self.assertRaises(AccessError):
                session.with_user(user).action_export_lines()
            with self.assertRaises(AccessError):
                session.with_user(user)._verification_code()

    def test_a_foreign_session_among_others_refuses_them_all(self):
        sessions = self.counted() | self.draft(self.bin_c, counters=self.mona)

        with self.assertRaises(AccessError):
            pdf_of(sessions, self.karim)

    def test_the_counters_paper_says_nothing_of_the_book(self):
        session = self.counted()

        text = text_of(session, self.karim)

        self.assertIn("Not counted", text)
        self.assertIn(self.bin_b.complete_name.split("/")[-1], text)
        for word in ("1,234", "234.00", "77.00", "Book", "variance", "Accuracy", "code", "€"):
            self.assertNotIn(word, text)

    def test_the_counters_paper_stays_blind_after_posting(self):
        session = self.counted()
        self.post(session)

        text = text_of(session, self.karim)

        for word in ("1,234", "234.00", "Book", "Difference", "variance", "code"):
            self.assertNotIn(word, text)
        self.assertIn("2\n1\n1\nLines\nCounted\nNot counted", text)
        self.assertNotIn("Every line was counted", text)

    def test_the_other_roles_see_the_result(self):
        session = self.counted()
        self.post(session)

        for user in (self.carla, self.anton, self.quentin, self.ada, self.sana):
            self.assertIn("-2,340.00 €", text_of(session, user))

    def test_the_counters_workbook_has_no_column_of_the_book(self):
        session = self.counted()

        [rows, summary] = rows_of(session, self.karim).values()

        self.assertEqual(
            rows[0],
            [
                *("Location", "Product", "Barcode", "Lot/Serial", "Package", "Owner", "Unit"),
                *("State", "Counted at", "Counted", "Recounts", "Note", "Not posted because"),
                *("Zone", "Counted by"),
            ],
        )
        self.assertEqual(
            summary[0],
            [
                *("Name", "Title", "State", "Started", "Posted", "Currency", "Lines"),
                *("Counted lines", "Lines not counted", "Lines to count again"),
                "Lines not posted",
            ],
        )
        cells = [cell for row in rows + summary for cell in row]
        self.assertNotIn(1234, cells)
        self.assertEqual(summary[1][6:], [2, 1, 1, 0, 0])
