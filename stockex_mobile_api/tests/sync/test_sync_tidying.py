import uuid
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.sync import sync_tidying
from .sync_case import SyncCase
from .test_sync_photos import picture


@tagged("post_install", "-at_install")
class TestSyncTidying(SyncCase):
    roles = ("karim", "lea", "carla", "anton")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.stock(cls.bolt, cls.bin_a, 5)
        cls.open = cls.begun()
        cls.the_line = cls.line(cls.open, cls.bolt)
        cls.now_at = fields.Datetime.now()

    def setUp(self):
        super().setUp()
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *_args: 1)
        self.rows = self.env["stockex.sync.operation"]

    def old(self, months, company=None, **vals):
        """Return an operation received some months and a minute ago."""
        self.hello()
        device = self.env["stockex.sync.device"].search([("uuid", "=", self.device())])
        received = self.now_at - relativedelta(months=months) - timedelta(minutes=1)
        return self.rows.create(
            {
                "uuid": str(uuid.uuid4()),
                "device_id": device.id,
                "user_id": self.karim.id,
                "company_id": (company or self.company).id,
                "kind": "count",
                "status": "applied",
                "received_at": received,
                **vals,
            }
        )

    def tidy(self):
        self.env["stockex.sync.tidying"]._cron_tidy()
        return self.rows.search([])

    def test_three_years_are_kept_and_no_more(self):
        gone, kept = self.old(36), self.old(35)

        self.assertEqual(self.tidy(), kept)
        self.assertFalse(gone.exists())

    def test_evidence_of_a_count_is_kept_from_its_posting_on(self):
        self.push(self.add(self.the_line, 5))
        self.rows.search([]).received_at = self.now_at - relativedelta(months=40)
        row = self.rows.search([])
        self.assertEqual(self.tidy(), row)
        self.post(self.open)
        self.assertEqual(self.tidy(), row)

        self.open.sudo().done_at = self.now_at - relativedelta(months=36) + timedelta(minutes=1)
        self.assertEqual(self.tidy(), row)
        self.open.sudo().done_at = self.now_at - relativedelta(months=36) - timedelta(minutes=1)

        self.assertFalse(self.tidy())
        self.assertEqual(len(self.entries(self.the_line)), 1)

    def test_what_nobody_decided_about_stays(self):
        waiting = self.old(50, status="conflict") | self.old(50, status="rejected")
        self.old(50, status="rejected", resolution="dismissed")

        self.assertEqual(self.tidy(), waiting)

    def test_each_company_says_for_how_long_and_none_for_ever(self):
        self.company.stockex_handheld_keep_months = 0
        self.other_company.stockex_handheld_keep_months = 1
        mine = self.old(100)
        self.old(1, self.other_company)
        theirs = self.old(0, self.other_company)

        self.assertEqual(self.tidy(), mine | theirs)

    def test_photos_go_with_what_they_were_kept_with(self):
        row = self.old(36, kind="photo", status="rejected", photo=picture())
        files = self.env["ir.attachment"].search(
            [("res_model", "=", row._name), ("res_id", "=", row.id), ("res_field", "=", "photo")]
        )
        self.assertEqual(len(files), 1)
        self.assertEqual(self.tidy(), row)
        row.resolution = "dismissed"

        self.assertFalse(self.tidy())
        self.assertFalse(files.exists())

    def test_it_goes_on_where_it_was_stopped(self):
        for _number in range(5):
            self.old(36)
        self.patch(sync_tidying, "BATCH", 2)
        left = []

        def progress(_cron, done):
            left.append(done)
            return 0 if len(left) == 1 else 1

        self.patch(type(self.env["ir.cron"]), "_commit_progress", progress)
        self.assertEqual(len(self.tidy()), 3)
        self.assertEqual(len(self.tidy()), 0)
        self.assertEqual(left, [2, 2, 1])

    def test_nobody_else_deletes_one(self):
        row = self.old(50)
        for rows in (row, row.with_context(stockex_sync_expired=False)):
            with self.assertRaises(UserError):
                rows.sudo().unlink()
        with self.assertRaises(UserError):
            row.with_user(self.carla).with_context(stockex_sync_expired=True).unlink()
        self.assertTrue(row.exists())
