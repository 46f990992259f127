import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.queue_job.exception import RetryableJobError

_logger = logging.getLogger(__name__)


class Job(models.Model):
    """Background work that a person can watch and cancel.

    The work is done in chunks, one transaction and one queue job each; a chunk enqueues
    the next. Whatever kills a chunk leaves the state of the chunk before.
    """

    _name = "stockex.job"
    _description = "Background Job"
    _order = "id desc"

    name = fields.Char(required=True, readonly=True)
    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Record", model_field="res_model", required=True, readonly=True
    )
    # Not a public field: it names the method that each chunk calls.
    method = fields.Char(required=True, readonly=True, groups="base.group_system")
    user_id = fields.Many2one("res.users", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("running", "Running"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
            ("failed", "Failed"),
        ],
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    done = fields.Integer(readonly=True, help="Units of work finished.")
    total = fields.Integer(readonly=True, help="Units of work in all.")
    progress = fields.Float(compute="_compute_progress", help="0 to 100.")
    message = fields.Char(readonly=True)
    result = fields.Json(readonly=True)
    cancel_requested = fields.Boolean(readonly=True)
    started_at = fields.Datetime("Started", readonly=True)
    finished_at = fields.Datetime("Finished", readonly=True)

    _record = models.Index("(res_model, res_id)")

    # --- Compute ---

    @api.depends("done", "total", "state")
    def _compute_progress(self):
        for job in self:
            share = job.done / job.total if job.total else 1.0
            job.progress = 100.0 if job.state == "done" else min(100.0, 100 * share)

    # --- Actions ---

    def action_cancel(self):
        """Ask running jobs to stop after their present chunk."""
        for job in self:
            if job.user_id != self.env.user and not self.env.user.has_group(
                "stockex.group_suite_admin"
            ):
                raise AccessError(
                    self.env._("“%(job)s” was started by somebody else.", job=job.name)
                )
            if job.state not in ("waiting", "running"):
                raise UserError(self.env._("“%(job)s” is not running any more.", job=job.name))
        # sudo: users only read jobs; the checks above say who may cancel.
        self_sudo = self.sudo()
        self_sudo.cancel_requested = True
        return True

    def action_open_record(self):
        """Open the record that the job works on."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }

    # --- Business ---

    @api.model
    def _launch(self, record, method, name, total):
        """Start a job on a record.

        :param method: name of a private method of the record's model; called as
            `record.method(job)` for each chunk, it returns `(units done, more to do)`.
        """
        # sudo: jobs are read-only for everyone, made by business methods only.
        job_sudo = self.sudo().create(
            {
                "name": name,
                "res_model": record._name,
                "res_id": record.id,
                "method": method,
                "user_id": self.env.uid,
                "company_id": record.company_id.id,
                "total": total,
            }
        )
        job = job_sudo.with_env(self.env)
        if self.env.context.get("queue_job__no_delay"):
            while job_sudo.state in ("waiting", "running"):
                job._run_chunk()
        else:
            job._enqueue()
        return job

    def _enqueue(self):
        self.ensure_one()
        # sudo: the job's owner need not have rights on the queue's own tables.
        job_sudo = self.sudo()
        self.with_delay(
            description=job_sudo.name,
            identity_key=f"stockex.job-{self.id}-{job_sudo.done}",
            max_retries=0,
        )._run_chunk()

    def _run_chunk(self):
        """Do one chunk and enqueue the next; called by the queue."""
        self.ensure_one()
        # sudo: the owner only reads the job; its state is the system's to write.
        job_sudo = self.sudo()
        if job_sudo.state not in ("waiting", "running"):
            return
        record = self.env[job_sudo.res_model].browse(job_sudo.res_id)
        if job_sudo.cancel_requested:
            self._finish("cancelled", record)
            return
        try:
            with self.env.cr.savepoint():
                units, more = getattr(record, job_sudo.method)(self)
        except OperationalError as error:
            # A concurrent transaction touched the same stock: the whole chunk again,
            # with a fresh view of the data.
            raise RetryableJobError(str(error), seconds=1, ignore_retry=True) from error
        except UserError as error:
            self._finish("failed", record, message=str(error))
            return
        except Exception as error:
            _logger.exception("%s failed", job_sudo.name)
            self._finish("failed", record, message=f"{type(error).__name__}: {error}")
            return
        vals = {"done": job_sudo.done + units, "state": "running"}
        if job_sudo.state == "waiting":
            vals["started_at"] = fields.Datetime.now()
        job_sudo.write(vals)
        if not more:
            self._finish("done", record)
        elif not self.env.context.get("queue_job__no_delay"):
            self._enqueue()

    def _finish(self, state, record, message=False):
        # sudo: as in _run_chunk.
        job_sudo = self.sudo()
        job_sudo.write(
            {
                "state": state,
                "finished_at": fields.Datetime.now(),
                "message": message or job_sudo.message,
            }
        )
        if state == "failed":
            payload = {
                "job": job_sudo.name,
                "message": job_sudo.message or "",
                "done": job_sudo.done,
                "total": job_sudo.total,
            }
            self.env["stockex.event"]._emit("job.failed", job_sudo, {self.id: payload})
        if record.exists():
            record._on_job_finished(self)
