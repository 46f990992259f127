from odoo import api, models
from odoo.exceptions import ValidationError


class NotifyServiceCarrying(models.Model):
    """Takes messages: by Odoo itself, or as outgoing calls."""

    _inherit = "stockex.notify.service"

    # --- Business ---

    def _recipient_of(self, user, own):
        """Return where the service reaches a user, by their own entry or by their contact.

        :param own: what the user entered on this service, if anything.
        :return: an address as the service wants it, empty if it needs none; None if the
            user cannot be reached.
        """
        self.ensure_one()
        address = self._kind().address
        if not address:
            return ""
        contact = {"email": user.email, "phone": user.phone}.get(address.default)
        try:
            return self._clean_address(own or contact or "")
        except ValidationError:
            return None

    def _carry(self, notifications):
        """Take messages that are due, in the present transaction."""
        self.ensure_one()
        if way := self._kind().internal:
            self.env["stockex.notify.internal"]._carry(way, notifications)
        else:
            self._carry_by_calls(notifications)

    def _carry_now(self, notification):
        """Take one message and wait until it is sent or refused."""
        self.ensure_one()
        self._carry(notification)
        if notification.mail_id:
            notification.mail_id.send()
        # sudo: text messages are the system's.
        messages_sudo = self.env["sms.sms"].sudo()
        if notification.sms_uuid:
            messages_sudo.search([("uuid", "=", notification.sms_uuid)]).send()

    def _carry_by_calls(self, notifications):
        calls = self._post_calls([self._prepare_message_call_vals(row) for row in notifications])
        for row, call in zip(notifications, calls, strict=True):
            row.call_id = call

    @api.model
    def _prepare_message_call_vals(self, row):
        lang = row.user_id.lang or row.company_id.partner_id.lang
        return {
            "payload": {
                "subject": row.subject,
                "text": row._plain(),
                "html": row.html or "",
                "url": row.url or "",
                "link_label": self.with_context(lang=lang).env._("Open"),
                "recipient": row.address or "",
                "severity": row.severity,
            },
            # One reader's messages arrive in their order.
            "lane": row.address or "",
            "res_model": row._name,
            "res_id": row.id,
        }
