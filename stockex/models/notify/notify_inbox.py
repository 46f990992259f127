from odoo import api, models
from odoo.fields import Domain

from odoo.addons.mail.tools.discuss import Store


class NotifyInbox(models.AbstractModel):
    """Puts many messages into Odoo's inboxes at once.

    Odoo's own `_notify_thread_by_inbox` takes one message, and asks some ten queries for
    each.
    """

    _name = "stockex.notify.inbox"
    _description = "Messages in Inboxes"

    # --- Business ---

    @api.model
    def _put(self, rows, vals_list):
        """Put a message into the inbox of each row's user, and ring their open browsers.

        :param rows: notifications or digests.
        :param vals_list: body of each, and the record that it is about.
        """
        note = self.env.ref("mail.mt_note")
        author = self.env.ref("base.partner_root")
        vals_list = [
            {
                "subject": row.subject,
                # This type stays out of the record's own conversation.
                "message_type": "user_notification",
                "subtype_id": note.id,
                "author_id": author.id,
                "partner_ids": row.user_id.partner_id.ids,
                "is_internal": True,
                **vals,
            }
            for row, vals in zip(rows, vals_list, strict=True)
        ]
        # sudo: the message is from nobody; only its reader sees it.
        messages_sudo = self.env["mail.message"].sudo()
        messages_sudo = messages_sudo.create(self._with_reply_to(vals_list, author))
        # sudo: as above.
        notifications_sudo = self.env["mail.notification"].sudo()
        notifications_sudo.create(
            [
                {
                    "author_id": author.id,
                    "mail_message_id": message_sudo.id,
                    "notification_status": "sent",
                    "notification_type": "inbox",
                    "res_partner_id": row.user_id.partner_id.id,
                }
                for row, message_sudo in zip(rows, messages_sudo, strict=True)
            ]
        )
        self._ring(rows, messages_sudo)

    def _with_reply_to(self, vals_list, author):
        """Say where answers go, as Odoo would for each message by itself."""
        messages = self.env["mail.message"]
        threads = self.env["mail.thread"]
        _author_id, sender = threads._message_compute_author(author.id, email_from=None)
        ids = {}
        for vals in vals_list:
            if messages._is_thread_message(vals=vals):
                ids.setdefault(vals["model"], set()).add(vals["res_id"])
        known = {}
        for model, res_ids in ids.items():
            # sudo: the address of a record's conversation, as Odoo looks it up.
            records_sudo = self.env[model].sudo().browse(res_ids)
            replies = records_sudo._notify_get_reply_to(default=sender, author_id=author.id)
            known |= {(model, res_id): reply_to for res_id, reply_to in replies.items()}
        return [
            vals | ({"reply_to": known[thread]} if thread in known else {})
            for vals in vals_list
            for thread in [(vals.get("model"), vals.get("res_id"))]
        ]

    def _ring(self, rows, messages):
        """Show each reader's messages in their open browsers, in their order."""
        followers = self._followers(rows, messages)
        of_user = {}
        for row, message in zip(rows, messages, strict=True):
            of_user[row.user_id] = of_user.get(row.user_id, messages.browse()) + message
        for user, own in of_user.items():
            store = Store(bus_channel=user).add(
                own.with_user(user).with_context(allowed_company_ids=[]),
                add_followers=True,
                followers=followers,
            )
            # The first brings what the browser has to know of all.
            data = store.get_result()
            for message in own:
                user._bus_send("mail.message/inbox", {"message_id": message.id, "store_data": data})
                data = {}

    def _followers(self, rows, messages):
        about = messages.filtered(lambda message: message.model and message.res_id)
        # sudo: whether readers follow the records, to tell them so.
        followers_sudo = self.env["mail.followers"].sudo()
        return followers_sudo.search(
            Domain.OR(
                Domain("res_model", "=", model) & Domain("res_id", "in", of_model.mapped("res_id"))
                for model, of_model in about.grouped("model").items()
            )
            & Domain("partner_id", "in", rows.user_id.partner_id.ids)
        )
