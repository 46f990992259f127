from odoo.exceptions import UserError
from odoo.tests import tagged

from .sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestSyncConflicts(SyncCase):
    """Two counts of a line that contradict each other are both kept until somebody decides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 7654)
        cls.stock(cls.bolt, cls.bin_b, 9)
        cls.open = cls.begun(cls.bin_a | cls.bin_b)
        cls.the_line = cls.line(cls.open, cls.bolt, cls.bin_a)

    def conflict(self, mine=3, theirs=5, user=None):
        """Return a correction that did not know of somebody else's count."""
        op = self.set(self.the_line, mine)
        self.count(self.open, {self.the_line: theirs}, user or self.lea)
        self.assert_answer(self.one(op), "conflict", "stale")
        return op

    def resolve(self, op, choice, **vals):
        return self.one(self.op("resolve", of=op["op"], choice=choice, **vals))

    def rows(self):
        return self.env["stockex.sync.operation"].search([])

    def test_a_correction_that_did_not_know_is_kept_and_told_with_both_values(self):
        op = self.set(self.the_line, 3)
        self.count(self.open, {self.the_line: 5}, self.lea)
        before = self.footprint()

        answer = self.one(op)

        self.assertEqual(answer["conflict"], {"mine": 3.0, "theirs": 5.0})
        self.assertIn("Bolt", answer["message"])
        self.assertEqual(answer["line"]["mine"], None)
        changed = set(self.footprint()) ^ set(before)
        self.assertEqual([row[::2] for row in changed], [("event", "handheld.conflict_found")])
        row = self.row(op)
        self.assertEqual((row.status, row.quantity, row.theirs_quantity), ("conflict", 3, 5))
        self.assertEqual(self.open.sync_conflict_count, 1)
        again = self.one(op)
        self.assertEqual((again["status"], again["conflict"]), ("conflict", answer["conflict"]))

    def test_large_and_broken_quantities_are_told_in_full(self):
        op = self.set(self.the_line, 1234567)
        self.count(self.open, {self.the_line: 20.25}, self.lea)

        self.assertIn("you counted 1234567, there is 20.25 Units", self.one(op)["message"])

    def test_what_the_device_knew_or_did_itself_is_no_conflict(self):
        self.count(self.open, {self.the_line: 5}, self.lea)
        base = self.base(self.the_line)
        first = self.set(self.the_line, 3)
        second = self.set(self.the_line, 4, base)

        answers = self.push(first, second)
        self.assertEqual([one["status"] for one in answers], ["applied", "applied"])
        self.assertEqual(self.total(self.the_line), 9)
        undone = self.one(self.op("undo", of=second["op"]))
        third = self.one(self.set(self.the_line, 6, base))

        self.assertEqual((undone["status"], third["status"]), ("applied", "applied"))
        self.assertEqual(self.total(self.the_line), 11)

    def test_the_same_user_elsewhere_is_a_conflict(self):
        self.conflict(user=self.karim)
        device = "11111111-2222-4333-8444-555555555555"
        op = self.set(self.the_line, 8)
        self.one(self.add(self.the_line, 1), device=device)

        answer = self.one(op)

        self.assertEqual(answer["conflict"], {"mine": 8.0, "theirs": 1.0})

    def test_a_recount_asked_meanwhile_is_a_conflict(self):
        self.one(self.set(self.the_line, 3))
        op = self.set(self.the_line, 4)
        self.the_line.with_user(self.carla).sudo(False).action_recount()

        answer = self.one(op)

        self.assertEqual(answer["conflict"], {"mine": 4.0, "theirs": 0.0})
        self.resolve(op, "mine")
        self.assertEqual(self.total(self.the_line), 4)

    def test_adding_is_never_a_conflict(self):
        op = self.add(self.the_line, 3, base="e0")
        self.count(self.open, {self.the_line: 5}, self.lea)

        self.assert_answer(self.one(op), "applied")

        self.assertEqual(self.total(self.the_line), 8)

    def test_a_correction_without_a_version_knows_nothing(self):
        self.count(self.open, {self.the_line: 5}, self.lea)
        op = self.op(line=self.the_line.id, quantity=3, mode="set")
        by_key = self.op(product=self.bolt.id, location=self.bin_a.id, quantity=4, mode="set")

        answers = self.push(op, by_key)

        self.assertEqual([one["status"] for one in answers], ["conflict", "conflict"])
        self.assertEqual(self.total(self.the_line), 5)

    def test_a_correction_that_is_no_count_is_rejected_not_asked(self):
        op = self.set(self.the_line, -3)
        self.count(self.open, {self.the_line: 5}, self.lea)

        self.assert_rejected(op, "count_refused", "negative")

    def test_each_choice_brings_the_line_to_what_was_shown(self):
        for choice, total in (("mine", 3), ("theirs", 5), ("sum", 8)):
            with self.subTest(choice=choice):
                op = self.conflict()
                self.assert_answer(self.resolve(op, choice), "applied")
                self.assertEqual(self.total(self.the_line), total)
                row = self.row(op)
                self.assertEqual((row.resolution, row.resolved_by_id), (choice, self.karim))
                self.assertEqual(self.open.sync_conflict_count, 0)
                self.assert_answer(self.resolve(op, "sum"), "duplicate", "already_resolved")
                self.assertEqual(self.one(op)["status"], "duplicate")
                self.assertEqual(self.total(self.the_line), total)
                self.open.sudo().env["stockex.count.recorder"]._void(
                    self.open.sudo(), self.the_line
                )

    def test_what_the_correction_corrects_is_in_none_of_the_values(self):
        self.one(self.set(self.the_line, 2))
        op = self.conflict(mine=3, theirs=4)

        self.assertEqual(self.row(op).theirs_quantity, 4)
        self.resolve(op, "theirs")

        self.assertEqual(self.total(self.the_line), 4)

    def test_a_decided_count_is_its_counters_and_can_be_taken_back(self):
        op = self.conflict()
        self.resolve(op, "mine")
        [entry] = self.entries(self.the_line).filtered(lambda one: one.uuid == op["op"])
        self.assertEqual((entry.user_id, entry.quantity), (self.karim, 3))

        self.one(self.op("undo", of=op["op"]))

        self.assertEqual(self.total(self.the_line), 5)

    def test_a_decision_on_what_has_changed_again_is_asked_again(self):
        op = self.conflict()
        self.count(self.open, {self.the_line: 2}, self.lea, "add")

        answer = self.resolve(op, "mine")

        self.assert_answer(answer, "conflict", "counted_again")
        self.assertEqual(answer["conflict"], {"mine": 3.0, "theirs": 7.0})
        self.assertEqual(self.total(self.the_line), 7)
        self.assert_answer(self.resolve(op, "mine"), "applied")
        self.assertEqual(self.total(self.the_line), 3)

    def test_what_the_device_added_after_the_conflict_stays(self):
        op = self.conflict()
        self.one(self.add(self.the_line, 1))

        self.assert_answer(self.resolve(op, "mine"), "applied")

        self.assertEqual(self.total(self.the_line), 4)

    def test_a_conflict_that_is_undone_is_withdrawn(self):
        op = self.conflict()

        self.assert_answer(self.one(self.op("undo", of=op["op"])), "applied")

        self.assertEqual(self.row(op).resolution, "withdrawn")
        self.assertEqual(self.total(self.the_line), 5)
        self.assertEqual(self.one(op)["status"], "duplicate")
        self.assert_answer(self.resolve(op, "mine"), "duplicate", "already_resolved")

    def test_only_ones_own_conflicts_are_decided(self):
        op, nothing = self.conflict(), self.add(self.the_line, 1)
        self.one(nothing)
        before = self.footprint()

        lea = self.one(self.op("resolve", of=op["op"], choice="mine"), user=self.lea)
        none = self.resolve(nothing, "mine")

        self.assert_answer(lea, "rejected", "operation_unknown")
        self.assert_answer(none, "rejected", "no_conflict")
        self.assertEqual(self.footprint(), before)

    def test_the_controller_decides_too_also_in_review(self):
        for number, (action, total) in enumerate(
            (("action_keep_mine", 3), ("action_keep_theirs", 5), ("action_keep_sum", 8))
        ):
            with self.subTest(action=action):
                op = self.conflict()
                if number:
                    self.open.with_user(self.carla).action_review()
                row = self.row(op).with_user(self.carla)
                getattr(row, action)()
                self.assertEqual(self.total(self.the_line), total)
                self.assertEqual(row.resolved_by_id, self.carla)
                with self.assertRaises(UserError):
                    getattr(row, action)()
                if number:
                    self.open.with_user(self.carla).action_resume()
                self.open.sudo().env["stockex.count.recorder"]._void(
                    self.open.sudo(), self.the_line
                )

    def test_what_the_controller_decided_is_a_conflict_for_the_devices_next_correction(self):
        op = self.conflict()
        later = self.set(self.the_line, 9)
        self.row(op).with_user(self.carla).action_keep_mine()

        self.assertEqual(self.one(later)["conflict"], {"mine": 9.0, "theirs": 3.0})

    def test_a_count_is_not_approved_while_a_conflict_is_open(self):
        op = self.conflict()
        self.open.with_user(self.carla).action_review()
        with self.assert_refused("decide which count"):
            self.open.with_user(self.anton).action_approve()

        self.row(op).with_user(self.carla).action_dismiss()
        self.open.with_user(self.anton).action_approve()

        self.assertEqual(self.open.state, "approved")

    def test_counters_decide_nothing_in_the_back_office(self):
        row = self.row(self.conflict())

        for action in ("action_keep_mine", "action_dismiss", "action_enter"):
            with self.assert_refused("stock controller"):
                getattr(row.with_user(self.karim), action)()
        self.assertFalse(row.resolution)
