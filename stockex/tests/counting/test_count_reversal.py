from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import CountCase


@tagged("post_install", "-at_install")
class TestCountReversal(CountCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.make_lot(cls.milk, "L1")
        cls.stock(cls.bolt, cls.bin_a, 7)
        cls.stock(cls.milk, cls.bin_a, 4, lot=cls.lot)
        cls.stock(cls.bolt, cls.bin_b, 5)
        cls.session_1 = cls.session(cls.bin_a | cls.bin_b)
        cls.bolts = cls.line(cls.session_1, cls.bolt, cls.bin_a)
        cls.milks = cls.line(cls.session_1, cls.milk)
        cls.matching = cls.line(cls.session_1, cls.bolt, cls.bin_b)
        cls.count(cls.session_1, {cls.bolts: 9, cls.milks: 1, cls.matching: 5})
        cls.post(cls.session_1)

    def reverse(self, lines=(), user=None, **vals):
        wizard = (
            self.env["stockex.count.reverse"]
            .with_user(user or self.anton)
            .create(
                {
                    "session_id": self.session_1.id,
                    "reason": "Wrong bin",
                    "line_ids": [(6, 0, [line.id for line in lines])],
                    **vals,
                }
            )
        )
        action = wizard.action_reverse()
        return self.session_1.browse(action["res_id"])

    def test_a_reversal_undoes_every_correction(self):
        reversal = self.reverse()

        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 7)
        self.assertEqual(self.on_hand(self.milk, self.bin_a, self.lot), 4)
        self.assertEqual(self.on_hand(self.bolt, self.bin_b), 5)
        self.assertEqual((reversal.state, reversal.title), ("done", "Wrong bin"))
        self.assertEqual(reversal.reversal_of_id, self.session_1)
        self.assertEqual(self.session_1.reversal_ids, reversal)
        self.assertEqual(reversal.approver_id, self.anton)
        self.assertNotEqual(reversal.name, self.session_1.name)
        self.assertEqual(
            {line.product_id: line.difference for line in reversal.sudo().line_ids},
            {self.bolt: -2, self.milk: 3},
        )

    def test_the_lines_of_a_reversal_are_stored_by_one_statement(self):
        lines = self.env.registry["stockex.count.line"]
        theft = self.env.ref("stockex.count_reason_theft")
        self.milks.sudo().reason_id = theft

        with patch.object(lines, "create", side_effect=AssertionError("line by line")):
            reversal = self.reverse()

        self.assertRecordValues(
            reversal.sudo().line_ids.sorted("difference"),
            [
                {
                    "product_id": line.product_id.id,
                    "location_id": self.bin_a.id,
                    "lot_id": line.lot_id.id,
                    "company_id": self.company.id,
                    "sequence": line.sequence,
                    "unit_cost": line.unit_cost,
                    "difference": -line.difference,
                    "difference_value": -line.difference_value,
                    "gross_value": line.gross_value,
                    "verdict": "different",
                    "state": "posted",
                    "reversed_line_id": line.id,
                    "reason_id": line.reason_id.id,
                    "is_unexpected": False,
                    "out_of_tolerance": False,
                    "create_uid": self.anton.id,
                }
                for line in (self.bolts | self.milks).sudo()
            ],
        )
        self.assertEqual(reversal.sudo().mapped("line_ids.difference_value"), [-20.0, 6.0])
        self.assertEqual(reversal.line_count, 2)
        self.assertEqual(self.bolts.sudo().reversing_line_ids.session_id, reversal)

    def test_what_was_counted_again_since_is_not_reversed(self):
        later = self.session(self.bin_a)
        again = self.line(later, self.bolt)
        self.count(later, {again: 8, self.line(later, self.milk): 1})
        self.post(later)

        reversal = self.reverse()

        line = self.line(reversal, self.bolt, self.bin_a)
        self.assertEqual(line.state, "failed")
        self.assertIn("corrected by another count", line.post_error)
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 8)
        self.assertEqual(self.on_hand(self.milk, self.bin_a, self.lot), 4)

    def test_the_reversed_session_stays_as_it_was(self):
        before = (self.session_1.state, self.bolts.state, self.bolts.counted_quantity)

        self.reverse()

        self.assertEqual(
            (self.session_1.state, self.bolts.state, self.bolts.counted_quantity), before
        )
        self.assertEqual(len(self.moves_of(self.session_1)), 2)

    def test_chosen_lines_only_are_reversed_and_the_others_later(self):
        self.reverse(self.milks)
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 9)
        self.assertEqual(self.on_hand(self.milk, self.bin_a), 4)

        self.reverse(self.bolts)
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 7)

    def test_a_line_is_reversed_once(self):
        self.reverse(self.milks)

        with self.assert_refused(self.session_1.name, "nothing to reverse"):
            self.reverse(self.milks)

    def test_all_means_what_is_not_reversed_yet(self):
        self.reverse(self.milks)

        rest = self.reverse()

        self.assertEqual(rest.sudo().line_ids.product_id, self.bolt)
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 7)
        with self.assert_refused("nothing to reverse"):
            self.reverse()

    def test_a_reversal_that_was_given_up_leaves_its_lines_free(self):
        later = self.session_1.with_user(self.anton).with_context(queue_job__no_delay=False)
        given_up = later._reverse(self.bolts | self.milks, "Not sure")
        job_sudo = given_up.sudo().job_id
        job_sudo.cancel_requested = True
        job_sudo._run_chunk()
        given_up.with_user(self.carla).action_cancel()

        again = self.reverse()

        self.assertEqual(again.sudo().line_ids.mapped("state"), ["posted", "posted"])

    def test_what_had_a_reason_for_shortages_is_reversed_with_it(self):
        theft = self.env.ref("stockex.count_reason_theft")
        self.milks.sudo().reason_id = theft

        reversal = self.reverse()

        self.assertEqual(self.line(reversal, self.milk).reason_id, theft)
        self.assertEqual(self.on_hand(self.milk, self.bin_a, self.lot), 4)

    def test_lines_that_moved_no_stock_are_not_reversed(self):
        with self.assert_refused("nothing to reverse"):
            self.reverse(self.matching)

    def test_lines_of_another_session_are_not_reversed_here(self):
        other = self.session(self.bin_b)
        line = self.line(other, self.bolt)
        self.count(other, {line: 4})
        self.post(other)

        with self.assert_refused("nothing to reverse"):
            self.reverse(line)

    def test_goods_that_moved_since_stay_where_they_are(self):
        self.move(self.bolt, self.bin_a, self.customers, 4)

        self.reverse(self.bolts)

        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 9 - 4 - 2)

    def test_a_reversal_of_a_reversal_restores_the_count(self):
        first = self.reverse(self.bolts)

        second = first.with_user(self.anton)._reverse(first.sudo().line_ids, "Right after all")

        self.assertEqual((second.state, self.on_hand(self.bolt, self.bin_a)), ("done", 9))

    def test_only_an_approver_reverses(self):
        for user in (self.karim, self.carla):
            with self.assert_refused(error=AccessError):
                self.session_1.with_user(user).action_reverse()
            with self.assert_refused(error=AccessError):
                self.session_1.with_user(user)._reverse(self.bolts, "No")

    def test_a_closed_period_and_the_future_refuse_the_reversal(self):
        self.company.fiscalyear_lock_date = "2020-12-31"
        with self.assert_refused("closed"):
            self.reverse(posting_date="2020-12-31")
        with self.assert_refused("future"):
            self.reverse(posting_date="2999-12-31")

    def test_a_past_date_dates_the_reversal(self):
        reversal = self.reverse(posting_date="2020-01-31")

        self.assertEqual(
            {str(move.date) for move in self.moves_of(reversal)}, {"2020-01-31 12:00:00"}
        )
