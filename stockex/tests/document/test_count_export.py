from io import BytesIO
from unittest.mock import patch

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.document import count_export
from ..common import CountCase
from .reading import rows_of


@tagged("post_install", "-at_install")
class TestCountExport(CountCase):
    roles = ("karim", "lea", "carla", "anton", "quentin")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        for number in range(5):
            cls.stock(cls.make_product(f"P{number}", 2.0), cls.bin_a, 10 + number)
        for name, number in (("AT_ONCE", 4), ("CHUNK", 2)):
            cls.startClassPatcher(patch.object(count_export, name, number))

    def export(self, sessions, user):
        action = sessions.with_user(user).action_export_lines()
        self.assertEqual(action["res_model"], "stockex.count.export")
        return self.env["stockex.count.export"].with_user(user).browse(action["res_id"])

    def counted(self):
        session = self.session(self.bin_a)
        lines = session.sudo().line_ids
        self.count(session, {lines[0]: 7, lines[1]: lines[1].book_quantity})
        return session

    def test_a_large_count_is_written_in_the_background_as_at_once(self):
        session = self.counted()

        export = self.export(session, self.carla)

        self.assertEqual(
            (export.job_id.state, export.job_id.done, export.line_count), ("done", 5, 5)
        )
        workbook = load_workbook(BytesIO(export.attachment_id.raw), data_only=True)
        made = {
            sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)]
            for sheet in workbook
        }
        self.assertEqual(made, rows_of(session, self.carla))
        self.assertIn(f"/web/content/{export.attachment_id.id}", export.action_download()["url"])
        self.assertFalse(export.sudo().plan)
        files = self.env["ir.attachment"].search(
            [("res_model", "=", "stockex.count.export"), ("res_id", "=", export.id)]
        )
        self.assertEqual(files, export.attachment_id)

    def test_a_small_count_is_downloaded_at_once(self):
        self.stock(self.bolt, self.bin_b, 1)
        session = self.session(self.bin_b)

        action = session.with_user(self.carla).action_export_lines()

        self.assertEqual(action["url"], f"/stockex/count/{session.id}/lines.xlsx")

    def test_the_counters_background_workbook_is_blind(self):
        session = self.counted()

        export = self.export(session, self.karim)

        workbook = load_workbook(BytesIO(export.sudo().attachment_id.raw), data_only=True)
        cells = [cell for sheet in workbook for row in sheet.values for cell in row]
        for word in ("Book", "Difference", "Variance", "Unit Cost", "Reason"):
            self.assertNotIn(word, cells)
        for quantity in (10, 13, 14):
            self.assertNotIn(quantity, cells)

    def test_nobody_else_sees_an_export(self):
        export = self.export(self.counted(), self.carla)

        for user in (self.karim, self.anton, self.quentin, self.omar):
            with self.assertRaises(AccessError):
                export.with_user(user).action_download()
            with self.assertRaises(AccessError):
                export.attachment_id.with_user(user).read(["raw"])
            with self.assertRaises(AccessError):
                export.with_user(user).read(["name"])

    def test_a_foreign_count_is_not_exported(self):
        session = self.counted()
        before = self.env["stockex.count.export"].search_count([])

        with self.assertRaises(AccessError):
            session.with_user(self.omar).action_export_lines()

        self.assertEqual(self.env["stockex.count.export"].search_count([]), before)

    def test_a_cancelled_export_says_so_and_leaves_nothing(self):
        session = self.counted()
        exports = self.env["stockex.count.export"].with_context(queue_job__no_delay=False)
        action = exports.with_user(self.carla)._start(session.with_user(self.carla))
        export = exports.with_user(self.carla).browse(action["res_id"])
        export.job_id._run_chunk()
        export.job_id.action_cancel()

        export.job_id._run_chunk()

        self.assertEqual((export.job_id.state, export.job_id.done), ("cancelled", 2))
        with self.assertRaises(UserError) as caught:
            export.action_download()
        self.assertIn(session.name, str(caught.exception))
        self.assertFalse(
            self.env["ir.attachment"].search([("res_model", "=", "stockex.count.export")])
        )

    def test_the_summary_says_what_the_count_amounts_to(self):
        session = self.counted()

        [_lines, [heads, row]] = rows_of(session, self.carla).values()

        summary = dict(zip(heads, row, strict=True))
        self.assertEqual(summary["Lines"], 5)
        self.assertEqual(summary["Counted lines"], 2)
        self.assertEqual(summary["Differing lines"], 1)
        self.assertEqual(summary["Shortages"], 6)
        self.assertIsNone(summary.get("Nothing"))
        self.assertEqual(summary["Surpluses"], 0)
        self.assertEqual(summary["Net variance"], -6)
        self.assertEqual(summary["Accuracy"], 0.5)
        self.assertEqual(summary["Accuracy by value"], 1 - 6 / 42)
        self.assertEqual(summary["Value counted"], 36)

    def test_an_old_export_is_deleted_with_its_file(self):
        export = self.export(self.counted(), self.carla).sudo()
        file = export.attachment_id
        export._gc_exports()
        self.assertTrue(export.exists() and file.exists())
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE stockex_count_export SET create_date = create_date - interval '8 days'"
        )
        self.env.invalidate_all()

        export._gc_exports()

        self.assertFalse(export.exists() or file.exists())
