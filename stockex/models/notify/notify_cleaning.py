from datetime import timedelta

from odoo import api, models

BATCH = 5000


class NotifyCleaning(models.AbstractModel):
    """Deletes messages and digests that are done and older than their company keeps them."""

    _name = "stockex.notify.cleaning"
    _description = "Cleaning of Notifications"

    @api.autovacuum
    def _gc_notifications(self):
        # sudo: every company's own setting, for its own messages.
        companies_sudo = self.env["res.company"].sudo()
        more = False
        for days, companies in (
            companies_sudo.search([("stockex_notify_keep_days", ">", 0)])
            .grouped("stockex_notify_keep_days")
            .items()
        ):
            more |= self._delete(companies, days)
        return BATCH if more else 0, more

    def _delete(self, companies, days):
        """Delete a batch of what is too old; tell whether there may be more."""
        # sudo: as above.
        notifications_sudo = self.env["stockex.notification"].sudo()
        # sudo: as above.
        digests_sudo = self.env["stockex.notify.digest"].sudo()
        old = [
            ("company_id", "in", companies.ids),
            ("create_date", "<", notifications_sudo._now() - timedelta(days=days)),
        ]
        done = [
            "|",
            ("state", "in", ("sent", "skipped", "failed")),
            ("digest_id.state", "=", "sent"),
        ]
        rows_sudo = notifications_sudo.search(old + done, limit=BATCH)
        rows_sudo.unlink()
        mails_sudo = digests_sudo.search(
            [*old, ("state", "!=", "waiting"), ("notification_ids", "=", False)], limit=BATCH
        )
        mails_sudo.unlink()
        return BATCH in (len(rows_sudo), len(mails_sudo))
