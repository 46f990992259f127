from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class Job(models.Model):
    """A failed job waits until somebody has seen to it."""

    _inherit = "stockex.job"

    acknowledged_at = fields.Datetime("Seen to", readonly=True, copy=False)
    acknowledged_by_id = fields.Many2one("res.users", "Seen to by", readonly=True, copy=False)

    # --- Actions ---

    def action_acknowledge(self):
        """Say that one has seen to failed jobs; nobody is reminded of them any more."""
        for job in self:
            if job.state != "failed":
                raise UserError(
                    self.env._("“%(job)s” has not failed: there is nothing to do.", job=job.name)
                )
            if job.user_id != self.env.user and not self.env.user.has_group(
                "stockex.group_controller"
            ):
                raise AccessError(
                    self.env._("“%(job)s” was started by somebody else.", job=job.name)
                )
        self._acknowledge()
        return True

    # --- Business ---

    def _acknowledge(self):
        # sudo: users only read jobs; the callers check who may.
        jobs_sudo = self.sudo().filtered(lambda job: not job.acknowledged_at)
        jobs_sudo.write(
            {"acknowledged_at": fields.Datetime.now(), "acknowledged_by_id": self.env.uid}
        )

    def _finish(self, state, record, message=False):
        """See to the failures before, if the same work has now been done."""
        super()._finish(state, record, message)
        if state != "done":
            return
        # sudo: the method of a job is hidden from users.
        job_sudo = self.sudo()
        job_sudo.search(
            [
                ("res_model", "=", job_sudo.res_model),
                ("res_id", "=", job_sudo.res_id),
                ("method", "=", job_sudo.method),
                ("state", "=", "failed"),
                ("acknowledged_at", "=", False),
            ]
        ).with_user(self.env.user)._acknowledge()
