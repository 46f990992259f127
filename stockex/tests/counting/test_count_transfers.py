from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import CountCase


@tagged("post_install", "-at_install")
class TestCountTransfer(CountCase):
    """A serial number found where the book does not have it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.serial = cls.make_lot(cls.phone, "SN1")
        cls.stock(cls.phone, cls.bin_a, 1, lot=cls.serial)

    def found(self, places):
        session = self.session(places)
        if self.bin_a in places:
            self.count(session, {self.line(session, self.phone, self.bin_a): 0})
        here = self.find(session, self.phone, self.bin_b, 1, lot_id=self.serial.id)
        session.action_review()
        return session, here

    def posted(self, session):
        session.with_user(self.anton).action_approve()
        session.action_post()
        return self.moves_of(session)

    def test_the_line_says_where_the_book_has_it(self):
        _session, here = self.found(self.bin_b)

        self.assertEqual(here.found_in_id, self.bin_a)

    def test_one_move_settles_both_ends(self):
        session, here = self.found(self.bin_a | self.bin_b)
        missing = self.line(session, self.phone, self.bin_a)

        here.with_user(self.carla).action_transfer()
        [move] = self.posted(session)

        self.assertEqual((move.location_id, move.location_dest_id), (self.bin_a, self.bin_b))
        self.assertFalse(move.is_inventory)
        self.assertFalse(move.account_move_id)
        self.assertEqual((missing.state, missing.move_id), ("posted", move))
        self.assertEqual(here.move_id, move)
        self.assertEqual(self.on_hand(self.phone, self.bin_a), 0)
        self.assertEqual(self.on_hand(self.phone, self.bin_b), 1)

    def test_the_session_proposes_the_transfer(self):
        session, here = self.found(self.bin_a | self.bin_b)
        self.assertEqual(session.found_elsewhere_count, 1)
        action = session.action_open_found_elsewhere()
        self.assertEqual(action["domain"], [("id", "in", here.ids)])

        session.action_transfer_found()

        self.assertEqual(here.decision, "transferred")
        self.assertEqual(session.found_elsewhere_count, 0)

    def test_it_works_when_the_other_place_is_not_counted(self):
        session, here = self.found(self.bin_b)

        here.with_user(self.carla).action_transfer()
        self.posted(session)

        self.assertEqual(self.on_hand(self.phone, self.bin_a), 0)
        self.assertEqual(self.on_hand(self.phone, self.bin_b), 1)

    def test_reversing_brings_it_back(self):
        session, here = self.found(self.bin_a | self.bin_b)
        here.with_user(self.carla).action_transfer()
        self.posted(session)

        session.with_user(self.anton)._reverse(session.line_ids, "Wrong shelf")

        self.assertEqual(self.on_hand(self.phone, self.bin_a), 1)
        self.assertEqual(self.on_hand(self.phone, self.bin_b), 0)

    def test_counting_the_other_end_again_forgets_the_decision(self):
        session, here = self.found(self.bin_a | self.bin_b)
        missing = self.line(session, self.phone, self.bin_a)
        here.with_user(self.carla).action_transfer()

        missing.with_user(self.carla).action_recount()

        self.assertFalse(here.decision)
        self.assertFalse(here.transfer_from_id)
        self.assertFalse(missing.settled_by_id)

    def test_what_has_no_other_place_is_refused(self):
        self.stock(self.bolt, self.bin_b, 5)
        session, _here = self.found(self.bin_b)
        line = self.line(session, self.bolt)

        with self.assert_refused("Bolt", "nowhere to come from"):
            line.with_user(self.carla).action_transfer()

    def test_counters_decide_nothing(self):
        _session, here = self.found(self.bin_b)
        with self.assertRaises(AccessError):
            here.with_user(self.karim).action_transfer()
        self.assertFalse(here.decision)

    def test_a_serial_that_left_meanwhile_is_not_taken_from_there(self):
        session, here = self.found(self.bin_b)
        here.with_user(self.carla).action_transfer()
        session.with_user(self.anton).action_approve()
        self.move(self.phone, self.bin_a, self.bin_c, 1, lot=self.serial)

        session.action_post()

        self.assertEqual(here.state, "failed")
        self.assertIn(self.bin_c.display_name, here.post_error)
        self.assertEqual(self.places(), {self.bin_c: 1})

    def places(self):
        """Return where the serial number is, and how often."""
        quants = self.env["stock.quant"].search(
            [("lot_id", "=", self.serial.id), ("location_id.usage", "=", "internal")]
        )
        return {quant.location_id: quant.quantity for quant in quants if quant.quantity}

    def test_another_count_of_the_other_place_does_not_post_its_loss_again(self):
        other = self.session(self.bin_a)
        missing = self.line(other, self.phone)
        self.count(other, {missing: 0})
        session, here = self.found(self.bin_b)
        here.with_user(self.carla).action_transfer()
        self.posted(session)

        self.post(other)

        self.assertEqual(missing.state, "failed")
        self.assertEqual(self.places(), {self.bin_b: 1})

    def test_a_loss_posted_first_stops_the_transfer(self):
        other = self.session(self.bin_a)
        self.count(other, {self.line(other, self.phone): 0})
        session, here = self.found(self.bin_b)
        here.with_user(self.carla).action_transfer()
        self.post(other)

        self.posted(session)

        self.assertEqual(here.state, "failed")
        self.assertEqual(self.places(), {})

    def test_what_is_zeroed_after_the_decision_is_settled_too(self):
        session = self.session(self.bin_a | self.bin_b)
        here = self.find(session, self.phone, self.bin_b, 1, lot_id=self.serial.id)
        session.action_review()
        here.with_user(self.carla).action_transfer()
        session.action_zero_uncounted()

        self.posted(session)

        missing = self.line(session, self.phone, self.bin_a)
        self.assertEqual((missing.state, missing.settled_by_id), ("posted", here))
        self.assertEqual(self.places(), {self.bin_b: 1})

    def test_a_transfer_leaves_no_reservation_behind(self):
        self.env["stock.quant"]._update_reserved_quantity(
            self.phone, self.bin_a, 1, lot_id=self.serial
        )
        session, here = self.found(self.bin_b)
        here.with_user(self.carla).action_transfer()
        self.posted(session)
        self.move(self.phone, self.bin_b, self.bin_a, 1, lot=self.serial)

        quants = self.env["stock.quant"].search(
            [("lot_id", "=", self.serial.id), ("location_id", "=", self.bin_a.id)]
        )
        self.assertEqual(sum(quants.mapped("quantity")), 1)
        self.assertEqual(len(quants), 1)

    def test_the_other_end_fails_with_the_transfer(self):
        session, here = self.found(self.bin_a | self.bin_b)
        here.with_user(self.carla).action_transfer()
        session.with_user(self.anton).action_approve()
        self.move(self.phone, self.bin_a, self.bin_c, 1, lot=self.serial)

        session.action_post()

        missing = self.line(session, self.phone, self.bin_a)
        self.assertEqual((missing.state, here.state), ("failed", "failed"))
        self.assertEqual(session.failed_count, 2)
        self.assertFalse(self.bin_a.last_inventory_date)

    def test_reversing_the_missing_end_reverses_the_transfer(self):
        session, here = self.found(self.bin_a | self.bin_b)
        here.with_user(self.carla).action_transfer()
        self.posted(session)
        missing = self.line(session, self.phone, self.bin_a)

        session.with_user(self.anton)._reverse(missing.sudo(False), "Wrong shelf")

        self.assertEqual(self.places(), {self.bin_a: 1})

    def test_a_transfer_changes_no_value(self):
        session, here = self.found(self.bin_b)
        here.with_user(self.carla).action_transfer()
        self.posted(session)

        event = self.env["stockex.event"].search(
            [("name", "=", "count.posted"), ("res_id", "=", session.id)]
        )
        self.assertEqual(event.payload["value"], 0)
        self.assertEqual(session.net_variance_value, 0)
