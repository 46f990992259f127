from unittest.mock import patch

from psycopg2 import errors

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.queue_job.exception import RetryableJobError

from ..common import CountCase


@tagged("post_install", "-at_install")
class TestJob(CountCase):
    roles = ("karim", "carla", "anton", "sana")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.record = cls.draft(counters=cls.karim).with_context(queue_job__no_delay=False)
        cls.finished = []

    def launch(self, total=4, user=None):
        record = self.record.with_user(user or self.carla)
        return (
            self.env["stockex.job"]
            .with_env(record.env)
            ._launch(record, "_post_chunk", "Posting", total)
        )

    def chunks(self, *answers):
        """Let the record's chunks answer these, one a call; an error is raised."""
        model = type(self.record)
        return (
            patch.object(model, "_post_chunk", side_effect=list(answers)),
            patch.object(model, "_on_job_finished", side_effect=self.finished.append),
        )

    def run_chunks(self, job, *answers):
        work, finish = self.chunks(*answers)
        self.finished.clear()
        with work as chunk, finish:
            for _answer in answers:
                job._run_chunk()
        return chunk

    def queued(self, job):
        return self.env["queue.job"].search([("identity_key", "=like", f"stockex.job-{job.id}-%")])

    def test_a_new_job_waits_in_the_queue(self):
        job = self.launch()

        queued = self.queued(job)
        self.assertEqual((job.state, job.done, job.total, job.progress), ("waiting", 0, 4, 0))
        self.assertEqual((job.user_id, job.company_id), (self.carla, self.company))
        self.assertEqual((queued.name, queued.state), ("Posting", "pending"))
        self.assertEqual(queued.channel, "root.stockex")

    def test_progress_is_what_the_chunks_have_done(self):
        job = self.launch()

        self.run_chunks(job, (1, True), (2, True))

        self.assertEqual((job.state, job.done, job.progress), ("running", 3, 75))
        self.assertTrue(job.started_at)
        self.assertFalse(job.finished_at or self.finished)
        self.assertEqual(len(self.queued(job)), 3)

    def test_the_last_chunk_ends_the_job_and_tells_the_record(self):
        job = self.launch()

        self.run_chunks(job, (4, False))

        self.assertEqual((job.state, job.progress), ("done", 100))
        self.assertTrue(job.finished_at)
        self.assertEqual(self.finished, [job])
        self.assertEqual(len(self.queued(job)), 1)

    def test_a_finished_job_does_nothing_more(self):
        job = self.launch()
        self.run_chunks(job, (4, False))

        chunk = self.run_chunks(job, (4, False))

        chunk.assert_not_called()
        self.assertEqual((job.done, self.finished), (4, []))

    def test_a_cancel_is_obeyed_between_chunks(self):
        job = self.launch()
        self.run_chunks(job, (1, True))
        job.action_cancel()
        self.assertEqual(job.state, "running")

        chunk = self.run_chunks(job, (1, True))

        chunk.assert_not_called()
        self.assertEqual((job.state, job.done), ("cancelled", 1))
        self.assertEqual(self.finished, [job])

    def test_a_refusal_fails_the_job_with_its_words(self):
        job = self.launch()

        self.run_chunks(job, UserError("The bin is on fire."))

        self.assertEqual((job.state, job.message), ("failed", "The bin is on fire."))
        self.assertEqual(self.finished, [job])

    def test_an_error_fails_the_job_and_is_logged(self):
        job = self.launch()

        with self.assertLogs("odoo.addons.stockex.models.job.job", "ERROR"):
            self.run_chunks(job, ZeroDivisionError("oops"))

        self.assertEqual((job.state, job.message), ("failed", "ZeroDivisionError: oops"))

    def test_what_a_failed_chunk_wrote_is_taken_back(self):
        job = self.launch()

        def chunk(_record, _job):
            self.record.title = "half done"
            self.env.flush_all()
            raise UserError("no")  # pylint: disable=translation-required

        with patch.object(type(self.record), "_post_chunk", chunk), self.chunks()[1]:
            job._run_chunk()

        self.assertEqual((job.state, self.record.title), ("failed", False))

    def test_a_concurrent_change_repeats_the_chunk(self):
        job = self.launch()

        with self.assertRaises(RetryableJobError) as caught:
            self.run_chunks(job, errors.SerializationFailure("concurrent update"))

        self.assertTrue(caught.exception.ignore_retry)
        self.assertEqual((job.state, job.done, self.finished), ("waiting", 0, []))

    def test_people_see_their_own_jobs_and_leaders_see_all(self):
        mine, theirs = self.launch(), self.launch(user=self.sana)
        jobs = self.env["stockex.job"]
        both = [("id", "in", (mine | theirs).ids)]

        for user in (self.carla, self.anton, self.sana):
            self.assertEqual(jobs.with_user(user).search(both), theirs | mine)
        for user in (self.karim, self.omar):
            self.assertFalse(jobs.with_user(user).search(both))

    def test_only_its_owner_or_an_administrator_cancels_a_job(self):
        job = self.launch()

        for user, words in ((self.anton, "somebody else"), (self.karim, ""), (self.omar, "")):
            with self.assertRaises(AccessError) as caught:
                job.with_user(user).action_cancel()
            self.assertIn(words, str(caught.exception))
        self.assertFalse(job.cancel_requested)

        job.with_user(self.sana).action_cancel()
        self.assertTrue(job.cancel_requested)

    def test_a_finished_job_is_not_cancelled(self):
        job = self.launch()
        self.run_chunks(job, (4, False))

        with self.assertRaisesRegex(UserError, "not running any more"):
            job.action_cancel()

    def test_jobs_are_neither_written_nor_made_by_people(self):
        job = self.launch()

        for user in (self.carla, self.sana):
            own = job.with_user(user)
            for vals in ({"state": "done"}, {"method": "unlink"}, {"cancel_requested": True}):
                with self.assertRaises(AccessError):
                    own.write(vals)
            with self.assertRaises(AccessError):
                own.create({"name": "x", "res_model": "res.users", "res_id": 1, "method": "unlink"})
            with self.assertRaises(AccessError):
                own.unlink()
            with self.assertRaises(AccessError):
                own.read(["method"])

    def test_the_job_leads_to_its_record(self):
        action = self.launch().action_open_record()

        self.assertEqual(
            (action["res_model"], action["res_id"]), (self.record._name, self.record.id)
        )
