from odoo.tests import tagged
from odoo.tools import SQL

from ..common import CountCase


@tagged("post_install", "-at_install")
class TestCountRecheck(CountCase):
    """Goods that were leaving, not committed yet, while their shelf was counted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 10)
        cls.stock(cls.milk, cls.bin_a, 5, cls.make_lot(cls.milk, "M-1"))
        cls.session_ = cls.session(cls.bin_a)
        cls.line_ = cls.line(cls.session_, cls.bolt)

    def leave_before(self, quantity):
        """Ship goods that had left before the last count but were committed after it."""
        move = self.move(self.bolt, self.bin_a, self.customers, quantity)
        self.env.execute_query(
            SQL(
                """UPDATE stock_move_line SET stockex_done_at = line.last_entry_at
                                              - INTERVAL '1 millisecond'
                     FROM stockex_count_line line
                    WHERE line.id = %s AND stock_move_line.id = ANY(%s)
                RETURNING stock_move_line.id""",
                self.line_.id,
                move.move_line_ids.ids,
            )
        )

    def test_goods_that_were_leaving_make_the_line_moved_when_counting_closes(self):
        self.count(self.session_, {self.line_: 7})
        self.leave_before(3)

        self.session_.with_user(self.carla).action_review()

        self.assertEqual((self.line_.verdict, self.line_.difference), ("moved", -3))
        self.assertEqual(self.session_.sudo().moved_count, 1)

    def test_goods_that_left_after_the_count_disturb_nothing(self):
        self.count(self.session_, {self.line_: 10})
        self.move(self.bolt, self.bin_a, self.customers, 3)

        self.session_.with_user(self.carla).action_review()

        self.assertEqual(self.line_.verdict, "matched")

    def test_goods_that_were_leaving_are_not_taken_off_twice_when_posting(self):
        self.count(self.session_, {self.line_: 7})
        self.session_.with_user(self.carla).action_review()
        self.session_.with_user(self.anton).action_approve()
        self.leave_before(3)

        self.session_.with_user(self.carla).action_post()

        self.assertEqual((self.session_.state, self.line_.state), ("done", "failed"))
        self.assertIn("moved", self.line_.post_error)
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 7)
