import uuid

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...pure.transport.outcome import Kind
from .notify_service import ADMIN


class NotifyServiceTrial(models.Model):
    """Sends a test at once and says what really came of it."""

    _inherit = "stockex.notify.service"

    test_address = fields.Char(
        "Send the test to",
        groups=ADMIN,
        copy=False,
        help="Empty: your own e-mail address or phone, where the service uses one.",
    )

    # --- Actions ---

    def action_test(self):
        """Send a test message now, past queue, preferences and quiet hours."""
        self.ensure_one()
        self.check_access("write")
        if self.is_internal:
            done, text = self._test_internal(self._kind().internal, self._test_recipient())
        else:
            done, text = self._test_outside()
        return self._say(done, text)

    # --- Business ---

    def _test_recipient(self):
        """Return where the test goes.

        :raise UserError: if nothing says where.
        """
        kind = self._kind()
        if not kind.address:
            return ""
        if self.shared:
            return self.address or ""
        if kind.address.found:
            return self._own_device(kind)
        user = self.env.user
        own = {"email": user.email, "phone": user.phone}.get(kind.address.default)
        if not (self.test_address or own):
            raise UserError(
                self.env._(
                    "Nothing says where to send the test of “%(service)s”. Fill in “Send the "
                    "test to”: %(label)s.",
                    service=self.name,
                    label=self.env._(kind.address.label),
                )
            )
        return self._clean_address(self.test_address or own)

    def _own_device(self, kind):
        if found := self._find_recipients(kind.address.found, self.env.user):
            return found[0]
        raise UserError(
            self.env._(
                "“%(service)s” reaches none of your own devices, where a test would go. %(help)s",
                service=self.name,
                help=self.env._(kind.address.help),
            )
        )

    def _test_vals(self):
        return {
            "subject": self.env._("Test from Stockex"),
            "text": self.env._(
                "“%(service)s” of %(company)s reaches you. Sent by %(user)s.",
                service=self.name,
                company=self.company_id.name,
                user=self.env.user.name,
            ),
            "url": self.get_base_url(),
            "link_label": self.env._("Open"),
        }

    def _test_outside(self):
        """Ask the service; return whether it took the message, and a sentence."""
        vals = {**self._test_vals(), "key": str(uuid.uuid4())}
        request = self._request({**vals, "recipient": self._test_recipient()})
        answer = self._ask(request)
        outcome = self._read(answer)
        # sudo: the sender's own table; a test counts as a call there.
        health_sudo = self.env["stockex.transport.health"].sudo()
        health_sudo._note(self, outcome, fields.Datetime.now(), answer.duration_s)
        label = self.env._(self._kind().label)
        if outcome.kind == Kind.DONE:
            return True, self.env._(
                "%(service)s took the message. Look whether it arrived.", service=label
            )
        return False, self.env._(
            "%(service)s did not take the message (%(error)s). %(hint)s",
            service=label,
            error=outcome.message,
            hint=self._hint_texts().get(outcome.hint, ""),
        )

    def _test_internal(self, way, recipient):
        """Deliver by Odoo itself; return whether that worked, and a sentence."""
        return {
            "email": self._test_email,
            "sms": self._test_sms,
            "inbox": self._test_inbox,
            "activity": self._test_activity,
        }[way](recipient)

    def _test_email(self, recipient):
        vals = self._test_vals()
        # sudo: mails are the system's; this one goes to the address that the form shows.
        mail_sudo = self.env["mail.mail"].sudo()
        mail_sudo = mail_sudo.create(
            {
                "subject": vals["subject"],
                "body_html": f"<p>{vals['text']}</p>",
                "email_to": recipient,
                "email_from": self.company_id.email_formatted or self.env.user.email_formatted,
            }
        )
        mail_sudo.send()
        if mail_sudo.state == "sent":
            return True, self.env._("The mail server took a mail to %(to)s.", to=recipient)
        return False, self.env._(
            "The mail to %(to)s could not be sent (%(error)s). Check the outgoing mail server.",
            to=recipient,
            error=mail_sudo.failure_reason or mail_sudo.state,
        )

    def _test_sms(self, recipient):
        vals = self._test_vals()
        # sudo: text messages are the system's, as mails are.
        message_sudo = self.env["sms.sms"].sudo()
        message_sudo = message_sudo.create(
            {"number": recipient, "body": f"{vals['subject']}: {vals['text']}"}
        )
        message_sudo.send(unlink_failed=False, unlink_sent=False)
        if message_sudo.state in ("pending", "sent"):
            return True, self.env._("Odoo's SMS service took a message to %(to)s.", to=recipient)
        kinds = dict(message_sudo._fields["failure_type"]._description_selection(self.env))
        return False, self.env._(
            "Odoo's SMS service did not take the message to %(to)s (%(error)s). Check its "
            "account and credit in Odoo's settings.",
            to=recipient,
            error=kinds.get(message_sudo.failure_type, message_sudo.state),
        )

    def _test_inbox(self, _recipient):
        vals = self._test_vals()
        # sudo: a message to oneself, and to the inbox whatever one prefers for mail.
        messages_sudo = self.env["mail.message"].sudo()
        to_self = {"res_partner_id": self.env.user.partner_id.id, "notification_type": "inbox"}
        messages_sudo.create(
            {
                "subject": vals["subject"],
                "body": vals["text"],
                "message_type": "user_notification",
                "author_id": self.env.ref("base.partner_root").id,
                "partner_ids": self.env.user.partner_id.ids,
                "notification_ids": [Command.create(to_self)],
            }
        )
        return True, self.env._("The message is in your inbox.")

    def _test_activity(self, _recipient):
        vals = self._test_vals()
        self.env.user.partner_id.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=vals["subject"],
            note=vals["text"],
            user_id=self.env.uid,
        )
        return True, self.env._("The activity is in your clock menu, on your own contact.")

    def _say(self, done, text):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if done else "danger",
                "title": self.name,
                "message": text,
                "sticky": not done,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
