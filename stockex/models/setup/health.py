from datetime import timedelta

from odoo import api, fields, models
from odoo.modules.module import get_manifest

# A job that waited longer than this has no runner looking after it.
STALLED_AFTER = timedelta(minutes=15)


class Health(models.AbstractModel):
    _name = "stockex.health"
    _description = "Health"

    # --- Business ---

    @api.model
    def _report(self):
        """Return what `/stockex/health` answers.

        :return: ``{"status": "pass" | "warn", "version", "checks": {...}}``; "warn" means
            that background jobs wait although they could run.
        """
        stalled = self._stalled_jobs()
        return {
            "status": "warn" if stalled else "pass",
            "version": get_manifest("stockex")["version"],
            "checks": {"database": "pass", "stalled_jobs": stalled},
        }

    @api.model
    def _stalled_jobs(self):
        # sudo: a bare number, for a monitor that has no user.
        jobs_sudo = self.env["queue.job"].sudo()
        now = fields.Datetime.now()
        return jobs_sudo.search_count(
            [
                ("state", "in", ("pending", "enqueued")),
                ("date_created", "<", now - STALLED_AFTER),
                "|",
                ("eta", "=", False),
                ("eta", "<", now - STALLED_AFTER),
            ]
        )
