from datetime import date, datetime, timedelta

from odoo import fields
from odoo.tests import tagged

from ..common import CountCase


@tagged("post_install", "-at_install")
class TestCountDates(CountCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 7)
        cls.stock(cls.bolt, cls.bin_b, 5)
        cls.today = fields.Date.context_today(cls.env.user)
        cls.last_month = cls.today.replace(day=1) - timedelta(days=1)

    def approved(self, quantity=6, **vals):
        session = self.session(**vals)
        self.count(session, {self.line(session, self.bolt): quantity})
        self.approve(session)
        return session

    def test_a_past_posting_date_dates_the_corrections(self):
        session = self.approved(posting_date=self.last_month)

        session.action_post()

        move = self.moves_of(session)
        noon = datetime.combine(self.last_month, datetime.min.time()).replace(hour=12)
        self.assertEqual((session.state, move.date), ("done", noon))
        self.assertEqual(move.move_line_ids.date, noon)
        self.assertEqual(session.done_at.date(), self.today)

    def test_without_a_posting_date_the_corrections_are_of_now(self):
        session = self.approved()

        session.action_post()

        self.assertEqual(self.moves_of(session).date.date(), self.today)

    def test_a_posting_date_in_the_future_is_refused(self):
        session = self.approved(posting_date=self.today + timedelta(days=1))

        with self.assert_refused(session.name, "future"):
            session.action_post()

    def test_a_posting_date_may_be_corrected_until_it_is_posted(self):
        session = self.approved(posting_date=self.today + timedelta(days=1))

        session.posting_date = self.today
        session.action_post()

        self.assertEqual(session.state, "done")
        with self.assert_refused("past the point"):
            session.posting_date = False

    def test_a_period_closed_after_the_start_of_posting_stops_it(self):
        session = self.approved(posting_date=self.last_month).with_context(
            queue_job__no_delay=False
        )
        session.action_post()
        self.company.fiscalyear_lock_date = self.last_month

        session.sudo().job_id._run_chunk()

        self.assertEqual(session.state, "approved")
        self.assertIn("closed", session.sudo().job_id.message)
        self.assertFalse(self.moves_of(session))

    def test_a_closed_period_is_refused_and_a_later_date_is_not(self):
        for lock in ("fiscalyear_lock_date", "hard_lock_date"):
            with self.subTest(lock=lock):
                session = self.approved(posting_date=self.last_month, allow_overlap=True)
                self.company[lock] = self.last_month

                with self.assert_refused(session.name, "closed", str(self.last_month)):
                    session.action_post()

                session.posting_date = False
                session.action_post()
                self.assertEqual(session.state, "done")

    def test_a_closed_period_also_refuses_the_retry(self):
        session = self.approved(posting_date=self.last_month)
        session.action_post()
        line = self.line(session, self.bolt)
        line.state = "failed"
        self.company.fiscalyear_lock_date = self.last_month

        with self.assert_refused("closed"):
            session.action_retry_failed()

    def test_another_companys_closed_period_does_not_matter(self):
        self.add_other_company()
        self.other_company.fiscalyear_lock_date = self.last_month
        session = self.approved(posting_date=self.last_month)

        session.action_post()

        self.assertEqual(session.state, "done")

    def quant(self, location):
        return self.env["stock.quant"].search(
            [("product_id", "=", self.bolt.id), ("location_id", "=", location.id)]
        )

    def test_matched_and_posted_lines_are_last_counted_today(self):
        session = self.session(self.bin_a | self.bin_b)
        here, there = session.sudo().line_ids.sorted("location_id")
        self.count(session, {here: 7, there: 3})
        self.approve(session)
        quants = self.quant(self.bin_a) | self.quant(self.bin_b)
        self.assertEqual(quants.mapped("last_count_date"), [False, False])

        session.action_post()

        quants.invalidate_recordset()
        self.assertEqual(quants.mapped("last_count_date"), [self.today, self.today])

    def test_uncounted_and_failed_lines_are_not_last_counted(self):
        session = self.session(self.bin_a | self.bin_b)
        here, _there = session.sudo().line_ids.sorted("location_id")
        self.count(session, {here: 7})
        self.post(session)

        self.assertFalse(self.quant(self.bin_b).last_count_date)
        here.state = "failed"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(self.quant(self.bin_a).last_count_date)

    def test_a_native_count_that_is_younger_stays_the_last(self):
        session = self.approved(7)
        session.action_post()
        line = self.line(session, self.bolt)
        line.last_entry_at = datetime(2020, 2, 2)
        quant = self.quant(self.bin_a)
        quant.with_context(inventory_mode=True).inventory_quantity = 6
        quant.action_apply_inventory()

        self.env.invalidate_all()
        self.assertEqual(self.quant(self.bin_a).last_count_date, self.today)

    def test_only_a_wholly_counted_location_has_had_its_inventory(self):
        self.stock(self.milk, self.bin_b, 1, lot=self.make_lot(self.milk, "L"))
        (self.bin_a | self.bin_b).last_inventory_date = date(2020, 2, 2)
        session = self.session(self.bin_a | self.bin_b)
        self.count(session, dict.fromkeys(self.line(session, self.bolt), 5))

        self.post(session)

        self.assertEqual(self.bin_a.last_inventory_date, self.today)
        self.assertEqual(self.bin_b.last_inventory_date, date(2020, 2, 2))
        self.assertFalse(self.bin_c.last_inventory_date)
