from datetime import timedelta

from odoo import fields
from odoo.modules.module import get_manifest
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestHealth(TransactionCase):
    def setUp(self):
        super().setUp()
        self.before = self.report()["checks"]["stalled_jobs"]

    def report(self):
        return self.env["stockex.health"]._report()

    def enqueue(self, minutes, **vals):
        """Put a job into the queue as if it had been there for some minutes."""
        uuid = self.env["stockex.job"].with_delay()._run_chunk().uuid
        job = self.env["queue.job"].search([("uuid", "=", uuid)])
        self.env.flush_all()
        created = fields.Datetime.now() - timedelta(minutes=minutes)
        self.env.cr.execute(
            "UPDATE queue_job SET date_created = %s WHERE id = %s", (created, job.id)
        )
        self.env.invalidate_all()
        for name, value in vals.items():
            self.env.cr.execute(
                f"UPDATE queue_job SET {name} = %s WHERE id = %s",
                (value, job.id),
            )
        return job

    def stalled(self):
        return self.report()["checks"]["stalled_jobs"] - self.before

    def test_a_server_whose_jobs_run_passes(self):
        self.enqueue(14)

        self.assertEqual(self.stalled(), 0)

    def test_a_job_that_waits_too_long_warns(self):
        self.enqueue(16)
        self.enqueue(16, state="enqueued")

        self.assertEqual((self.stalled(), self.report()["status"]), (2, "warn"))

    def test_jobs_that_are_done_running_or_due_later_do_not_warn(self):
        now = fields.Datetime.now()
        for state in ("done", "started", "failed", "cancelled"):
            self.enqueue(16, state=state)
        self.enqueue(16, eta=now + timedelta(hours=1))

        self.assertEqual(self.stalled(), 0)

    def test_a_job_long_past_its_time_warns(self):
        self.enqueue(60, eta=fields.Datetime.now() - timedelta(minutes=16))

        self.assertEqual(self.stalled(), 1)

    def test_the_report_says_version_and_nothing_of_the_business(self):
        report = self.report()

        self.assertEqual(set(report), {"status", "version", "checks"})
        self.assertEqual(report["version"], get_manifest("stockex")["version"])
        self.assertEqual(set(report["checks"]), {"database", "stalled_jobs"})

    def test_anybody_may_be_told(self):
        user = new_test_user(self.env, "nobody", groups="base.group_public")

        self.assertIn(
            self.env["stockex.health"].with_user(user)._report()["status"], ("pass", "warn")
        )


@tagged("post_install", "-at_install")
class TestHealthRoute(HttpCase):
    def test_a_monitor_is_answered_without_a_login(self):
        response = self.url_open("/stockex/health")

        self.assertEqual(response.status_code, 200)
        self.assertIn(response.json()["status"], ("pass", "warn"))
        self.assertEqual(response.headers["Cache-Control"], "no-store")
