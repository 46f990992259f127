import uuid

from odoo.tests import tagged

from .sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestSyncUndoing(SyncCase):
    """An undo takes back exactly what it names."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 7)
        cls.open = cls.begun()
        cls.the_line = cls.line(cls.open, cls.bolt)

    def undo(self, op, **options):
        return self.one(self.op("undo", of=op["op"]), **options)

    def test_one_entry_among_others_is_taken_back(self):
        first, second, third = (self.add(self.the_line, one) for one in (1, 20, 300))
        self.push(first, second, third)

        answer = self.undo(second)

        self.assert_answer(answer, "applied")
        self.assertEqual((answer["line"]["mine"], self.total(self.the_line)), (301, 301))
        self.assert_answer(self.undo(second), "duplicate", "already_undone")
        self.assertEqual(self.total(self.the_line), 301)

    def test_what_a_correction_replaced_counts_again(self):
        add, correct = self.add(self.the_line, 2), self.set(self.the_line, 9)
        undo = self.op("undo", of=correct["op"].upper())

        answers = self.push(add, correct, undo)

        self.assertEqual({one["status"] for one in answers}, {"applied"})
        self.assertEqual(self.total(self.the_line), 2)
        self.assert_answer(self.undo(add), "applied")
        self.assertEqual((self.the_line.state, self.total(self.the_line)), ("pending", 0))

    def test_what_was_replaced_is_not_taken_back(self):
        add = self.add(self.the_line, 2)
        self.push(add, self.set(self.the_line, 9))

        self.assert_rejected(self.op("undo", of=add["op"]), "superseded", "counted again")

    def test_what_a_recount_took_back_stays_so(self):
        add = self.add(self.the_line, 2)
        self.one(add)
        self.the_line.with_user(self.carla).sudo(False).action_recount()

        self.assert_rejected(self.op("undo", of=add["op"]), "superseded")

    def test_only_ones_own_and_only_what_came(self):
        add = self.add(self.the_line, 2)
        self.one(add)
        undo = self.op("undo", of=add["op"])

        self.assert_rejected(undo, "operation_unknown", user=self.lea)
        self.assert_rejected(self.op("undo", of=str(uuid.uuid4())), "operation_unknown")
        mine = self.op("undo", of=add["op"])
        self.one(mine)
        self.assert_rejected(self.op("undo", of=mine["op"]), "not_undoable")

    def test_a_closed_session_gives_nothing_back(self):
        add = self.add(self.the_line, 2)
        self.one(add)
        self.open.with_user(self.carla).action_review()

        self.assert_rejected(self.op("undo", of=add["op"]), "session_closed")

    def test_who_counts_there_no_more_takes_nothing_back(self):
        add = self.add(self.the_line, 2)
        self.one(add)
        self.open.with_user(self.carla).counter_ids -= self.karim

        self.assert_rejected(self.op("undo", of=add["op"]), "session_unknown")

    def test_a_rejected_count_that_is_undone_needs_nobody(self):
        bad = self.add(self.the_line, -2)
        self.one(bad)
        self.assertEqual(self.open.sync_open_count, 1)

        self.assert_answer(self.undo(bad), "applied")

        self.open.invalidate_recordset()
        self.assertEqual(self.open.sync_open_count, 0)
        self.assertEqual(self.row(bad).resolution, "withdrawn")

    def test_a_find_is_taken_back_until_it_is_decided(self):
        first, second = (
            self.op("unknown", location=self.bin_a.id, quantity=1, code=code) for code in "ab"
        )
        self.push(first, second)

        self.assert_answer(self.undo(first), "applied")
        self.assert_answer(self.undo(first), "duplicate", "already_undone")

        self.assertEqual(self.row(first).unknown_id.state, "dismissed")
        find = self.row(second).unknown_id.with_user(self.carla)
        find.resolution = "packaging"
        find.action_dismiss()
        self.assert_answer(self.undo(second), "rejected", "superseded")
