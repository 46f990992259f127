from unittest.mock import patch

from ...models.exchange import import_applying
from ..common import CountCase
from .files import HEAD, check, counted, refused, result_rows, xlsx


class TestImportApplying(CountCase):
    """Importing the good rows: exact, once, all or nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 12)
        cls.session_1 = cls.session(cls.bin_a | cls.bin_b)

    def test_good_rows_are_counted_by_the_controller_and_he_may_not_approve(self):
        self.carla.group_ids |= self.env.ref("stockex.group_approver")
        rows = [("SX-Bolt", "A-01", None, 11, "shelf was wet"), ("SX-Bolt", "B-01", None, 2, None)]
        record = check(self.session_1, xlsx(rows, (*HEAD, "Note")))

        record.action_import()

        self.assertRecordValues(record, [{"state": "done", "imported_count": 2}])
        self.assertEqual(
            counted(self.session_1), {("Bolt", "A-01", ""): 11.0, ("Bolt", "B-01", ""): 2.0}
        )
        lines = self.session_1.sudo().line_ids
        self.assertEqual(lines.entry_ids.user_id, self.carla)
        self.assertEqual(set(lines.entry_ids.mapped("device")), {"count.xlsx"})
        self.assertEqual(self.line(self.session_1, self.bolt, self.bin_a).note, "shelf was wet")
        self.assertEqual(self.line(self.session_1, self.bolt, self.bin_a).difference, -1.0)
        self.session_1.action_review()
        with self.assert_refused("another person must approve"):
            self.session_1.action_approve()

    def test_refused_rows_stop_the_import_until_it_is_ticked(self):
        rows = [("SX-Bolt", "A-01", None, 11), ("NOPE", "A-01", None, 1)]
        record = check(self.session_1, xlsx(rows))

        with self.assert_refused("1 rows of “count.xlsx” are refused", "Import the good rows"):
            record.action_import()
        record.import_good = True
        record.action_import()

        self.assertRecordValues(
            record, [{"state": "done", "imported_count": 1, "refused_count": 1}]
        )
        self.assertEqual(counted(self.session_1), {("Bolt", "A-01", ""): 11.0})
        self.assertEqual([row[4] for row in result_rows(record)[1:]], ["Imported", "Refused"])

    def test_a_row_replaces_what_the_same_person_counted_before(self):
        line = self.line(self.session_1, self.bolt, self.bin_a)
        self.count(self.session_1, {line: 7}, user=self.carla)
        record = check(self.session_1, xlsx([("SX-Bolt", "A-01", None, 11)]))

        record.action_import()

        self.assertEqual(counted(self.session_1), {("Bolt", "A-01", ""): 11.0})

    def test_a_chunk_run_twice_records_nothing_twice(self):
        record = check(self.session_1, xlsx([("SX-Bolt", "A-01", None, 11)]))
        record.action_import()
        entries = self.session_1.sudo().line_ids.entry_ids
        # As after a server that died with the entries written and the rows not marked.
        record.sudo().row_ids.write({"state": "ok", "uuid": False})

        self.env.flush_all()
        applied = record._engine().env["stockex.import.applying"]._apply_next(record._engine())

        self.assertEqual(applied, 1)
        self.assertEqual(self.session_1.sudo().line_ids.entry_ids, entries)
        self.assertEqual(counted(self.session_1), {("Bolt", "A-01", ""): 11.0})

    def test_an_import_that_fails_half_way_takes_everything_back_and_can_be_repeated(self):
        line = self.line(self.session_1, self.bolt, self.bin_a)
        self.count(self.session_1, {line: 7}, user=self.carla)
        rows = [("SX-Bolt", "A-01", None, 11), ("SX-Bolt", "B-01", None, 2)]
        record = check(self.session_1, xlsx(rows))
        real = import_applying.ImportApplying._apply_next
        calls = []

        def dies_second(applying, one):
            calls.append(one)
            if len(calls) == 2:
                raise ZeroDivisionError("killed")
            return real(applying, one)

        with (
            patch.object(import_applying, "APPLY_CHUNK", 1),
            patch.object(import_applying.ImportApplying, "_apply_next", dies_second),
            self.assertLogs("odoo.addons.stockex.models.job.job", "ERROR"),
        ):
            record.action_import()

        self.assertRecordValues(record, [{"state": "failed", "imported_count": 0, "good_count": 2}])
        self.assertIn("killed", record.failure)
        self.assertEqual(counted(self.session_1), {("Bolt", "A-01", ""): 7.0})
        record.action_check()
        record.action_import()
        self.assertEqual(record.state, "done")
        self.assertEqual(
            counted(self.session_1), {("Bolt", "A-01", ""): 11.0, ("Bolt", "B-01", ""): 2.0}
        )

    def test_cancelling_half_way_takes_back_what_was_recorded(self):
        rows = [("SX-Bolt", "A-01", None, 11), ("SX-Bolt", "B-01", None, 2)]
        record = check(self.session_1, xlsx(rows))
        real = import_applying.ImportApplying._apply_next

        def then_cancelled(applying, one):
            done = real(applying, one)
            jobs = applying.env["stockex.job"].search([("res_model", "=", "stockex.import")])
            jobs.sorted("id")[-1].cancel_requested = True
            return done

        with (
            patch.object(import_applying, "APPLY_CHUNK", 1),
            patch.object(import_applying.ImportApplying, "_apply_next", then_cancelled),
        ):
            record.action_import()

        self.assertRecordValues(record, [{"state": "cancelled", "imported_count": 0}])
        self.assertEqual(counted(self.session_1), {})
        live = self.session_1.sudo().line_ids.entry_ids.filtered("is_live")
        self.assertFalse(live)

    def test_a_later_count_of_the_same_line_survives_taking_the_import_back(self):
        record = check(self.session_1, xlsx([("SX-Bolt", "A-01", None, 11)]))
        record.action_import()
        line = self.line(self.session_1, self.bolt, self.bin_a)
        self.count(self.session_1, {line: 9}, user=self.carla)

        record._engine().env["stockex.import.applying"]._take_back(record._engine())

        self.assertEqual(counted(self.session_1), {("Bolt", "A-01", ""): 9.0})

    def test_the_same_file_again_needs_a_tick(self):
        data = xlsx([("SX-Bolt", "A-01", None, 11)])
        check(self.session_1, data).action_import()
        record = check(self.session_1, data)

        self.assertTrue(record.is_repeated)
        with self.assert_refused("was already imported", "Import this file again"):
            record.action_import()
        record.allow_again = True
        record.action_import()

        self.assertEqual(record.state, "done")
        self.assertEqual(counted(self.session_1), {("Bolt", "A-01", ""): 11.0})

    def test_a_session_cannot_be_closed_under_a_running_import(self):
        record = check(self.session_1, xlsx([("SX-Bolt", "A-01", None, 11)]))
        record.action_import()
        record.sudo().state = "importing"

        with self.assert_refused("is being imported into", self.session_1.name):
            self.session_1.action_review()
        with self.assert_refused("cancel the import"):
            self.session_1.action_cancel()

    def test_our_own_export_can_be_filled_in_and_imported(self):
        self.find(self.session_1, self.bolt, self.bin_b, 5)
        data = (
            self.env["stockex.document.count.workbook"].with_user(self.carla)._build(self.session_1)
        )

        record = check(self.session_1, data, filename="lines.xlsx")

        self.assertEqual(refused(record), {})
        self.assertTrue(record.skip_empty)
        self.assertEqual(record.good_count, 1)
        self.assertEqual(record.row_ids.filtered(lambda r: r.state == "ok").quantity, 5.0)
