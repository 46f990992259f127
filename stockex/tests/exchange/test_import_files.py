from unittest.mock import patch

from ...models.exchange import import_resolver, import_staging
from ..common import CountCase
from .files import check, counted, csv, refused, xlsx


class TestImportFiles(CountCase):
    """Long files: read in chunks, each row once, with few queries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session_1 = cls.session(cls.bin_a | cls.bin_b)
        cls.products = cls.env["product.product"].create(
            [
                {"name": f"Part {n}", "default_code": f"PT{n}", "is_storable": True}
                for n in range(60)
            ]
        )

    def test_a_file_read_in_many_chunks_has_each_row_once(self):
        rows = [(f"PT{n}", "A-01", None, n) for n in range(60)]
        rows[30] = ("PT1", "A-01", None, 4)
        with (
            patch.object(import_staging, "READ_CHUNK", 20),
            patch.object(import_staging, "INSERT_CHUNK", 10),
            patch.object(import_resolver, "RESOLVE_CHUNK", 7),
        ):
            record = check(self.session_1, xlsx(rows))

        self.assertEqual(record.row_ids.mapped("number"), list(range(2, 62)))
        self.assertEqual(refused(record), {32: "double_line"})
        self.assertEqual((record.job_id.done, record.job_id.total), (120, 120))

    def test_a_file_with_too_many_rows_is_refused_and_leaves_nothing(self):
        rows = [(f"PT{n}", "A-01", None, n) for n in range(30)]

        with patch.object(import_staging, "MAX_FILE_ROWS", 29):
            record = check(self.session_1, xlsx(rows))

        self.assertRecordValues(
            record,
            [{"state": "mapped", "failure": "“count.xlsx” has more than 29 rows. Split it."}],
        )
        self.assertFalse(record.row_ids)

    def test_the_number_of_queries_does_not_grow_with_the_rows(self):
        few = [(f"PT{n}", "A-01", None, n) for n in range(5)]
        many = [(f"PT{n}", "A-01", None, n) for n in range(60)]

        check(self.session_1, xlsx(few))
        costs = []
        for rows in (few, many):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            record = check(self.session_1, xlsx(rows), filename=f"{len(rows)}.xlsx")
            record.action_import()
            costs.append(self.env.cr.sql_log_count - before)

        self.assertEqual(len(counted(self.session_1)), 60)
        self.assertLess(costs[1] - costs[0], 20, costs)

    def test_a_text_of_a_handheld_without_a_place_uses_the_only_location(self):
        session = self.session(self.bin_c)
        text = "barcode,qty\n3700000000013,7\n"

        record = check(session, csv(text), filename="scan.csv")
        record.action_import()

        self.assertEqual(counted(session), {("Bolt", "C-01", ""): 7.0})
