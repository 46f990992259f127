import uuid

from odoo.tests import tagged

from ..common import CountCase


@tagged("post_install", "-at_install")
class TestCountEntries(CountCase):
    roles = ("karim", "lea", "mona", "carla", "anton")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 7)

    def started(self):
        session = self.session(self.bin_a | self.bin_b, self.karim | self.lea | self.mona)
        return session, self.line(session, self.bolt)

    def figures(self, line):
        return (line.state, line.counted_quantity, line.difference, line.verdict)

    def test_an_entry_says_who_counted_what_when_and_on_which_device(self):
        session, line = self.started()

        self.count(session, {line: 6}, device="handheld-1")

        entry = line.entry_ids
        self.assertEqual((entry.user_id, entry.quantity), (self.karim, 6))
        self.assertEqual((entry.device, entry.book_quantity), ("handheld-1", 7))
        self.assertEqual((entry.session_id, entry.company_id), (session, self.company))
        self.assertEqual(self.figures(line), ("counted", 6, -1, "different"))
        self.assertEqual(line.difference_value, -10.0)

    def test_a_count_that_equals_the_book_matches(self):
        session, line = self.started()

        self.count(session, {line: 7})

        self.assertEqual(self.figures(line), ("counted", 7, 0, "matched"))
        self.assertEqual((session.sudo().matched_count, session.sudo().accuracy), (1, 1.0))

    def test_three_counters_add_up_on_one_line_and_nothing_is_overwritten(self):
        session, line = self.started()

        for user, quantity in ((self.karim, 2), (self.lea, 4), (self.mona, 1)):
            self.count(session, {line: quantity}, user)

        self.assertEqual(self.figures(line), ("counted", 7, 0, "matched"))
        self.assertEqual(
            [(entry.user_id, entry.quantity) for entry in line.entry_ids.sorted("id")],
            [(self.karim, 2), (self.lea, 4), (self.mona, 1)],
        )
        self.assertEqual(set(line.entry_ids.mapped("is_live")), {True})

    def test_typing_again_supersedes_only_ones_own_count(self):
        session, line = self.started()
        self.count(session, {line: 2})
        self.count(session, {line: 4}, self.lea)

        self.count(session, {line: 3})

        self.assertEqual(line.counted_quantity, 7)
        first, lea, second = line.entry_ids.sorted("id")
        self.assertEqual(first.superseded_by_id, second)
        self.assertEqual([entry.is_live for entry in (first, lea, second)], [False, True, True])

    def test_typing_in_the_list_is_a_count_of_ones_own(self):
        session, line = self.started()
        self.count(session, {line: 4}, self.lea)
        mine = line.with_user(self.karim).sudo(False)

        mine.my_quantity = 2
        mine.my_quantity = 1

        self.assertEqual((mine.my_quantity, mine.counted_quantity), (1, 5))
        self.assertEqual(line.with_user(self.lea).my_quantity, 4)
        self.assertEqual(len(line.entry_ids), 3)

    def test_scans_add_up_and_a_typed_count_in_the_same_batch_replaces_them(self):
        session, line = self.started()
        item = {"line_id": line.id, "quantity": 1}
        batch = [
            {**item, "uuid": "scan-1"},
            {**item, "uuid": "scan-2"},
            {**item, "uuid": "typed", "quantity": 5, "mode": "set"},
            {**item, "uuid": "scan-3"},
        ]

        session.with_user(self.karim)._record_entries(batch)

        self.assertEqual(line.counted_quantity, 6)
        self.assertEqual(
            line.entry_ids.filtered("is_live").sorted("id").mapped("uuid"), ["typed", "scan-3"]
        )

    def test_sending_an_entry_again_changes_nothing(self):
        session, line = self.started()
        item = {"line_id": line.id, "quantity": 2, "uuid": str(uuid.uuid4())}
        session.with_user(self.karim)._record_entries([item])
        before = self.footprint()

        again = session.with_user(self.karim)._record_entries([item])
        other = session.with_user(self.lea)._record_entries([{**item, "quantity": 9}])

        self.assertFalse(again | other)
        self.assertEqual(self.footprint(), before)

    def test_a_batch_of_old_and_new_entries_records_the_new_ones(self):
        session, line = self.started()
        old = {"line_id": line.id, "quantity": 2, "uuid": "old"}
        session.with_user(self.karim)._record_entries([old])

        new = {**old, "quantity": 3, "uuid": "new"}
        session.with_user(self.karim)._record_entries([old, new, new])

        self.assertEqual(line.counted_quantity, 5)
        self.assertEqual(len(line.entry_ids), 2)

    def test_entries_are_neither_changed_nor_deleted(self):
        session, line = self.started()
        self.count(session, {line: 2})
        entry = line.entry_ids

        for user in (self.karim, self.carla, self.anton):
            mine = entry.with_user(user).sudo(False)
            with self.assert_refused():
                mine.write({"quantity": 9})
            with self.assert_refused():
                mine.unlink()
            with self.assert_refused():
                mine.copy({"uuid": f"copy-{user.id}"})
        with self.assert_refused("cannot be changed"):
            entry.sudo().write({"quantity": 9})
        with self.assert_refused("cannot be deleted"):
            entry.sudo().unlink()

    def test_lines_and_started_sessions_are_not_deleted(self):
        session, line = self.started()

        with self.assert_refused("cannot be deleted"):
            line.sudo().unlink()
        with self.assert_refused("cannot be deleted any more"):
            session.unlink()

    def test_nothing_there_is_a_count_of_zero(self):
        _session, line = self.started()

        line.with_user(self.karim).sudo(False).action_count_zero()

        self.assertEqual(self.figures(line), ("counted", 0, -7, "different"))
        self.assertEqual(line.entry_ids.user_id, self.karim)

    def test_all_lines_nobody_counted_become_zero_and_counted_ones_stay(self):
        self.stock(self.bolt, self.bin_b, 5)
        session, line = self.started()
        here, there = line.sorted("location_id")
        self.count(session, {here: 7})

        session.action_zero_uncounted()

        self.assertEqual((here.counted_quantity, len(here.entry_ids)), (7, 1))
        self.assertEqual(self.figures(there), ("counted", 0, -5, "different"))
        self.assertEqual(there.entry_ids.user_id, self.carla)

    def test_a_recount_takes_all_entries_back_and_starts_afresh(self):
        session, line = self.started()
        self.count(session, {line: 2})
        self.count(session, {line: 3}, self.lea)
        session.action_review()

        line.with_user(self.carla).sudo(False).action_recount()

        self.assertEqual(self.figures(line), ("pending", 0, 0, False))
        self.assertEqual((line.recount, session.state), (True, "counting"))
        self.assertFalse(any(line.entry_ids.mapped("is_live")))
        self.count(session, {line: 7}, self.lea)
        self.assertEqual(self.figures(line), ("counted", 7, 0, "matched"))
        self.assertFalse(line.recount)

    def test_live_entries_are_found_by_search(self):
        session, line = self.started()
        self.count(session, {line: 2})
        self.count(session, {line: 3})
        entries = self.env["stockex.count.entry"].with_user(self.carla)
        own = [("line_id", "=", line.id)]

        live = entries.search([*own, ("is_live", "=", True)])
        dead = entries.search([*own, ("is_live", "=", False)])

        self.assertEqual((live.quantity, dead.quantity), (3, 2))
        self.assertEqual(entries.search([*own, ("is_live", "!=", True)]), dead)


@tagged("post_install", "-at_install")
class TestCountFinds(CountCase):
    def test_an_unexpected_product_makes_a_line_with_an_empty_book(self):
        session = self.session()

        line = self.find(session, self.bolt, self.bin_a, 3)

        self.assertTrue(line.is_unexpected)
        self.assertEqual((line.book_quantity, line.book_at_count), (0, 0))
        self.assertEqual((line.difference, line.difference_value), (3, 30.0))
        self.assertEqual(line.verdict, "different")

    def test_a_find_of_an_expected_product_counts_its_line(self):
        self.stock(self.bolt, self.bin_a, 7)
        session = self.session()

        line = self.find(session, self.bolt, self.bin_a, 7)

        self.assertEqual(line, session.sudo().line_ids)
        self.assertEqual((line.is_unexpected, line.verdict), (False, "matched"))

    def test_an_unexpected_lot_serial_package_and_owner_are_lines_of_their_own(self):
        lot = self.make_lot(self.milk, "L9")
        serial = self.make_lot(self.phone, "SN9")
        crate = self.env["stock.package"].create({"name": "CRATE-9"})
        consignor = self.env["res.partner"].create({"name": "Consignor"})
        self.stock(self.bolt, self.bin_a, 7)
        session = self.session()

        milk = self.find(session, self.milk, self.bin_a, 4, lot_id=lot.id)
        phone = self.find(session, self.phone, self.bin_a, 1, lot_id=serial.id)
        packed = self.find(session, self.bolt, self.bin_a, 2, package_id=crate.id)
        owned = self.find(session, self.bolt, self.bin_a, 1, owner_id=consignor.id)

        self.assertEqual(session.line_count, 5)
        self.assertEqual((milk.lot_id, milk.difference_value), (lot, 8.0))
        self.assertEqual((phone.lot_id, phone.difference_value), (serial, 300.0))
        self.assertEqual((packed.package_id, packed.difference_value), (crate, 20.0))
        self.assertEqual((owned.owner_id, owned.difference_value), (consignor, 0.0))

    def test_two_finds_of_one_key_in_one_batch_share_a_line(self):
        session = self.session()
        item = {"product_id": self.bolt.id, "location_id": self.bin_a.id, "quantity": 2}

        lines = session.with_user(self.karim)._record_entries(
            [{**item, "uuid": "one"}, {**item, "uuid": "two"}]
        )

        self.assertEqual((len(lines), lines.counted_quantity), (1, 4))

    def test_the_dialog_adds_a_find_with_a_new_lot(self):
        session = self.session()
        dialog = (
            self.env["stockex.count.add.line"]
            .with_user(self.karim)
            .create(
                {
                    "session_id": session.id,
                    "product_id": self.milk.id,
                    "location_id": self.bin_a.id,
                    "lot_name": " NEW-7 ",
                    "quantity": 6,
                }
            )
        )

        dialog.action_add()

        line = session.sudo().line_ids
        self.assertEqual((line.lot_id.name, line.lot_id.product_id), ("NEW-7", self.milk))
        self.assertEqual((line.counted_quantity, line.difference_value), (6, 12.0))
