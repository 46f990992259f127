from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 5_000
# Lines of a sender that nobody knows belong to no company.
UNKNOWN_DAYS = 30
# How long what is over stays: a code or a refresh token used again must still be known.
OVER_DAYS = 1


class ApiTidying(models.AbstractModel):
    """Forget what has had its time: lines of the log, codes, tokens, counters."""

    _name = "stockex.api.tidying"
    _description = "API Tidying"

    @api.model
    def _cron_tidy(self):
        """Delete in batches until nothing is left or the time is over."""
        now = fields.Datetime.now()
        over = now - timedelta(days=OVER_DAYS)
        for table, condition in (
            ("stockex_api_request", self._old_requests(now)),
            ("stockex_api_code", SQL("expires_at < %s", over)),
            ("stockex_api_refresh", SQL("expires_at < %s", over)),
            ("stockex_api_revoked_token", SQL("expires_at < %s", over)),
            ("stockex_api_counter", SQL("started < %s", over)),
        ):
            while deleted := self._delete_batch(table, condition):
                if not self.env["ir.cron"]._commit_progress(deleted):
                    return

    def _old_requests(self, now):
        """Return the condition of lines kept for longer than their company wants."""
        # sudo: a setting of each company; the cron acts for all of them.
        companies_sudo = (
            self.env["res.company"].sudo().with_context(active_test=False).search([("id", "!=", 0)])
        )
        limits = [
            SQL(
                "company_id = %s AND time < %s",
                company.id,
                now - timedelta(days=company.stockex_api_log_days),
            )
            for company in companies_sudo
        ]
        known = SQL("company_id IN %s", tuple(companies_sudo.ids))
        limits.append(
            SQL("(%s) IS NOT TRUE AND time < %s", known, now - timedelta(days=UNKNOWN_DAYS))
        )
        return SQL(" OR ").join(SQL("(%s)", one) for one in limits)

    def _delete_batch(self, table, condition):
        """Delete some rows, passing over those that somebody holds."""
        name = SQL.identifier(table)
        self.env.cr.execute(
            SQL(
                "DELETE FROM %s WHERE ctid IN "
                "(SELECT ctid FROM %s WHERE %s LIMIT %s FOR UPDATE SKIP LOCKED)",
                name,
                name,
                condition,
                BATCH,
            )
        )
        return self.env.cr.rowcount
