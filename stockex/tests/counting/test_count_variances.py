from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..common import CountCase


@tagged("post_install", "-at_install")
class TestCountVariances(CountCase):
    """Tolerances, second counts and reasons between closing and approval."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 100)
        cls.stock(cls.bolt, cls.bin_b, 100)
        cls.tolerances = cls.env["stockex.count.tolerance"]
        cls.theft = cls.env.ref("stockex.count_reason_theft")
        cls.found_again = cls.env.ref("stockex.count_reason_found")

    def tolerate(self, **vals):
        return self.tolerances.create({"company_id": self.company.id, **vals})

    def reviewed(self, a, b=100, **vals):
        session = self.session(self.bin_a | self.bin_b, **vals)
        self.counts(session, a, b)
        session.action_review()
        return session

    def counts(self, session, a, b=100):
        self.line_a = self.line(session, self.bolt, self.bin_a)
        self.line_b = self.line(session, self.bolt, self.bin_b)
        self.count(session, {self.line_a: a, self.line_b: b})

    def test_a_variance_beyond_its_share_is_out_of_tolerance(self):
        self.tolerate(ratio=0.02)

        session = self.reviewed(97, 98)

        self.assertTrue(self.line_a.out_of_tolerance)
        self.assertFalse(self.line_b.out_of_tolerance)
        self.assertEqual(session.out_count, 1)

    def test_the_nearest_tolerance_counts(self):
        self.tolerate(quantity=1)
        self.tolerate(abc_class="a", quantity=2)
        self.tolerate(category_id=self.bolt.categ_id.id or self._category().id, quantity=5)
        self.bolt.with_company(self.company).stockex_abc_class = "a"
        limit = self.tolerances._limits_of(self.bolt, self.company)[self.bolt.id]
        self.assertEqual(limit.quantity, 5)

        self.tolerate(product_id=self.bolt.id, is_strict=True)
        limit = self.tolerances._limits_of(self.bolt, self.company)[self.bolt.id]
        self.assertEqual(limit.quantity, 0)

    def _category(self):
        self.bolt.categ_id = self.env["product.category"].create({"name": "Hardware"})
        return self.bolt.categ_id

    def test_a_class_comes_before_all_products(self):
        self.tolerate(quantity=1)
        self.tolerate(abc_class="b", quantity=3)
        self.bolt.with_company(self.company).stockex_abc_class = "b"

        limit = self.tolerances._limits_of(self.bolt, self.company)[self.bolt.id]

        self.assertEqual(limit.quantity, 3)

    def test_another_companys_tolerance_is_not_ours(self):
        self.add_other_company()
        self.tolerances.create({"company_id": self.other_company.id, "is_strict": True})

        self.reviewed(97)

        self.assertFalse(self.line_a.out_of_tolerance)

    def test_a_tolerance_is_for_one_thing(self):
        with self.assertRaisesRegex(ValidationError, "choose one"):
            self.tolerate(product_id=self.bolt.id, abc_class="a")

    def test_a_second_count_is_asked_once(self):
        self.tolerate(quantity=1)

        session = self.reviewed(90, auto_recount=True)

        self.assertEqual(session.state, "counting")
        self.assertEqual((self.line_a.state, self.line_a.recount_round), ("pending", 1))
        self.assertEqual(self.line_b.state, "counted")
        self.assertEqual(session.recount_count, 1)
        self.assertEqual(len(self.line_a.entry_ids), 2)  # the first count and its void

        self.count(session, {self.line_a: 90})
        session.action_review()
        self.assertEqual(session.state, "review")
        self.assertTrue(self.line_a.out_of_tolerance)

    def test_the_controller_sends_what_is_out_back_with_one_click(self):
        self.tolerate(quantity=1)
        session = self.reviewed(90, 80)

        session.action_recount_out()

        self.assertEqual(session.state, "counting")
        self.assertEqual(session.recount_count, 2)

    def test_nothing_to_send_back_says_so(self):
        session = self.reviewed(90)
        with self.assert_refused("out of tolerance"):
            session.action_recount_out()

    def test_a_large_variance_needs_a_reason_before_approval(self):
        self.company.stockex_reason_amount = 50
        session = self.reviewed(95)  # 5 × 10.0

        with self.assert_refused("need a reason", "Bolt"):
            session.with_user(self.anton).action_approve()
        self.line_a.with_user(self.carla).reason_id = self.theft
        session.with_user(self.anton).action_approve()
        self.assertEqual(session.state, "approved")

    def test_a_small_variance_needs_none(self):
        self.company.stockex_reason_amount = 50
        session = self.reviewed(96)

        session.with_user(self.anton).action_approve()

        self.assertEqual(session.state, "approved")

    def test_out_of_tolerance_needs_a_reason_however_small(self):
        self.tolerate(is_strict=True)
        session = self.reviewed(99)

        with self.assert_refused("need a reason"):
            session.with_user(self.anton).action_approve()

    def test_a_reason_for_surpluses_explains_no_shortage(self):
        self.reviewed(95)

        with self.assert_refused("does not explain"):
            self.line_a.with_user(self.carla).reason_id = self.found_again
        self.assertFalse(self.line_a.reason_id)

    def test_counters_give_no_reasons(self):
        session = self.session(self.bin_a | self.bin_b)
        self.counts(session, 95)

        with self.assertRaises(AccessError):
            self.line_a.with_user(self.karim).write({"reason_id": self.theft.id})
        self.assertFalse(self.line_a.reason_id)

    def test_after_approval_reasons_are_fixed(self):
        session = self.reviewed(96)
        session.with_user(self.anton).action_approve()

        with self.assert_refused("in state"):
            self.line_a.with_user(self.carla).reason_id = self.theft


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
