from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.counting import count_posting
from ..common import CountCase


@tagged("post_install", "-at_install")
class TestCountPosting(CountCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.make_lot(cls.milk, "L1")
        cls.serial = cls.make_lot(cls.phone, "SN1")
        cls.stock(cls.bolt, cls.bin_a, 7)
        cls.stock(cls.bolt, cls.bin_b, 5)
        cls.stock(cls.milk, cls.bin_a, 4, lot=cls.lot)
        cls.stock(cls.phone, cls.bin_a, 1, lot=cls.serial)

    def counted(self, *differing):
        """Start a count of bins A and B in which every line matches but some.

        :param differing: (product, location, quantity counted).
        """
        session = self.session(self.bin_a | self.bin_b)
        lines = session.sudo().line_ids
        quantities = {line: line.book_quantity for line in lines}
        for product, location, quantity in differing:
            quantities[self.line(session, product, location)] = quantity
        self.count(session, quantities)
        return session

    def failing_for(self, product, message="Out of order"):
        """Make corrections of one product impossible."""
        original = type(self.env["stock.move"])._action_done

        def action_done(moves, *args, **kwargs):
            if product in moves.product_id:
                raise UserError(message)
            return original(moves, *args, **kwargs)

        return patch.object(type(self.env["stock.move"]), "_action_done", action_done)

    def test_posting_makes_the_stock_what_was_counted(self):
        session = self.counted((self.bolt, self.bin_a, 9), (self.milk, self.bin_a, 1))

        self.post(session)

        self.assertEqual(session.state, "done")
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 9)
        self.assertEqual(self.on_hand(self.milk, self.bin_a, self.lot), 1)
        self.assertEqual(self.on_hand(self.bolt, self.bin_b), 5)
        self.assertEqual(self.on_hand(self.phone, self.bin_a, self.serial), 1)

    def test_only_differing_lines_leave_a_stock_move(self):
        session = self.counted((self.bolt, self.bin_a, 9))

        self.post(session)

        move = self.moves_of(session)
        line = self.line(session, self.bolt, self.bin_a)
        self.assertEqual((move.product_id, move.quantity), (self.bolt, 2))
        self.assertEqual((move.is_inventory, move.state), (True, "done"))
        self.assertEqual(move.inventory_name, session.display_name)
        self.assertEqual(move.location_id, self.bolt.property_stock_inventory)
        self.assertEqual(move.location_dest_id, self.bin_a)
        self.assertEqual((line.state, line.move_id), ("posted", move))
        others = session.sudo().line_ids - line
        self.assertEqual(set(others.mapped("state")), {"counted"})
        self.assertFalse(others.move_id)

    def test_a_session_that_matches_everywhere_is_done_without_a_move(self):
        session = self.counted()

        self.post(session)

        self.assertEqual((session.state, session.posted_count), ("done", 0))
        self.assertFalse(self.moves_of(session))
        self.assertEqual((session.job_id.state, session.job_id.total), ("done", 0))

    def test_lines_that_nobody_counted_stay_as_they_are(self):
        session = self.session(self.bin_a | self.bin_b)
        self.count(session, {self.line(session, self.bolt, self.bin_a): 6})

        self.post(session)

        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 6)
        self.assertEqual(self.on_hand(self.bolt, self.bin_b), 5)
        self.assertEqual(session.uncounted_count, 3)

    def test_a_serial_number_found_elsewhere_changes_place(self):
        session = self.counted((self.phone, self.bin_a, 0))
        self.find(session, self.phone, self.bin_b, 1, lot_id=self.serial.id)

        self.post(session)

        self.assertEqual((session.posted_count, session.failed_count), (2, 0))
        self.assertEqual(self.on_hand(self.phone, self.bin_a, self.serial), 0)
        self.assertEqual(self.on_hand(self.phone, self.bin_b, self.serial), 1)
        self.assertEqual(
            self.moves_of(session).sorted("id").mapped("location_id"),
            self.bin_a | self.phone.property_stock_inventory,
        )

    def test_shortages_are_posted_before_surpluses_in_other_chunks(self):
        session = self.counted((self.phone, self.bin_a, 0), (self.bolt, self.bin_a, 8))
        self.find(session, self.phone, self.bin_b, 1, lot_id=self.serial.id)

        with patch.object(count_posting, "POSTING_CHUNK", 1):
            self.post(session)

        first = self.moves_of(session).sorted("id")[0]
        self.assertEqual(first.location_id, self.bin_a)
        self.assertEqual((session.posted_count, session.job_id.done), (3, 3))

    def test_packages_and_owners_keep_their_own_stock(self):
        crate = self.env["stock.package"].create({"name": "CRATE-1"})
        consignor = self.env["res.partner"].create({"name": "Consignor"})
        self.stock(self.bolt, self.bin_c, 3, package=crate)
        self.stock(self.bolt, self.bin_c, 5, owner=consignor)
        self.stock(self.bolt, self.bin_c, 2)
        session = self.session(self.bin_c)
        packed = session.sudo().line_ids.filtered("package_id")
        owned = session.sudo().line_ids.filtered("owner_id")
        loose = session.sudo().line_ids - packed - owned
        self.count(session, {packed: 4, owned: 1, loose: 2})

        self.post(session)

        quants = self.env["stock.quant"].search([("location_id", "=", self.bin_c.id)])
        self.assertCountEqual(
            [(quant.package_id, quant.owner_id, quant.quantity) for quant in quants],
            [
                (crate, consignor.browse(), 4),
                (crate.browse(), consignor, 1),
                (crate.browse(), consignor.browse(), 2),
            ],
        )

    def test_a_line_that_cannot_be_posted_says_why_and_the_rest_goes_on(self):
        session = self.counted(
            (self.bolt, self.bin_a, 9), (self.bolt, self.bin_b, 4), (self.milk, self.bin_a, 1)
        )

        with self.failing_for(self.milk):
            self.post(session)

        line = self.line(session, self.milk)
        self.assertEqual((line.state, line.post_error), ("failed", "Out of order"))
        self.assertFalse(line.move_id)
        self.assertEqual(self.on_hand(self.milk, self.bin_a), 4)
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 9)
        self.assertEqual(self.on_hand(self.bolt, self.bin_b), 4)
        self.assertEqual(
            (session.state, session.posted_count, session.failed_count), ("done", 2, 1)
        )

    def test_failed_lines_are_posted_again_and_only_those(self):
        session = self.counted((self.bolt, self.bin_a, 9), (self.milk, self.bin_a, 1))
        with self.failing_for(self.milk):
            self.post(session)

        session.action_retry_failed()

        self.assertEqual((session.posted_count, session.failed_count), (2, 0))
        self.assertEqual(self.on_hand(self.milk, self.bin_a), 1)
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 9)
        self.assertEqual(len(self.moves_of(session)), 2)
        self.assertFalse(self.line(session, self.milk).post_error)

    def test_retrying_when_nothing_failed_changes_nothing(self):
        session = self.counted((self.bolt, self.bin_a, 9))
        self.post(session)

        with self.assert_refused(session.name, "no line"):
            session.action_retry_failed()

    def test_posting_twice_posts_nothing_twice(self):
        session = self.counted((self.bolt, self.bin_a, 9))
        self.post(session)

        with self.assert_refused(session.name, "Done"):
            session.action_post()
        session.sudo()._post_chunk(session.job_id)
        session.job_id.sudo()._run_chunk()

        self.assertEqual(len(self.moves_of(session)), 1)
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 9)

    def test_a_cancelled_job_leaves_the_rest_to_be_posted(self):
        session = self.counted(
            (self.bolt, self.bin_a, 9), (self.bolt, self.bin_b, 4), (self.milk, self.bin_a, 1)
        )
        self.approve(session)
        with patch.object(count_posting, "POSTING_CHUNK", 1):
            session.with_context(queue_job__no_delay=False).action_post()
            job = session.job_id.with_context(queue_job__no_delay=False)
            job._run_chunk()
            self.assertEqual((job.state, job.done, job.total), ("running", 1, 3))

            job.with_user(self.carla).action_cancel()
            job._run_chunk()
        self.assertEqual((job.state, session.state), ("cancelled", "approved"))
        self.assertEqual((session.posted_count, len(self.moves_of(session))), (1, 1))
        with self.assert_refused("partly posted"):
            session.action_cancel()

        session.action_post()

        self.assertEqual((session.state, session.posted_count), ("done", 3))
        self.assertEqual(len(self.moves_of(session)), 3)
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 9)
        self.assertEqual(self.on_hand(self.milk, self.bin_a), 1)

    def test_a_job_that_breaks_leaves_the_session_to_be_posted(self):
        session = self.counted((self.bolt, self.bin_a, 9))
        self.approve(session)
        posting = type(self.env["stockex.count.posting"])

        with (
            patch.object(posting, "_make_moves", side_effect=ZeroDivisionError("oops")),
            self.assertLogs("odoo.addons.stockex.models.job.job", "ERROR"),
        ):
            session.action_post()
        self.assertEqual((session.state, session.job_id.state), ("approved", "failed"))
        self.assertEqual(session.job_id.message, "ZeroDivisionError: oops")
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 7)

        session.action_post()
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 9)

    def test_goods_that_left_after_the_count_stay_gone(self):
        session = self.counted((self.bolt, self.bin_a, 9))
        self.move(self.bolt, self.bin_a, self.customers, 4)

        self.post(session)

        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 9 - 4)
