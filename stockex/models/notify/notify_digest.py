import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...pure.notify.delivery import Frequency, digest_period, is_quiet, quiet_end
from .instants import aware, naive

_logger = logging.getLogger(__name__)


class NotifyDigest(models.Model):
    """One mail to one user about what was held for it: cards, and figures with their trend."""

    _name = "stockex.notify.digest"
    _description = "Notification Digest"
    _order = "id desc"
    _rec_name = "subject"

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    frequency = fields.Selection(
        [("daily", "Daily"), ("weekly", "Weekly")], required=True, readonly=True
    )
    period_from = fields.Datetime("From", required=True, readonly=True)
    period_to = fields.Datetime("To", required=True, readonly=True)
    notification_ids = fields.One2many("stockex.notification", "digest_id", "Messages")
    message_count = fields.Integer("Messages in it", readonly=True)
    subject = fields.Char(readonly=True)
    html = fields.Html("As it was sent", readonly=True, sanitize=False)
    text = fields.Text("As plain text", readonly=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("sent", "Sent"), ("failed", "Failed")],
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    error = fields.Char("What went wrong", readonly=True)
    sent_at = fields.Datetime("Sent", readonly=True)
    mail_id = fields.Many2one(
        "mail.mail",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_system",
    )

    # --- Actions ---

    def action_retry(self):
        """Write and send again what failed."""
        self.env["stockex.notification"]._check_admin()
        if wrong := self.filtered(lambda digest: digest.state != "failed"):
            raise UserError(
                self.env._(
                    "The digest “%(digest)s” did not fail: there is nothing to repeat.",
                    digest=wrong[0].subject,
                )
            )
        # sudo: digests are read-only for everyone; the check above says who may repeat.
        self_sudo = self.sudo()
        self_sudo.write({"state": "waiting", "error": False})
        self_sudo._send()
        return True

    # --- Business ---

    @api.model
    def _make(self, users, now):
        """Write and send a digest to each of these users for whom one is due."""
        # sudo: the release works for all users.
        notifications_sudo = self.env["stockex.notification"].sudo()
        due_sudo = notifications_sudo.search(
            [
                ("user_id", "in", users.ids),
                ("state", "=", "digest"),
                ("digest_id", "=", False),
                ("due_at", "<=", now),
            ],
            order="id",
        )
        due_sudo = self._still_wanted(due_sudo, now)
        by_user = due_sudo.grouped("user_id")
        preferences = self.env["stockex.notify.preference"]._of(due_sudo.user_id)
        # sudo: as above.
        digests_sudo = self.sudo().create(
            [
                self._prepare_vals(preference, by_user[preference.user_id], now)
                for preference in preferences
            ]
        )
        for digest in digests_sudo:
            by_user[digest.user_id].write({"digest_id": digest.id})
        digests_sudo._send()
        return digests_sudo

    def _still_wanted(self, due, now):
        """Leave out what the user does not want any more, or not now."""
        for preference in self.env["stockex.notify.preference"]._of(due.user_id):
            rows = due.filtered(lambda row, user=preference.user_id: row.user_id == user)
            wishes = preference._wishes()
            muted = rows.filtered(lambda row, wishes=wishes: row.category_id.id in wishes.muted)
            muted.write({"state": "skipped", "why": "muted"})
            due -= muted
            rows -= muted
            left = rows.filtered(
                lambda row, own=preference.user_id.company_ids: row.company_id not in own
            )
            left.write({"state": "skipped", "why": "no_access"})
            due -= left
            rows -= left
            if not preference.user_id.active:
                rows.write({"state": "skipped", "why": "archived"})
                due -= rows
            elif is_quiet(wishes, aware(now)):
                # The server was down when it was due.
                rows.write({"due_at": naive(quiet_end(wishes, aware(now)))})
                due -= rows
        return due

    @api.model
    def _prepare_vals(self, preference, notifications, now):
        weekly = preference.frequency == "weekly"
        period = digest_period(Frequency.WEEKLY if weekly else Frequency.DAILY)
        return {
            "user_id": preference.user_id.id,
            "company_id": preference.user_id.company_id.id,
            "frequency": "weekly" if weekly else "daily",
            "period_from": now - period,
            "period_to": now,
            "message_count": len(notifications.grouped("key")),
        }

    def _send(self):
        """Write the digests and have them delivered; one that fails stops no other.

        They are mails; who has no address for them finds theirs in the inbox.
        """
        mails = self.env["stockex.notify.mail"]
        ready, vals_list, inboxes = self.browse(), [], self.browse()
        for digest in self:
            try:
                with self.env.cr.savepoint():
                    digest.write(self.env["stockex.notify.digest.content"]._render(digest))
                    if mails._address_of(digest.user_id):
                        vals_list.append(mails._prepare_digest_vals(digest))
                        ready |= digest
                    else:
                        inboxes |= digest
            except UserError as error:
                self.env["stockex.notify.internal"]._fail(digest, str(error))
            except Exception as error:
                _logger.exception("The digest %s failed", digest.id)
                self.env["stockex.notify.internal"]._fail(
                    digest, f"{type(error).__name__}: {error}"
                )
        self.env["stockex.notify.internal"]._carry_digests(inboxes)
        # sudo: mails are the system's; what they say is their reader's own.
        mails_sudo = self.env["mail.mail"].sudo()
        mails_sudo = mails_sudo.create(vals_list)
        for digest, mail_sudo in zip(ready, mails_sudo, strict=True):
            digest.mail_id = mail_sudo
        if ready:
            # sudo: waking Odoo's mail queue.
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
