import unicodedata
from io import BytesIO

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import CountCase

BLIND, BOOK = "stockex.count_sheet", "stockex.count_sheet_book"


@tagged("post_install", "-at_install")
class TestCountSheet(CountCase):
    roles = ("karim", "lea", "mona", "carla", "anton")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.lot = cls.make_lot(cls.milk, "L-2026")
        cls.stock(cls.bolt, cls.bin_a, 1234)
        cls.stock(cls.milk, cls.bin_a, 87, lot=cls.lot)
        cls.stock(cls.bolt, cls.bin_b, 56)
        for user in (cls.karim, cls.lea):
            user.name = user.login.split("@")[0].title()

    def zoned(self):
        """Start a count of two zones: A is Karim's, B is Léa's."""
        zones = [("Hall A", self.bin_a, self.karim), ("Hall B", self.bin_b, self.lea)]
        return self.session(
            self.bin_a | self.bin_b,
            zone_ids=[
                Command.create(
                    {
                        "name": name,
                        "location_ids": [Command.set(place.ids)],
                        "counter_ids": [Command.set(counter.ids)],
                    }
                )
                for name, place, counter in zones
            ],
        )

    def pages(self, session, user, report=BLIND):
        data, kind = (
            self.env["ir.actions.report"].with_user(user)._render_qweb_pdf(report, session.ids)
        )
        self.assertEqual(kind, "pdf")
        return [
            unicodedata.normalize("NFKC", page.extract_text())
            for page in PdfReader(BytesIO(data)).pages
        ]

    def test_the_sheet_lists_what_to_count_in_the_order_of_the_walk(self):
        session = self.session(self.bin_a | self.bin_b)

        [text] = self.pages(session, self.karim)

        for words in (
            f"Count sheet {session.name}",
            "Maison Dupont",
            self.bin_a.complete_name,
            self.bin_a.barcode,
            "[SX-Bolt] Bolt",
            self.bolt.barcode,
            "L-2026",
            "Units",
            "Count",
            "Remark",
            "Found besides",
            "Counted by\nKarim",
            "Page 1 of 1",
        ):
            self.assertIn(words, text)
        order = [text.index(place.complete_name) for place in (self.bin_a, self.bin_b)]
        self.assertEqual(order, sorted(order))

    def test_the_counters_sheet_says_nothing_of_the_book(self):
        session = self.session(self.bin_a | self.bin_b)

        for user in (self.karim, self.carla):
            text = "\n".join(self.pages(session, user))
            for word in ("1,234", "1234.00", "87.00", "56.00", "Book", "€"):
                self.assertNotIn(word, text)

    def test_a_counter_may_not_print_the_quantities(self):
        session = self.session(self.bin_a)

        with self.assertRaises(AccessError) as caught:
            self.pages(session, self.karim, BOOK)

        self.assertIn(session.name, str(caught.exception))
        with self.assertRaises(AccessError):
            self.pages(session, self.anton, BOOK)

    def test_the_controllers_sheet_has_the_quantities(self):
        session = self.session(self.bin_a | self.bin_b)

        text = "\n".join(self.pages(session, self.carla, BOOK)).replace("\xa0", " ")

        for quantity in ("1,234.00", "87.00", "56.00"):
            self.assertIn(quantity, text)
        self.assertIn("Book", text)

    def test_each_zone_begins_a_page_and_names_its_counters(self):
        session = self.zoned()

        first, second = self.pages(session, self.carla)

        self.assertIn("Hall A", first)
        self.assertIn("Counters\nKarim", first)
        self.assertNotIn("Hall B", first)
        self.assertIn("Zone: Hall B", second)
        self.assertIn("Counters\nLea", second)
        self.assertNotIn(self.bin_a.complete_name, second)

    def test_a_counter_prints_the_own_zone_only(self):
        session = self.zoned()

        [text] = self.pages(session, self.lea)

        self.assertIn(self.bin_b.complete_name, text)
        self.assertNotIn(self.bin_a.complete_name, text)
        self.assertNotIn("L-2026", text)

    def test_strangers_and_other_companies_are_refused(self):
        session = self.session(self.bin_a)

        for user in (self.mona, self.omar):
            with self.assertRaises(AccessError):
                self.pages(session, user)

    def test_a_draft_says_to_start_first(self):
        session = self.draft(self.bin_a)

        with self.assertRaises(UserError) as caught:
            self.pages(session, self.carla)

        self.assertIn(session.name, str(caught.exception))
        self.assertIn("start it", str(caught.exception))

    def test_a_closed_count_has_nothing_for_its_counter(self):
        session = self.session(self.bin_a)
        self.count(session, dict.fromkeys(session.sudo().line_ids, 1))
        session.action_review()

        with self.assertRaises(UserError) as caught:
            self.pages(session, self.karim)

        self.assertIn("nothing for you to count", str(caught.exception))

    def test_what_is_counted_already_is_left_out(self):
        session = self.session(self.bin_a | self.bin_b)
        self.count(session, {self.line(session, self.bolt, self.bin_b): 56})

        text = "\n".join(self.pages(session, self.carla))

        self.assertIn(self.bin_a.complete_name, text)
        self.assertNotIn(self.bin_b.complete_name, text)

    def test_arabic_names_and_long_ones_are_on_the_paper(self):
        self.bolt.name = "براد شاي مغربي"
        self.milk.name = "Milk of a cow whose name does not fit one line of this paper at all"
        session = self.session(self.bin_a)

        text = "\n".join(self.pages(session, self.karim))

        self.assertIn("مغربي", text)
        self.assertIn("at all", text)

    def test_a_barcode_that_has_no_bars_is_printed_as_text(self):
        self.bolt.barcode = "é" * 4
        self.bin_a.barcode = "X" * 90
        session = self.session(self.bin_a)

        text = "\n".join(self.pages(session, self.karim))

        self.assertIn("éééé", text)
        self.assertIn("XXXX", text)

    def test_more_lines_cost_no_query_each(self):
        few = self.session(self.bin_a)
        for number in range(60):
            self.stock(self.make_product(f"P{number}"), self.bin_c, 1)
        many = self.session(self.bin_c)
        counts = []
        for session in (few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.pages(session, self.carla, BOOK)
            counts.append(self.env.cr.sql_log_count - before)

        self.assertLessEqual(counts[1], counts[0] + 3)
