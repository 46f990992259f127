from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...exceptions import CountRefused
from ..common import CountCase


@tagged("post_install", "-at_install")
class TestCountUndo(CountCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 7)
        cls.stock(cls.bolt, cls.bin_b, 9)
        cls.open = cls.session(cls.bin_a | cls.bin_b)
        cls.first = cls.line(cls.open, cls.bolt, cls.bin_a)
        cls.second = cls.line(cls.open, cls.bolt, cls.bin_b)

    def undo(self, user=None):
        return self.open.with_user(user or self.karim).action_undo()

    def test_the_last_count_is_taken_back_then_the_one_before(self):
        self.count(self.open, {self.first: 3})
        self.count(self.open, {self.second: 5})

        last, before = self.undo(), self.undo()

        self.assertEqual((last["line_id"], last["quantity"]), (self.second.id, 5))
        self.assertEqual((before["line_id"], before["quantity"]), (self.first.id, 3))
        self.assertEqual((self.first.state, self.second.state), ("pending", "pending"))
        self.assertEqual(self.first.counted_quantity, 0)

    def test_one_scan_of_several_is_taken_back(self):
        for _scan in range(3):
            self.count(self.open, {self.first: 1}, mode="add")

        taken = self.undo()

        self.assertEqual((taken["quantity"], taken["counted"]), (1, 2))
        self.assertEqual(self.first.counted_quantity, 2)

    def test_what_a_correction_replaced_counts_again(self):
        self.count(self.open, {self.first: 1}, mode="add")
        self.count(self.open, {self.first: 1}, mode="add")
        self.count(self.open, {self.first: 12})

        taken = self.undo()

        self.assertEqual((taken["quantity"], self.first.counted_quantity), (12, 2))
        self.assertEqual(self.undo()["counted"], 1)

    def test_the_answer_holds_nothing_of_the_book(self):
        self.count(self.open, {self.first: 3})

        taken = self.undo()

        keys = {"line_id", "product", "location", "lot", "counted", "uom", "unexpected"}
        self.assertEqual(set(taken), keys | {"quantity"})

    def test_every_entry_stays_as_evidence(self):
        self.count(self.open, {self.first: 3})

        self.undo()

        entries = self.first.entry_ids.sorted("id")
        self.assertEqual(entries.mapped("quantity"), [3, 0])
        self.assertEqual(entries.mapped("voids"), [False, True])
        self.assertEqual(entries[0].superseded_by_id, entries[1])
        self.assertEqual(entries[1].user_id, self.karim)

    def test_the_counts_of_others_are_left_alone(self):
        self.count(self.open, {self.first: 3})
        self.count(self.open, {self.first: 4}, user=self.lea)

        self.undo()

        self.assertEqual(self.first.counted_quantity, 4)
        with self.assert_refused("Nothing to undo", self.open.name, error=CountRefused):
            self.undo()

    def test_a_line_sent_back_still_waits_for_its_recount(self):
        self.count(self.open, {self.first: 3})
        self.first.with_user(self.carla).action_recount()
        self.count(self.open, {self.first: 4})
        self.assertFalse(self.first.recount)

        self.undo()

        self.assertEqual((self.first.state, self.first.recount), ("pending", True))
        with self.assert_refused("Nothing to undo"):
            self.undo()

    def test_a_serial_number_found_elsewhere_since_is_not_revived(self):
        serial = self.make_lot(self.phone, "SN-1")
        self.find(self.open, self.phone, self.bin_a, 1, lot_id=serial.id)
        here = self.line(self.open, self.phone, self.bin_a)
        self.count(self.open, {here: 0})
        self.find(self.open, self.phone, self.bin_b, 1, user=self.lea, lot_id=serial.id)

        with self.assert_refused("SN-1", "more than once"):
            self.undo()

    def test_a_closed_count_and_a_stranger_are_refused(self):
        self.count(self.open, {self.first: 3})
        stranger = self.make_user("tom", "stockex.group_counter", self.company)

        with self.assert_refused(error=AccessError):
            self.undo(stranger)
        self.open.with_user(self.carla).action_review()
        with self.assert_refused("takes no counts", error=CountRefused):
            self.undo()

    def test_zero_typed_over_nothing_is_a_count(self):
        line = self.first.with_user(self.karim)
        self.assertFalse(line.my_counted)

        line.web_save({"my_quantity": 0}, {"my_quantity": {}})

        self.assertTrue(line.my_counted)
        self.assertEqual(self.first.state, "counted")
        self.assertEqual(self.first.entry_ids.mapped("quantity"), [0])
        self.assertFalse(self.first.with_user(self.lea).my_counted)
