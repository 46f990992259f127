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

    def test_what_is_zeroed_in_review_is_judged_like_the_rest(self):
        self.tolerate(is_strict=True)
        session = self.session(self.bin_a | self.bin_b)
        line = self.line(session, self.bolt, self.bin_b)
        self.count(session, {self.line(session, self.bolt, self.bin_a): 100})
        session.action_review()
        session.action_zero_uncounted()

        with self.assert_refused("need a reason"):
            session.with_user(self.anton).action_approve()
        line.with_user(self.carla).reason_id = self.theft
        session.with_user(self.anton).action_approve()
        self.assertTrue(line.out_of_tolerance)

    def test_an_approval_that_waits_for_a_zero_begins_again(self):
        session = self.session(self.bin_a | self.bin_b)
        self.count(session, {self.line(session, self.bolt, self.bin_a): 100})
        session.action_review()
        version = "SELECT xmin::text, ctid::text FROM stockex_count_session WHERE id = %s"
        self.env.cr.execute(version, [session.id])
        before = self.env.cr.fetchall()

        session.action_zero_uncounted()

        self.env.cr.execute(version, [session.id])
        self.assertNotEqual(self.env.cr.fetchall(), before)

    def test_an_accepted_line_that_moved_needs_its_reason_too(self):
        self.tolerate(is_strict=True)
        session = self.session(self.bin_a | self.bin_b)
        self.counts(session, 50)
        self.move(self.bolt, self.bin_a, self.customers, 1)
        self.count(session, {self.line_a: 44}, user=self.lea)
        session.action_review()
        self.assertEqual(self.line_a.verdict, "moved")
        self.line_a.with_user(self.carla).action_accept()

        with self.assert_refused("need a reason"):
            session.with_user(self.anton).action_approve()

    def test_another_count_forgets_the_reason(self):
        self.reviewed(97)
        self.line_a.with_user(self.carla).reason_id = self.theft

        self.line_a.with_user(self.carla).action_recount()
        self.count(self.line_a.session_id, {self.line_a: 105})

        self.assertFalse(self.line_a.reason_id)

    def test_a_tolerance_that_was_loosened_takes_the_mark_off(self):
        rule = self.tolerate(quantity=1)
        session = self.reviewed(97)
        self.assertTrue(self.line_a.out_of_tolerance)
        rule.quantity = 5
        session.action_resume()

        session.action_review()

        self.assertFalse(self.line_a.out_of_tolerance)

    def test_a_reason_of_another_company_is_refused(self):
        self.add_other_company()
        reason = self.theft.copy({"company_id": self.other_company.id})
        self.reviewed(95)

        with self.assert_refused("another company"):
            self.line_a.sudo().reason_id = reason

    def test_who_sends_lines_back_did_not_count(self):
        self.anton.group_ids |= self.env.ref("stockex.group_controller")
        session = self.reviewed(97)
        self.line_a.with_user(self.anton).action_recount()
        self.count(session, {self.line_a: 97})
        session.action_review()

        session.with_user(self.anton).action_approve()

        self.assertEqual(session.approver_id, self.anton)

    def test_the_name_of_a_taking_back_is_not_for_clients(self):
        session = self.session(self.bin_a | self.bin_b)
        line = self.line(session, self.bolt, self.bin_a)
        item = {"line_id": line.id, "quantity": 1, "uuid": "void-1"}

        with self.assert_refused("void-"):
            session.with_user(self.karim).action_record([item])

    def test_a_note_is_fixed_with_the_approval(self):
        session = self.reviewed(96)
        self.line_a.with_user(self.carla).note = "Wet box"
        session.with_user(self.anton).action_approve()

        with self.assert_refused("in state"):
            self.line_a.with_user(self.carla).note = "Dry box"
        self.assertEqual(self.line_a.note, "Wet box")
