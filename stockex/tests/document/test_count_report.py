import unicodedata

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ..common import CountCase
from .reading import REPORT, pages_of, pdf_of, text_of


@tagged("post_install", "-at_install")
class TestCountReport(CountCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.make_lot(cls.milk, "L-2026")
        cls.stock(cls.bolt, cls.bin_a, 1500)
        cls.stock(cls.milk, cls.bin_a, 4, lot=cls.lot)
        cls.stock(cls.bolt, cls.bin_b, 7)
        cls.stock(cls.milk, cls.bin_c, 2, lot=cls.lot)
        for user in (cls.karim, cls.lea, cls.carla, cls.anton):
            user.name = user.login.split("@")[0].title()

    def posted(self, **vals):
        """Count 250 bolts too few, 1 milk too many and 7 bolts right; leave one out."""
        session = self.session(self.bin_a | self.bin_b | self.bin_c, title="Été 2026", **vals)
        self.count(session, {self.line(session, self.bolt, self.bin_a): 1250})
        self.count(session, {self.line(session, self.milk, self.bin_a): 5})
        self.count(session, {self.line(session, self.bolt, self.bin_b): 7})
        self.post(session)
        return session

    @freeze_time("2026-11-21 09:00")
    def test_the_report_says_who_what_and_how_much(self):
        session = self.posted()

        text = text_of(session, self.carla, tz="Europe/Paris")

        for words in (
            f"Count report {session.name}",
            "Été 2026",
            "Maison Dupont",
            self.bin_b.complete_name,
            "Approved by\nAnton",
            "Controller\nCarla",
            "Counters\nKarim, Lea",
            "4\n3\n1\n1\n2\nLines\nCounted\nNot counted\nMatching\nDiffering",
            "33.3%\n15,082.00 €\n2,502.00 €\n-2,498.00 €\n0\nAccuracy by lines\nBook value",
            "Printed on 11/21/26, 10:00 AM by Carla",
            "Page 1 of ",
        ):
            self.assertIn(words, text)

    def test_differences_stand_by_value_and_what_was_not_counted_below(self):
        session = self.posted()

        text = text_of(session, self.carla)

        differences, left = text.split("Differences, largest first")[1].split("Not counted\n", 1)
        large = differences.index("1,500.00\n1,250.00\n-250.00\n-2,500.00 €\nPosted")
        small = differences.index("L-2026\nUnits\n4.00\n5.00\n+1.00\n+2.00 €\nPosted")
        self.assertLess(large, small)
        self.assertIn("Total\n-2,498.00 €", differences)
        self.assertNotIn("7.00\n7.00", differences)
        self.assertIn("/Stock/C-01", left)
        self.assertIn("L-2026\nUnits\n2.00\n4.00 €", left)

    def test_a_line_that_could_not_be_posted_says_why(self):
        session = self.posted()
        line = self.line(session, self.milk, self.bin_a)
        line.write({"state": "failed", "post_error": "The lot is blocked"})

        text = " ".join(text_of(session, self.carla).split())

        self.assertIn("Not posted: The lot is blocked", text)

    def test_a_long_report_repeats_its_header_and_counts_its_pages(self):
        products = [self.make_product(f"Item {number:03}", 1.0) for number in range(150)]
        for product in products:
            self.stock(product, self.bin_c, 2)
        session = self.session(self.bin_c)
        lines = session.sudo().line_ids.filtered(lambda line: line.product_id in products)
        self.count(session, dict.fromkeys(lines, 1))
        self.approve(session)

        pages = pages_of(session, self.carla)

        self.assertGreaterEqual(len(pages), 3)
        for number, text in enumerate(pages, start=1):
            self.assertIn(f"Page {number} of {len(pages)}", text)
            self.assertIn(session.name, text)
        tables = "\n\f".join(pages).split("Differences, largest first")[1].split("\f")
        with_rows = [text for text in tables if "-1.00 €" in text]
        self.assertGreaterEqual(len(with_rows), 3)
        for text in with_rows:
            self.assertIn("Difference\nValue\nState", text)
        names = [line for line in "\n".join(pages).splitlines() if "] Item " in line]
        # Ten of them stand among the products that vary most too.
        self.assertEqual(len(names), 160)

    @freeze_time("2026-11-21 09:00")
    def test_a_french_user_reads_french_formats(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.carla.lang = "fr_FR"
        session = self.posted()

        text = text_of(session, self.carla, lang="fr_FR", tz="Europe/Paris")

        self.assertIn("-2 500,00 €", text)
        self.assertIn("1 250,00", text)
        self.assertIn("21/11/2026 10:00", text)

    def test_accents_and_arabic_are_on_the_paper(self):
        self.bolt.name = "Vis à tête fraisée — برغي"
        session = self.posted()

        text = unicodedata.normalize("NFKC", text_of(session, self.carla))

        self.assertIn("Vis à tête fraisée", text)
        self.assertIn("برغي", text)

    def test_several_sessions_are_one_file_and_each_counts_its_own_pages(self):
        sessions = self.posted() | self.draft(self.bin_a)

        pages = pages_of(sessions, self.carla)

        for session in sessions:
            self.assertIn(f"Count report {session.name}", "\n".join(pages))
        self.assertGreaterEqual(sum("Page 1 of" in text for text in pages), 2)

    def test_the_code_is_the_sessions_and_stays(self):
        session = self.posted()

        code = session.with_user(self.carla)._verification_code()

        self.assertRegex(code, r"^([A-Z2-7]{4} ){4}[A-Z2-7]{4}$")
        self.assertIn(code, text_of(session, self.carla))
        self.assertEqual(session.with_user(self.anton)._verification_code(), code)

    def test_a_changed_result_has_another_code(self):
        session = self.posted()
        code = session._verification_code()

        self.line(session, self.milk, self.bin_a).counted_quantity = 6

        self.assertNotEqual(session._verification_code(), code)

    def test_an_unfinished_count_has_no_code_and_no_differences(self):
        session = self.session(self.bin_a)

        text = text_of(session, self.carla)

        self.assertNotIn("Verification code", text)
        self.assertNotIn("Differences", text)
        self.assertIn("Not counted", text)

    def test_printing_nothing_is_refused(self):
        for ids in ([], [0]):
            with self.assertRaises(UserError):
                self.env["ir.actions.report"]._render_qweb_pdf(REPORT, ids)

    def test_the_client_learns_that_the_report_is_ours(self):
        report = self.env.ref("stockex.count_session_report")
        session = self.draft()

        action = report.report_action(session)

        self.assertEqual(action["stockex_document"], "stockex.document.count")
        self.assertEqual(action["type"], "ir.actions.report")
        self.assertIn("stockex_document", report._get_action_dict())

    def test_a_report_names_a_document_model(self):
        report = self.env.ref("stockex.count_session_report")

        for name in ("res.partner", "no.such.model"):
            with self.assertRaises(ValidationError):
                report.stockex_document = name
        with self.assertRaises(ValidationError):
            report.write({"stockex_document": "stockex.document.count", "report_type": "qweb-html"})

    def test_a_report_of_odoo_is_still_odoos(self):
        _html, kind = self.env["ir.actions.report"]._render_qweb_pdf(
            "base.report_irmodeloverview", self.env["ir.model"]._get("res.partner").ids
        )

        # In tests Odoo stops at HTML; ours would have given a PDF.
        self.assertEqual(kind, "html")

    def test_one_document_is_always_the_same_file(self):
        session = self.posted()
        with freeze_time("2026-11-21 09:00"):
            first, second = (pdf_of(session, self.carla) for _time in range(2))

        self.assertEqual(first, second)
