from odoo.tests import tagged

from .sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestSyncEntering(SyncCase):
    """What came too late is entered by the controller, as its counter's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 10)
        cls.open = cls.begun()
        cls.the_line = cls.line(cls.open, cls.bolt)

    def review(self):
        self.count(self.open, {self.the_line: 5}, self.lea)
        self.open.with_user(self.carla).action_review()

    def late(self, **vals):
        """Return an operation that the closed session refused."""
        op = self.op(quantity=3, **(vals or {"line": self.the_line.id}))
        self.assert_answer(self.one(op), "rejected", "session_closed")
        return op

    def enter(self, op, user=None):
        self.row(op).with_user(user or self.carla).action_enter()

    def test_a_late_count_is_entered_in_review(self):
        self.review()
        op = self.late(line=self.the_line.id, at=self.now(60))

        self.enter(op)

        self.assertEqual(self.total(self.the_line), 8)
        [entry] = self.entries(self.the_line).filtered(lambda one: one.uuid == op["op"])
        row = self.row(op)
        self.assertEqual((entry.user_id, entry.counted_at), (self.karim, row.corrected_at))
        self.assertEqual(
            (row.status, row.resolution, row.resolved_by_id, row.entry_id),
            ("rejected", "entered", self.carla, entry),
        )
        self.assertEqual(self.open.sync_open_count, 0)
        self.assertEqual(self.one(op)["status"], "duplicate")
        with self.assert_refused("needs no such decision"):
            self.enter(op)
        self.assertEqual(self.total(self.the_line), 8)

    def test_a_late_correction_replaces_its_counters_own(self):
        self.one(self.add(self.the_line, 2))
        self.review()
        op = self.late(line=self.the_line.id, mode="set")

        self.enter(op)

        self.assertEqual(self.total(self.the_line), 8)

    def test_late_goods_lots_and_codes_are_entered(self):
        self.review()
        here = {"location": self.bin_a.id}
        ops = [
            self.late(product=self.bolt.id, **here),
            self.late(product=self.milk.id, lot_name="L7", **here),
            self.late(code=self.bolt.barcode, **here),
            self.late(code="nobody knows", **here),
        ]

        for op in ops:
            self.enter(op)

        self.assertEqual(self.total(self.the_line), 11)
        self.assertEqual(self.line(self.open, self.milk).counted_quantity, 3)
        find = self.open.sudo().unknown_ids
        self.assertEqual((find.barcode, find.quantity), ("nobody knows", 3))
        self.assertEqual((find.user_id, self.row(ops[3]).unknown_id), (self.karim, find))

    def test_a_late_find_is_entered(self):
        self.review()
        op = self.op("unknown", location=self.bin_a.id, quantity=2, note="blue")
        self.assert_answer(self.one(op), "rejected", "session_closed")

        self.enter(op)

        self.assertEqual(self.open.sudo().unknown_ids.note, "blue")

    def test_an_approval_that_waits_sees_what_was_entered(self):
        self.review()
        before = self.open.sudo().write_date
        self.enter(self.late())

        self.env.invalidate_all()
        self.assertGreaterEqual(self.open.sudo().write_date, before)
        self.open.with_user(self.anton).action_approve()
        self.open.with_user(self.carla).action_post()
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 8)

    def test_nothing_is_entered_after_the_approval_but_all_can_be_dismissed(self):
        self.review()
        op = self.late()
        self.open.with_user(self.anton).action_approve()

        with self.assert_refused("takes no counts"):
            self.enter(op)
        self.row(op).with_user(self.carla).action_dismiss()

        self.assertEqual(self.row(op).resolution, "dismissed")
        self.assertEqual(self.one(op)["status"], "rejected")
        self.assertEqual(self.total(self.the_line), 5)

    def test_what_is_still_wrong_is_refused_again(self):
        bad = self.add(self.the_line, -1)
        self.one(bad)
        self.review()

        with self.assert_refused("negative"):
            self.enter(bad)
        self.assertFalse(self.row(bad).resolution)
        for op in (
            self.op("undo", of=bad["op"].replace("-", "")),
            {"op": self.op()["op"], "kind": "steal"},
        ):
            self.one(op)
            with self.assert_refused("dismiss it"):
                self.enter(op)

    def test_a_product_that_is_back_is_entered(self):
        gone = self.make_product("Old")
        gone.active = False
        op = self.op(product=gone.id, location=self.bin_a.id, quantity=2)
        self.assert_answer(self.one(op), "rejected", "count_refused")
        gone.active = True

        self.enter(op)

        self.assertEqual(self.line(self.open, gone).counted_quantity, 2)

    def test_the_button_of_the_session_shows_what_is_to_decide(self):
        self.review()
        op = self.late()
        action = self.open.with_user(self.carla).action_open_sync()

        found = self.env["stockex.sync.operation"].search(action["domain"])

        self.assertEqual(found, self.row(op))
        self.assertEqual(action["context"], {"search_default_open": 1})
