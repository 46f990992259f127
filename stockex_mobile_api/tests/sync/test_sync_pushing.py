import json
import uuid
from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged

from .sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestSyncPushing(SyncCase):
    """What is sent is counted once, and answered one by one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 7654)
        cls.stock(cls.bolt, cls.bin_b, 9)
        cls.open = cls.begun(cls.bin_a | cls.bin_b)
        cls.the_line = cls.line(cls.open, cls.bolt, cls.bin_a)
        cls.other_line = cls.line(cls.open, cls.bolt, cls.bin_b)

    def test_a_count_is_recorded_as_the_users_from_the_device(self):
        self.hello(name="Cold store 1")
        op = self.add(self.the_line, 3, at=self.now(600))

        answer = self.one(op)

        self.assertEqual(
            answer,
            {
                "op": op["op"],
                "status": "applied",
                "code": None,
                "message": None,
                "session": self.open.id,
                "conflict": None,
                "line": {
                    "id": self.the_line.id,
                    "session": self.open.id,
                    "product": self.bolt.id,
                    "location": self.bin_a.id,
                    "lot": None,
                    "package": None,
                    "owner": None,
                    "uom": self.bolt.uom_id.id,
                    "order": self.the_line.sequence,
                    "state": "counted",
                    "mine": 3.0,
                    "base": self.base(self.the_line),
                },
            },
        )
        [entry] = self.entries(self.the_line)
        self.assertEqual((entry.uuid, entry.device), (op["op"], "Cold store 1"))
        self.assertEqual((entry.user_id, entry.quantity), (self.karim, 3))
        row = self.row(op)
        self.assertEqual((row.status, row.entry_id, row.line_id), ("applied", entry, self.the_line))
        self.assertEqual(json.loads(row.payload), op)

    def test_each_operation_has_its_answer_in_the_order_sent(self):
        ops = [
            self.add(self.the_line, 3),
            self.add(self.the_line, -1),
            self.op(line=2**31 - 1, quantity=1),
            {"op": str(uuid.uuid4()), "kind": "steal"},
            self.op(product=self.bolt.id, location=self.bin_b.id, quantity=2),
            "nonsense",
        ]

        answers = self.push(*ops)

        self.assertEqual(
            [(one["status"], one["code"]) for one in answers],
            [
                ("applied", None),
                ("rejected", "count_refused"),
                ("rejected", "count_refused"),
                ("rejected", "unreadable"),
                ("applied", None),
                ("rejected", "unreadable"),
            ],
        )
        self.assertEqual([one["op"] for one in answers[:5]], [op["op"] for op in ops[:5]])
        self.assertIsNone(answers[5]["op"])
        self.assertEqual((self.total(self.the_line), self.total(self.other_line)), (3, 2))
        rows = self.env["stockex.sync.operation"].search(
            [("device_id.user_id", "=", self.karim.id)]
        )
        self.assertEqual(len(rows), 6)
        self.assertNotIn("received", rows.mapped("status"))

    def test_a_batch_sent_twice_counts_once_and_is_answered_as_before(self):
        ops = [self.add(self.the_line, 3), self.add(self.the_line, -1), "nonsense"]
        self.push(*ops)
        before = self.footprint()

        again = self.push(*ops)

        self.assertEqual(
            [(one["status"], one["code"]) for one in again],
            [("duplicate", None), ("rejected", "count_refused"), ("rejected", "unreadable")],
        )
        self.assertEqual(again[0]["line"]["mine"], 3)
        self.assertEqual(self.footprint(), before)
        self.assertEqual(self.env["stockex.sync.operation"].search_count([]), 3)

    def test_an_operation_twice_in_one_batch_counts_once(self):
        op = self.add(self.the_line, 3)

        answers = self.push(op, op, {**op, "seq": 99})

        self.assertEqual([one["status"] for one in answers], ["applied", "duplicate", "duplicate"])
        self.assertEqual(self.total(self.the_line), 3)

    def test_another_operation_under_a_known_uuid_is_kept_and_not_hidden(self):
        op = self.add(self.the_line, 3)
        other = {**op, "quantity": 8}
        self.one(op)

        answer = self.one(other)
        again = self.one(other)
        stranger = self.one(op, user=self.lea)
        together = self.push({**op, "op": (new := str(uuid.uuid4()))}, {**other, "op": new})

        for one in (answer, again, stranger, together[1]):
            self.assert_answer(one, "rejected", "uuid_taken")
            self.assertIsNone(one["line"])
        self.assertEqual(answer["op"], op["op"])
        self.assertEqual(self.total(self.the_line), 6)
        self.assertEqual(
            self.env["stockex.sync.operation"].search_count([("code", "=", "uuid_taken")]), 3
        )

    def test_a_uuid_of_an_entry_that_came_another_way_is_refused(self):
        op = self.add(self.the_line, 3)
        self.count(self.open, {self.the_line: 5}, uuid=op["op"])

        self.assert_rejected(op, "uuid_taken")

    def test_operations_go_by_their_numbers_not_by_their_place(self):
        first, second = self.set(self.the_line, 3), self.set(self.the_line, 5)

        answers = self.push(second, first)

        self.assertEqual([one["status"] for one in answers], ["applied", "applied"])
        self.assertEqual(self.total(self.the_line), 5)

    def test_parts_lots_and_unexpected_goods_are_counted(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        lot = self.make_lot(self.milk, "L1")
        key = {"product": self.milk.id, "location": self.bin_a.id}
        ops = [
            self.op(line=self.the_line.id, parts=[{"uom": dozen.id, "quantity": 2}]),
            self.op(**key, lot=lot.id, quantity=4),
            self.op(**key, lot_name="L1", quantity=1),
            self.op(**key, lot_name="NEW", quantity=2),
            self.op(**key, lot_name="NEW", quantity=3),
        ]

        answers = self.push(*ops)

        self.assertEqual({one["status"] for one in answers}, {"applied"}, answers)
        self.assertEqual(self.total(self.the_line), 24)
        milk = self.line(self.open, self.milk)
        self.assertEqual(
            sorted((line.lot_name, line.counted_quantity) for line in milk),
            [("L1", 5.0), ("NEW", 5.0)],
        )
        self.assertEqual(answers[3]["line"]["lot"], answers[4]["line"]["lot"])
        self.assertEqual(self.env["stock.lot"].search_count([("name", "=", "NEW")]), 1)

    def test_a_code_is_resolved_by_the_server_and_kept_if_nobody_knows_it(self):
        here = {"location": self.bin_a.id}
        known = self.op(code=self.bolt.barcode, quantity=2, **here)
        gs1 = self.op(code=f"010{self.bolt.barcode}3705", quantity=1, **here)
        unknown = self.op(code=" 999 ", quantity=4, at=self.now(60), **here)

        answers = self.push(known, gs1, unknown, self.op(code="999", quantity=0, **here))

        self.assertEqual(
            [(one["status"], one["code"]) for one in answers],
            [
                ("applied", None),
                ("applied", None),
                ("applied", "unidentified"),
                ("rejected", "refused"),
            ],
        )
        self.assertEqual(self.total(self.the_line), 7)
        find = self.open.sudo().unknown_ids
        self.assertEqual((find.barcode, find.quantity, find.user_id), ("999", 4, self.karim))
        self.assertEqual(find.found_at, self.row(unknown).corrected_at)
        self.assert_answer(self.one(unknown), "duplicate", "unidentified")
        self.assertEqual(len(self.open.sudo().unknown_ids), 1)

    def test_a_find_that_nobody_can_name_is_kept(self):
        answer = self.one(
            self.op("unknown", location=self.bin_b.id, quantity=2, note="blue box, no label")
        )

        self.assert_answer(answer, "applied", "unidentified")
        find = self.open.sudo().unknown_ids
        self.assertEqual((find.note, find.location_id), ("blue box, no label", self.bin_b))
        outside = self.op("unknown", location=self.bin_c.id, quantity=2)
        self.assert_rejected(outside, "count_refused", "not part of")

    def test_goods_that_moved_since_are_counted_at_their_time(self):
        before = self.now()
        self.move(self.bolt, self.bin_a, self.customers, 54)

        self.one(self.add(self.the_line, 7654, at=before))

        self.assertEqual(self.the_line.verdict, "matched")

    def test_a_clock_a_day_wrong_changes_no_instant(self):
        for skew in (timedelta(days=1), timedelta(days=-1)):
            op = self.add(self.the_line, 1, at=self.now(0.5, skew))

            answer = self.one(op, now=self.now(0, skew))

            self.assert_answer(answer, "applied")
            row = self.row(op)
            late = (row.received_at - row.corrected_at).total_seconds()
            self.assertTrue(0 <= late <= 2, late)
            self.assertAlmostEqual(row.clock_offset_s, -skew.total_seconds(), delta=2)
            self.assertAlmostEqual(
                (row.device_at - row.corrected_at).total_seconds(), skew.total_seconds(), delta=2
            )

    def test_an_instant_that_no_count_can_have_is_kept_and_not_counted(self):
        self.assert_rejected(self.add(self.the_line, 1, at="2020-01-01T00:00:00Z"), "clock")
        early = self.add(self.the_line, 1, at=self.now(2 * 86400))
        self.assert_rejected(early, "count_refused", "before the session started")
        later = self.add(self.the_line, 1, at="2999-01-01T00:00:00Z")
        self.assert_answer(self.one(later), "applied")
        self.assertEqual(self.row(later).corrected_at, self.row(later).received_at)

    def test_a_zone_that_is_finished_is_told(self):
        session = self.draft(
            self.bin_c,
            zone_ids=[Command.create({"name": "Z", "location_ids": [Command.set(self.bin_c.ids)]})],
        )
        session.action_start()
        zone = session.zone_ids
        op = self.op("zone_done", session, zone=zone.id)

        self.assert_answer(self.one(op), "applied")

        self.assertEqual((zone.done_by_id, zone.done_at), (self.karim, self.row(op).corrected_at))
        self.assert_rejected(self.op("zone_done", zone=zone.id), "zone_unknown")

    def test_where_the_device_was_is_kept_only_if_the_company_wants_it(self):
        here = {"lat": 33.573109, "lon": -7.589843, "accuracy": 12.5}
        without = self.add(self.the_line, 1, position=here)
        self.one(without)
        self.company.stockex_handheld_position = True
        kept = self.add(self.the_line, 1, position=here)
        self.one(kept)

        self.assertEqual(self.row(without).latitude, 0)
        self.assertNotIn("33.57", self.row(without).payload)
        self.assertEqual(
            (self.row(kept).latitude, self.row(kept).longitude, self.row(kept).accuracy_m),
            (33.573109, -7.589843, 12.5),
        )
