from odoo.tests import tagged

from ..common import CountCase
from .reading import text_of


@tagged("post_install", "-at_install")
class TestCountReportSections(CountCase):
    """What the report says of variances, and that its code covers it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tools = cls.env["product.category"].create({"name": "Tools"})
        cls.bolt.categ_id = cls.tools
        cls.nut = cls.make_product("Nut", 4.0, categ_id=cls.tools.id)
        cls.serial = cls.make_lot(cls.phone, "IMEI-1")
        cls.stock(cls.bolt, cls.bin_a, 100)
        cls.stock(cls.nut, cls.bin_a, 50)
        cls.stock(cls.phone, cls.bin_b, 1, lot=cls.serial)
        cls.loss, cls.mix = cls.env["stockex.count.reason"].create(
            [{"name": "Gone at night"}, {"name": "Mixed up"}]
        )
        for user in (cls.karim, cls.carla, cls.anton):
            user.name = user.login.split("@")[0].title()

    def reviewed(self):
        """Count 10 bolts too few (-100) and 5 nuts too many (+20), each with its reason."""
        session = self.session(self.bin_a)
        bolts, nuts = self.line(session, self.bolt), self.line(session, self.nut)
        self.count(session, {bolts: 90, nuts: 55})
        session.action_review()
        bolts.write({"reason_id": self.loss.id, "note": "door was open"})
        nuts.reason_id = self.mix
        return session

    def test_variances_stand_by_reason_category_and_product(self):
        session = self.reviewed()

        text = text_of(session, self.carla)

        for words in (
            "Variances by reason",
            "Gone at night\n1\n-100.00 €\n0.00 €\n-100.00 €\n100.00 €",
            "Mixed up\n1\n0.00 €\n+20.00 €\n+20.00 €\n20.00 €",
            "Variances by category",
            "Tools\n2\n-100.00 €\n+20.00 €\n-80.00 €\n120.00 €",
            "The 10 products that vary most",
            "[SX-Bolt] Bolt\n1\n-100.00 €\n0.00 €\n-100.00 €\n100.00 €",
            "Total\n2\n-100.00 €\n+20.00 €\n-80.00 €\n120.00 €",
            "Gone at night · door was open",
        ):
            self.assertIn(words, text)

    def test_figures_tell_shortages_from_surpluses(self):
        session = self.reviewed()

        text = text_of(session, self.carla)

        self.assertIn("90.0%\n-100.00 €\n+20.00 €\n0\n0\nAccuracy by value\nShortages", text)

    def test_lines_out_of_tolerance_and_counted_again_are_listed(self):
        self.env["stockex.count.tolerance"].create({"company_id": self.company.id, "quantity": 6})
        session = self.reviewed()
        self.line(session, self.nut).with_user(self.carla).action_recount()
        self.count(session, {self.line(session, self.nut): 54})
        session.action_review()

        text = text_of(session, self.carla).split("Out of tolerance, or counted again")[1]

        table = text.split("Differences, largest first")[0]
        self.assertIn("-10.00\n-100.00 €\nYes", table)
        self.assertIn("+4.00\n+16.00 €\n1", table)

    def test_transfers_and_failures_have_their_tables(self):
        session = self.session(self.bin_a | self.bin_b)
        self.count(session, {self.line(session, self.bolt): 90, self.line(session, self.phone): 0})
        found = self.find(session, self.phone, self.bin_a, 1, lot_id=self.serial.id)
        session.action_review()
        found.with_user(self.carla).action_transfer()
        self.approve_and_post(session)
        self.line(session, self.bolt).write({"state": "failed", "post_error": "Blocked"})

        text = text_of(session, self.carla)

        failed = text.split("\nNot posted\n")[-1]
        self.assertIn("-10.00\nBlocked", failed)
        moved = text.split("\nTransfers\n")[1]
        self.assertIn("IMEI-1", moved)
        self.assertIn("/Stock/B-01", moved)
        self.assertIn("1.00\nPosted", moved)

    def approve_and_post(self, session):
        session.with_user(self.anton).action_approve()
        session.with_user(self.carla).action_post()

    def test_who_counted_and_who_posted_is_named(self):
        session = self.reviewed()
        self.approve_and_post(session)

        text = text_of(session, self.anton)

        self.assertIn("Posted by\nCarla", text)
        self.assertIn("Karim\n2\n2\n", text.split("Who counted")[1])

    def test_the_code_covers_reasons_notes_and_tolerances(self):
        session = self.reviewed()
        line = self.line(session, self.bolt)
        seen = {session._verification_code()}

        for vals in (
            {"note": "window"},
            {"reason_id": self.mix.id},
            {"out_of_tolerance": True},
            {"recount_round": 2},
            {"post_error": "Blocked"},
            {"transfer_from_id": self.bin_b.id},
        ):
            line.write(vals)
            seen.add(session._verification_code())

        self.assertEqual(len(seen), 7)
        self.assertIn(session._verification_code(), seen)

    def test_the_counters_paper_has_none_of_it(self):
        session = self.reviewed()

        text = text_of(session, self.karim)

        for words in ("Variances", "Gone at night", "door was open", "Who counted", "Shortages"):
            self.assertNotIn(words, text)

    def test_how_much_is_printed_is_known_before(self):
        session = self.session(self.bin_a | self.bin_b)
        self.count(session, {self.line(session, self.bolt): 90, self.line(session, self.phone): 0})
        report = self.env["stockex.document.count"]
        self.assertEqual(report._printed_count(session, 100), 1)

        session.action_review()
        line = self.line(session, self.bolt).sudo()
        line.write({"out_of_tolerance": True, "state": "failed"})

        # Two differ, one of them out of tolerance and not posted; one was not counted.
        self.assertEqual(report.with_user(self.carla)._printed_count(session, 100), 5)
        self.assertEqual(report.with_user(self.carla)._printed_count(session, 4), 4)
        own = session.with_user(self.karim)
        self.assertEqual(report.with_user(self.karim)._printed_count(own, 100), 0)
