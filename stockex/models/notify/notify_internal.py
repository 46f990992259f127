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
        mails_sudo = mails_sudo.create(self._prepare_mail_vals(notifications))
        for row, mail_sudo in zip(notifications, mails_sudo, strict=True):
            row.mail_id = mail_sudo
        # sudo: waking Odoo's mail queue.
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _prepare_mail_vals(self, notifications):
        mails = self.env["stockex.notify.mail"]
        return [
            mails._prepare_vals(row.company_id, row.address, row.subject, html, text)
            for row, (html, text) in zip(
                notifications, mails._render_messages(notifications), strict=True
            )
        ]

    def _carry_inbox(self, notifications):
        self.env["stockex.notify.inbox"]._put(
            notifications,
            [
                {"body": self._body(row), "model": row.res_model, "res_id": row.res_id}
                for row in notifications
            ],
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
        self.env["stockex.notify.inbox"]._put(
            digests, [{"body": plaintext2html(digest.text or "")} for digest in digests]
        )
        self._done(digests)

    def _body(self, row):
        return plaintext2html(row.text or "") if is_html_empty(row.html) else row.html

    def _carry_activity(self, notifications):
        able = self._take_activities(notifications)
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

    def _take_activities(self, notifications):
        """Keep what is about a record that is there and can have activities."""
        known = set()
        for model, rows in notifications.grouped("res_model").items():
            if model and model in self.env and "activity_ids" in self.env[model]._fields:
                records = self.env[model].browse(set(filter(None, rows.mapped("res_id"))))
                known.update((model, record_id) for record_id in records.exists().ids)
        return notifications.filtered(lambda row: (row.res_model, row.res_id) in known)

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
