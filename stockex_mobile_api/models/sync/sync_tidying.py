from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .count_session import OPEN

BATCH = 1_000
# Only this cron, as superuser, may delete what handhelds sent.
EXPIRED = "stockex_sync_expired"


class SyncTidying(models.AbstractModel):
    """Forgets what handhelds sent when its company no longer wants it."""

    _name = "stockex.sync.tidying"
    _description = "Tidying of Handheld Operations"

    # --- Cron ---

    @api.model
    def _cron_tidy(self):
        """Delete operations, and the photos kept with them, in batches."""
        # sudo: a setting of each company; the cron acts for all of them.
        companies_sudo = self.env["res.company"].sudo().with_context(active_test=False)
        kept_sudo = companies_sudo.search([("stockex_handheld_keep_months", ">", 0)])
        for months, of_sudo in kept_sudo.grouped("stockex_handheld_keep_months").items():
            while deleted := self._delete(self._expired(of_sudo, months)):
                if not self.env["ir.cron"]._commit_progress(deleted):
                    return

    # --- Business ---

    @api.model
    def _expired(self, companies, months):
        """Return the domain of what was kept for long enough.

        What belongs to a count is evidence of it: its time begins with the posting. What
        nobody decided about yet stays, and so does what a count that goes on may need.
        """
        limit = fields.Datetime.now() - relativedelta(months=months)
        over = (
            Domain("session_id", "=", False)
            | Domain("session_id.state", "=", "cancelled")
            | (Domain("session_id.state", "=", "done") & Domain("session_id.done_at", "<", limit))
        )
        return (
            Domain("company_id", "in", companies.ids)
            & Domain("received_at", "<", limit)
            & over
            & ~Domain(OPEN)
        )

    @api.model
    def _delete(self, domain):
        """Delete a batch; return how many there were."""
        # sudo: as in `_cron_tidy`.
        operations_sudo = self.env["stockex.sync.operation"].sudo()
        rows_sudo = operations_sudo.search(domain, order="id", limit=BATCH)
        rows_sudo.with_context(**{EXPIRED: True}).unlink()
        return len(rows_sudo)
