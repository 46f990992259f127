import uuid

from odoo.tests import tagged

from .sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestSyncRefusing(SyncCase):
    """What cannot be counted harms nothing, tells nothing, and is kept for the controller."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.stock(cls.bolt, cls.bin_a, 7654)
        cls.open = cls.begun()
        cls.the_line = cls.line(cls.open, cls.bolt)

    def closed(self, counted=5):
        """Have the session reviewed after somebody counted."""
        self.count(self.open, {self.the_line: counted}, self.lea)
        self.open.with_user(self.carla).action_review()

    def test_a_session_that_is_closed_says_what_stands(self):
        self.closed()
        on_line, by_key = (
            self.add(self.the_line, 3),
            self.op(product=self.bolt.id, location=self.bin_a.id, quantity=1),
        )

        answer = self.assert_rejected(on_line, "session_closed", "Review", "stands at 5 Units")
        self.assert_rejected(by_key, "session_closed", "Review")

        self.assertEqual(answer["line"]["state"], "counted")
        row = self.row(on_line)
        self.assertEqual((row.session_id, row.line_id), (self.open.sudo(), self.the_line))
        self.assertEqual(self.open.sync_open_count, 2)

    def test_a_posted_line_answers_with_what_was_posted(self):
        self.count(self.open, {self.the_line: 5}, self.lea)
        self.post(self.open)
        self.assertEqual(self.the_line.state, "posted")

        self.assert_rejected(self.add(self.the_line, 3), "session_closed", "Done", "stands at 5")

    def test_a_cancelled_session_takes_nothing(self):
        self.open.with_user(self.carla).action_cancel()

        self.assert_rejected(self.add(self.the_line, 3), "session_closed", "was not counted")
        for op in (
            self.op("unknown", location=self.bin_a.id, quantity=1),
            self.op("zone_done", zone=1),
        ):
            self.assert_rejected(op, "session_closed")

    def test_a_session_of_others_is_not_told_from_one_that_is_gone(self):
        foreign = self.draft_of(self.omar, self.other_bin)
        not_mine = self.begun(self.bin_b, counters=self.lea)
        answers = [
            self.assert_rejected(self.op(session=one, line=self.the_line.id, quantity=1), code)
            for one, code in (
                (foreign, "session_unknown"),
                (not_mine, "session_unknown"),
                (f"local:{uuid.uuid4()}", "session_unknown"),
            )
        ]
        gone = self.op(line=self.the_line.id, quantity=1) | {"session": 2**31 - 1}
        answers.append(self.assert_rejected(gone, "session_unknown"))

        self.assertEqual(len({one["message"] for one in answers}), 1)
        self.assertEqual({one["session"] for one in answers}, {None})
        rows = self.env["stockex.sync.operation"].search([("code", "=", "session_unknown")])
        self.assertEqual(rows.company_id, self.company)

    def draft_of(self, user, location):
        session = (
            self.env["stockex.count.session"]
            .with_user(user)
            .create(
                {
                    "company_id": location.company_id.id,
                    "scope": "locations",
                    "location_ids": location.ids,
                    "counter_ids": user.ids,
                }
            )
        )
        session.action_start()
        return session

    def test_goods_of_another_company_or_archived_meanwhile_are_refused(self):
        foreign = self.make_product("Tajine", company=self.other_company)
        foreign.company_id = self.other_company
        gone = self.make_product("Old")
        gone.active = False
        lot = self.make_lot(self.milk, "L9")
        here = {"location": self.bin_a.id, "quantity": 1}

        ops = [
            (self.op(product=foreign.id, **here), "another company"),
            (self.op(product=gone.id, **here), "archived"),
            (self.op(product=2**31 - 1, **here), "gone"),
            (self.op(product=self.bolt.id, lot=lot.id, **here), "another product"),
            (self.op(product=foreign.id, lot_name="L1", **here), "another company"),
            (self.op(product=self.bolt.id, location=self.other_bin.id, quantity=1), "not part of"),
            (self.op(product=self.bolt.id, owner=2**31 - 1, **here), "owner"),
            (self.op(product=self.bolt.id, package=2**31 - 1, **here), "package"),
            (
                self.op(line=self.the_line.id, parts=[{"uom": 2**31 - 1, "quantity": 1}]),
                "counted in",
            ),
        ]

        for op, word in ops:
            with self.subTest(word=word):
                self.assert_rejected(op, "count_refused", word)
        good = self.add(self.the_line, 2)
        answers = self.push(*[{**op, "op": str(uuid.uuid4())} for op, _word in ops], good)
        self.assertEqual(answers[-1]["status"], "applied")
        self.assertEqual({one["status"] for one in answers[:-1]}, {"rejected"})
        self.assertEqual(self.total(self.the_line), 2)
        self.assertFalse(self.row(ops[0][0]).product_id, "another company's goods are not named")

    def test_a_product_archived_after_the_download_is_still_counted_on_its_line(self):
        self.bolt.active = False

        self.assert_answer(self.one(self.add(self.the_line, 2)), "applied")

    def test_a_barcode_of_another_company_is_an_unidentified_find(self):
        foreign = self.make_product("Tajine", company=self.other_company, barcode="611000000001")
        foreign.company_id = self.other_company

        op = self.op(code="611000000001", location=self.bin_a.id, quantity=1)

        self.assert_answer(self.one(op), "applied", "unidentified")

    def test_a_serial_number_in_two_places_is_refused_alone(self):
        serial = self.make_lot(self.phone, "S1")
        session = self.begun(self.bin_b | self.bin_c)
        place = {"session": session, "product": self.phone.id, "lot": serial.id, "quantity": 1}
        first = self.op(location=self.bin_b.id, **place)
        self.one(first)

        second = self.op(location=self.bin_c.id, **place)

        self.assert_rejected(second, "count_refused", "S1")

    def test_huge_and_broken_operations_leave_a_bounded_row(self):
        many = {"uom": 1, "quantity": 1.0}
        for change in (
            {"quantity": float("nan")},
            {"quantity": float("inf")},
            {"quantity": 1e300},
            {"quantity": "four"},
            {"code": "x" * 100_000},
            {"code": "\x00"},
            {"parts": [many] * 5000},
            {"kind": ["count"]},
            {"at": 5},
            {"seq": -1},
            {"surprise": {"deep": [[[["x" * 10_000]]]]}},
            {"lot_name": "\ud800"},
        ):
            with self.subTest(change=next(iter(change))):
                op = {**self.add(self.the_line, 1), **change}
                answer = self.assert_rejected(op, "unreadable")
                self.assertNotIn("Traceback", answer["message"])
                self.assertLessEqual(len(self.row(op).payload), 4000)
        self.assertFalse(self.entries(self.the_line))

    def test_a_quantity_that_nobody_can_count_is_refused(self):
        for quantity, word in ((10_000_001, "barcode"), (0.123456, "decimals"), (-1, "negative")):
            self.assert_rejected(self.add(self.the_line, quantity), "count_refused", word)

    def test_what_fails_for_no_reason_of_the_users_harms_no_other(self):
        recorder = type(self.env["stockex.count.recorder"])
        record = recorder._record

        def fail(recording, session, items):
            if any(item["quantity"] == 13 for item in items):
                raise KeyError("a fault of the server")
            return record(recording, session, items)

        self.patch(recorder, "_record", fail)
        with self.assertLogs("odoo.addons.stockex_mobile_api", "ERROR"):
            answers = self.push(*[self.add(self.the_line, one) for one in (1, 13, 2)])

        self.assertEqual(
            [(one["status"], one["code"]) for one in answers],
            [("applied", None), ("rejected", "error"), ("applied", None)],
        )
        self.assertNotIn("fault", answers[1]["message"])
        self.assertEqual(self.total(self.the_line), 3)

    def test_a_blind_counter_learns_nothing_of_the_book(self):
        stale = self.set(self.the_line, 3)
        self.count(self.open, {self.the_line: 4}, self.lea)
        here = {"location": self.bin_a.id}
        answers = self.push(
            self.add(self.the_line, 1),
            stale,
            self.op("resolve", of=stale["op"], choice="mine"),
            self.op(product=self.bolt.id, quantity=2, mode="set", **here),
            self.op(code="nobody knows", quantity=1, **here),
            self.add(self.the_line, -1),
            self.op("undo", of=str(uuid.uuid4())),
        )
        self.open.with_user(self.carla).action_review()
        answers += self.push(self.add(self.the_line, 2))

        text = str(answers) + str(self.hello())
        for secret in ("7654", "7655", "book", "differ", "verdict", "cost"):
            self.assertNotIn(secret, text)
        rows = self.env["stockex.sync.operation"].with_user(self.karim).search([])
        self.assertEqual(len(rows), 8)
        self.assertNotIn("7654", str(rows.read()))
