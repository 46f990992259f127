from odoo import api, models
from odoo.exceptions import ValidationError

from ...pure.transport.outcome import Kind


class NotifyServiceCarrying(models.Model):
    """Takes messages: by Odoo itself, or as outgoing calls."""

    _inherit = "stockex.notify.service"

    # --- Create, write ---

    def unlink(self):
        # sudo: messages of all users; the right to delete the service is checked below.
        notifications_sudo = self.env["stockex.notification"].sudo()
        lost_sudo = notifications_sudo.search(
            [
                ("service_id", "in", self.ids),
                ("state", "=", "waiting"),
                ("call_id.state", "in", ("waiting", "dead")),
            ]
        )
        result = super().unlink()
        self.env["stockex.notify.internal"]._fail(
            lost_sudo, self.env._("The service was deleted before it took the message.")
        )
        return result

    # --- Business ---

    def _recipients_of(self, user, own):
        """Return where the service reaches a user: by their entry, their contact or by itself.

        :param own: what the user entered on this service, if anything.
        :return: addresses as the service wants them, one of them empty if it needs none;
            none if the user cannot be reached.
        """
        self.ensure_one()
        address = self._kind().address
        if not address:
            return [""]
        if address.found:
            return self._find_recipients(address.found, user)
        contact = {"email": user.email, "phone": user.phone}.get(address.default)
        try:
            return [self._clean_address(own or contact or "")]
        except ValidationError:
            return []

    @api.model
    def _finders(self):
        """Return by what addresses can be found here that nobody enters; to be extended."""
        return frozenset()

    @api.model
    def _find_recipients(self, finder, user):
        """Return where a user is reached by one of `_finders`; meant to be extended.

        It is asked for one user after the other, each of which fetches for all of them.
        """
        return []

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
        if not self._kind().internal:
            self._ask_now(notification)
            return
        self._carry(notification)
        if notification.mail_id:
            notification.mail_id.send()
        if notification.sms_uuid:
            # sudo: text messages are the system's.
            messages_sudo = self.env["sms.sms"].sudo()
            messages_sudo.search([("uuid", "=", notification.sms_uuid)]).send()

    def _ask_now(self, notification):
        vals = self._prepare_message_call_vals(notification)["payload"]
        outcome = self._read(self._ask(self._request({**vals, "key": notification.key})))
        if outcome.kind == Kind.DONE:
            self.env["stockex.notify.internal"]._done(notification)
        else:
            self.env["stockex.notify.internal"]._fail(notification, self._outcome_text(outcome))

    def _outcome_text(self, outcome):
        """Say what went wrong and what to do about it."""
        hint = self._hint_texts().get(outcome.hint, "")
        return " ".join(filter(None, (outcome.message, hint)))

    def _carry_by_calls(self, notifications):
        again = notifications.filtered(self._has_dead_call)
        for row in again:
            # The same call: the other side knows it by its key, if it took it after all.
            row.call_id.action_retry()
        new = notifications - again
        calls = self._post_calls([self._prepare_message_call_vals(row) for row in new])
        for row, call in zip(new, calls, strict=True):
            row.call_id = call

    def _has_dead_call(self, row):
        call = row.call_id
        return call.state in ("dead", "skipped") and (
            call.payload.get("recipient") == (row.address or "")
        )

    @api.model
    def _prepare_message_call_vals(self, row):
        lang = row.user_id.lang or row.company_id.partner_id.lang
        return {
            "payload": {
                "subject": row.subject,
                "text": row._plain(),
                "html": row.html or "",
                "url": self._link_of(row),
                "topic": f"{row.res_model},{row.res_id}" if row.res_model else row.url or "",
                "link_label": self.with_context(lang=lang).env._("Open"),
                "recipient": row.address or "",
                "severity": row.severity,
            },
            # One reader's messages arrive in their order; what is critical waits for none
            # that quiet hours hold back.
            "lane": f"{row.address or ''}{' !' if row.why == 'urgent' else ''}",
            "res_model": row._name,
            "res_id": row.id,
        }

    @api.model
    def _link_of(self, row):
        """Return where the reader of a message goes on; meant to be extended."""
        return row.url or ""

    # --- Hooks of the transport ---

    def _call_finished(self, call, outcome):
        rows = self._rows_of(call)
        if outcome.kind == Kind.DONE:
            self.env["stockex.notify.internal"]._done(rows)
        else:
            self.env["stockex.notify.internal"]._fail(rows, self._outcome_text(outcome))
        return super()._call_finished(call, outcome)

    def _try_failed(self, call, outcome):
        # A service that was down in the evening does not ring at night.
        self.env["stockex.notify.release"]._hold_calls(self._rows_of(call))
        return super()._try_failed(call, outcome)

    def _rows_of(self, call):
        if call.res_model != "stockex.notification":
            return self.env["stockex.notification"]
        # sudo: what became of a message is written by the sender, for whichever user.
        notifications_sudo = self.env["stockex.notification"].sudo()
        return notifications_sudo.search([("id", "=", call.res_id), ("call_id", "=", call.id)])
