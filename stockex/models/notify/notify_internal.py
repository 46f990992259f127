from odoo import api, models
from odoo.tools import is_html_empty, plaintext2html

TOASTS = {"info": "info", "warning": "warning", "critical": "danger"}


class NotifyInternal(models.AbstractModel):
    """Delivers by what Odoo has itself: mail, inbox, activities, its own text messages.

    Everything is a row written in the transaction of the release; Odoo's own queues send
    mails and text messages, and tell what became of them.
    """

    _name = "stockex.notify.internal"
    _description = "Delivery by Odoo Itself"

    @api.model
    def _carry(self, way, notifications):
        """Deliver by `email`, `inbox`, `activity` or `sms`."""
        return {
            "email": self._carry_email,
            "inbox": self._carry_inbox,
            "activity": self._carry_activity,
            "sms": self._carry_sms,
        }[way](notifications)

    # --- Ways ---

    def _carry_email(self, notifications):
        # sudo: mails are the system's; what they say is their reader's own.
        mails_sudo = self.env["mail.mail"].sudo()
        mails_sudo = mails_sudo.create([self._prepare_mail_vals(row) for row in notifications])
        for row, mail_sudo in zip(notifications, mails_sudo, strict=True):
            row.mail_id = mail_sudo
        # sudo: waking Odoo's mail queue.
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _prepare_mail_vals(self, row):
        html, text = self.env["stockex.notify.mail"]._render_message(row)
        return self.env["stockex.notify.mail"]._prepare_vals(
            row.company_id, row.address, row.subject, html, text
        )

    def _carry_inbox(self, notifications):
        self._put_in_inboxes(
            notifications, [self._prepare_message_vals(row) for row in notifications]
        )
        for row in notifications:
            row.user_id._bus_send(
                "simple_notification",
                {
                    "title": row.subject,
                    "message": row._plain(),
                    "type": TOASTS[row.severity],
                    "sticky": row.severity == "critical",
                },
            )
        self._done(notifications)

    @api.model
    def _carry_digests(self, digests):
        """Put digests into the inboxes of readers who get no mail."""
        bodies = {digest: plaintext2html(digest.text or "") for digest in digests}
        self._put_in_inboxes(
            digests,
            [{**self._prepare_inbox_vals(one), "body": bodies[one]} for one in digests],
        )
        self._done(digests)

    def _put_in_inboxes(self, rows, vals_list):
        """Put a message into the inbox of each row's user."""
        threads = self.env["mail.thread"]
        # sudo: the message is from nobody; only its reader sees it.
        messages_sudo = self.env["mail.message"].sudo()
        messages_sudo = messages_sudo.create(vals_list)
        for row, message_sudo in zip(rows, messages_sudo, strict=True):
            user = row.user_id
            reader = {"id": user.partner_id.id, "uid": user.id, "notif": "inbox"}
            # Odoo's own method, for one message: it also rings the open browsers.
            threads._notify_thread_by_inbox(message_sudo, [reader])

    def _prepare_message_vals(self, row):
        return {
            **self._prepare_inbox_vals(row),
            "body": self._body(row),
            "model": row.res_model,
            "res_id": row.res_id,
        }

    def _prepare_inbox_vals(self, row):
        return {
            "subject": row.subject,
            # This type stays out of the record's own conversation.
            "message_type": "user_notification",
            "subtype_id": self.env.ref("mail.mt_note").id,
            "author_id": self.env.ref("base.partner_root").id,
            "partner_ids": row.user_id.partner_id.ids,
            "is_internal": True,
        }

    def _body(self, row):
        return plaintext2html(row.text or "") if is_html_empty(row.html) else row.html

    def _carry_activity(self, notifications):
        able = notifications.filtered(self._takes_activity)
        self._carry_inbox(notifications - able)
        models_ = self.env["ir.model"]
        kind = self.env.ref("mail.mail_activity_data_todo")
        # sudo: whoever caused the message need not be able to give others activities.
        activities_sudo = self.env["mail.activity"].sudo()
        # The flag keeps Odoo from sending a mail for each.
        activities_sudo.with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": kind.id,
                    "summary": row.subject,
                    "note": self._body(row),
                    "res_model_id": models_._get(row.res_model).id,
                    "res_id": row.res_id,
                    "user_id": row.user_id.id,
                    "automated": True,
                }
                for row in able
            ]
        )
        self._done(able)

    def _takes_activity(self, row):
        if not row.res_model or row.res_model not in self.env:
            return False
        record = self.env[row.res_model].browse(row.res_id).exists()
        return bool(record) and "activity_ids" in record._fields

    def _carry_sms(self, notifications):
        # sudo: text messages are the system's, as mails are.
        messages_sudo = self.env["sms.sms"].sudo()
        messages_sudo = messages_sudo.create(
            [
                {
                    "number": row.address,
                    "body": "\n".join(filter(None, (row.subject, row._plain(), row.url))),
                    "partner_id": row.user_id.partner_id.id,
                }
                for row in notifications
            ]
        )
        for row, message_sudo in zip(notifications, messages_sudo, strict=True):
            row.sms_uuid = message_sudo.uuid

    # --- Results ---

    @api.model
    def _done(self, notifications):
        """Note that the service took these; digests too."""
        notifications.write(
            {"state": "sent", "sent_at": self.env["stockex.notification"]._now(), "error": False}
        )

    @api.model
    def _fail(self, notifications, error):
        """Note why a service did not take these."""
        notifications.write({"state": "failed", "error": error})
