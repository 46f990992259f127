from datetime import timedelta

from odoo.tests import tagged

from ...exceptions import CountRefused
from ..common import CountCase


@tagged("post_install", "-at_install")
class TestCountMoved(CountCase):
    """Goods that move while, between and after the entries of a line."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 10)

    def started(self):
        session = self.session(self.bin_a | self.bin_b)
        return session, self.line(session, self.bolt)

    def now(self):
        return self.env["stockex.count.book"]._clock()

    def begun_an_hour_ago(self, session):
        session.sudo().started_at -= timedelta(hours=1)

    def adjust(self, quantity):
        """Type an adjustment in Odoo's own list."""
        quant = self.env["stock.quant"].search(
            [("product_id", "=", self.bolt.id), ("location_id", "=", self.bin_a.id)]
        )
        quant.with_context(inventory_mode=True).inventory_quantity = quantity
        quant.action_apply_inventory()

    def test_a_move_between_two_entries_makes_the_line_moved(self):
        session, line = self.started()
        self.count(session, {line: 4})
        self.move(self.bolt, self.bin_a, self.customers, 3)
        self.count(session, {line: 6}, self.lea)

        self.assertEqual(line.verdict, "moved")
        self.assertEqual((line.counted_quantity, line.book_at_count), (10, 7))
        self.assertEqual(session.sudo().moved_count, 1)

    def test_moves_that_cancel_out_between_two_entries_make_the_line_moved(self):
        session, line = self.started()
        self.count(session, {line: 4})
        self.move(self.bolt, self.bin_a, self.customers, 3)
        self.move(self.bolt, self.customers, self.bin_a, 3)
        self.count(session, {line: 6}, self.lea)

        self.assertEqual((line.verdict, line.difference), ("moved", 0))

    def test_a_move_before_or_after_all_entries_is_no_disturbance(self):
        session, line = self.started()
        self.move(self.bolt, self.bin_a, self.customers, 3)
        self.count(session, {line: 4})
        self.count(session, {line: 3}, self.lea)
        self.move(self.bolt, self.bin_a, self.customers, 1)

        self.assertEqual((line.verdict, line.difference), ("matched", 0))
        self.post(session)
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 6)

    def test_a_move_of_other_goods_or_elsewhere_is_no_disturbance(self):
        session, line = self.started()
        self.stock(self.bolt, self.bin_b, 5)
        self.count(session, {line: 4})
        self.move(self.bolt, self.bin_b, self.customers, 3)
        self.move(self.milk, self.suppliers, self.bin_a, 3, lot=self.make_lot(self.milk, "L"))
        self.count(session, {line: 6}, self.lea)

        self.assertEqual(line.verdict, "matched")

    def test_moved_lines_block_the_approval_until_somebody_decides(self):
        session, line = self.started()
        self.count(session, {line: 4})
        self.move(self.bolt, self.bin_a, self.customers, 3)
        self.count(session, {line: 6}, self.lea)
        session.action_review()
        with self.assert_refused(session.name, "moved", "1"):
            session.with_user(self.anton).action_approve()

        line.with_user(self.carla).sudo(False).action_accept()

        self.assertEqual((line.decision, line.decided_by_id), ("accepted", self.carla))
        session.with_user(self.anton).action_approve()
        session.action_post()
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 10)

    def test_a_moved_line_is_clear_after_a_recount(self):
        session, line = self.started()
        self.count(session, {line: 4})
        self.move(self.bolt, self.bin_a, self.customers, 3)
        self.count(session, {line: 6}, self.lea)
        session.action_review()

        line.with_user(self.carla).sudo(False).action_recount()
        self.count(session, {line: 6})

        self.assertEqual((line.verdict, line.difference), ("different", -1))
        self.post(session)
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 6)

    def test_typing_ones_count_again_after_a_move_clears_the_line(self):
        session, line = self.started()
        self.count(session, {line: 10})
        self.move(self.bolt, self.bin_a, self.customers, 3)
        self.count(session, {line: 7})

        self.assertEqual((line.verdict, line.difference), ("matched", 0))

    def test_a_decision_falls_with_a_new_entry(self):
        session, line = self.started()
        self.count(session, {line: 4})
        self.move(self.bolt, self.bin_a, self.customers, 3)
        self.count(session, {line: 6}, self.lea)
        session.action_review()
        line.with_user(self.carla).sudo(False).action_accept()
        session.action_resume()

        self.count(session, {line: 1}, mode="add")

        self.assertEqual((line.verdict, line.decision), ("moved", False))
        session.action_review()
        with self.assert_refused("moved"):
            session.with_user(self.anton).action_approve()

    def test_an_offline_entry_takes_later_moves_into_account(self):
        session, line = self.started()
        counted_at = self.now()
        self.move(self.bolt, self.bin_a, self.customers, 3)

        self.count(session, {line: 9}, counted_at=counted_at)

        self.assertEqual((line.book_at_count, line.difference), (10, -1))
        self.post(session)
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 6)

    def test_a_backdated_move_counts_by_when_it_was_really_done(self):
        session, line = self.started()
        counted_at = self.now()
        move = self.move(self.bolt, self.bin_a, self.customers, 3)
        move.date = counted_at - timedelta(days=30)
        move.move_line_ids.date = counted_at - timedelta(days=30)

        self.count(session, {line: 10}, counted_at=counted_at)

        self.assertEqual((line.book_at_count, line.verdict), (10, "matched"))

    def test_an_offline_entry_that_arrives_late_keeps_its_place_in_time(self):
        session, line = self.started()
        early = self.now()
        self.move(self.bolt, self.bin_a, self.customers, 3)
        self.count(session, {line: 3}, self.lea)

        self.count(session, {line: 4}, counted_at=early)

        self.assertEqual(line.verdict, "moved")
        self.assertEqual(line.book_at_count, 7)
        self.assertEqual(
            line.entry_ids.filtered(lambda e: e.user_id == self.karim).book_quantity, 10
        )

    def test_two_offline_entries_of_one_batch_are_each_rolled_back(self):
        session, line = self.started()
        first = self.now()
        self.move(self.bolt, self.bin_a, self.customers, 3)
        second = self.now()
        self.move(self.bolt, self.bin_a, self.customers, 2)
        item = {"line_id": line.id, "mode": "add"}

        session.with_user(self.karim)._record_entries(
            [
                {**item, "quantity": 6, "uuid": "one", "counted_at": first},
                {**item, "quantity": 4, "uuid": "two", "counted_at": second},
            ]
        )

        self.assertEqual(line.entry_ids.sorted("id").mapped("book_quantity"), [10, 7])
        self.assertEqual(line.verdict, "moved")

    def test_a_correction_in_a_batch_keeps_only_its_own_instant(self):
        session, line = self.started()
        first = self.now()
        self.move(self.bolt, self.bin_a, self.customers, 3)
        second = self.now()
        item = {"line_id": line.id, "mode": "set"}

        session.with_user(self.karim)._record_entries(
            [
                {**item, "quantity": 10, "uuid": "one", "counted_at": first},
                {**item, "quantity": 7, "uuid": "two", "counted_at": second},
            ]
        )

        self.assertEqual((line.verdict, line.counted_quantity), ("matched", 7))

    def test_a_little_clock_error_of_a_device_is_forgiven(self):
        session, line = self.started()
        before, after = (self.now() + timedelta(seconds=sign * 90) for sign in (-1, 1))

        self.count(session, {line: 5}, counted_at=before)
        self.count(session, {line: 5}, self.lea, counted_at=after)

        self.assertEqual(line.counted_quantity, 10)
        self.assertLessEqual(line.last_entry_at, self.now())
        with self.assert_refused("future", error=CountRefused):
            self.count(session, {line: 1}, counted_at=self.now() + timedelta(minutes=3))

    def test_a_line_that_a_typed_adjustment_overtook_is_set_aside(self):
        session, line = self.started()
        self.count(session, {line: 8})
        self.adjust(8)

        self.post(session)

        self.assertEqual((line.state, self.on_hand(self.bolt, self.bin_a)), ("failed", 8))
        self.assertIn("another count or adjustment", line.post_error)
        session.action_retry_failed()
        self.assertEqual((line.state, self.on_hand(self.bolt, self.bin_a)), ("failed", 8))

    def test_an_adjustment_before_the_count_is_part_of_the_book(self):
        session, line = self.started()
        self.adjust(12)
        self.count(session, {line: 11})

        self.post(session)

        self.assertEqual((line.state, line.difference), ("posted", -1))
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 11)

    def test_of_two_counts_of_one_bin_the_later_look_wins(self):
        first, line = self.started()
        second = self.session(allow_overlap=True)
        self.count(first, {line: 8})
        self.count(second, {self.line(second, self.bolt): 7}, self.lea)
        self.post(second)
        self.post(first)

        self.assertEqual(line.state, "failed")
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 7)
