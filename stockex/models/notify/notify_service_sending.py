import secrets
from dataclasses import replace
from datetime import UTC
from urllib.parse import urlsplit, urlunsplit

from odoo import fields, models
from odoo.exceptions import UserError

from ...notifiers import Message, Trouble


class NotifyServiceSending(models.Model):
    """Turns messages into calls and answers into outcomes, through the adapter."""

    _inherit = "stockex.notify.service"

    # --- Hooks of the transport ---

    def _prepare_request(self, call):
        """Return the request of a message; `call.payload` holds its texts and recipient."""
        written = call.create_date.replace(tzinfo=UTC)
        return self._request({**call.payload, "key": call.idempotency_key, "written_at": written})

    def _read_answer(self, call, answer):
        return self._read(answer)

    def _hint_texts(self):
        return {
            **super()._hint_texts(),
            Trouble.ADDRESS: self.env._(
                "Nobody is reached at that address. Correct it in the user's preferences or in "
                "the service, then retry, or skip it."
            ),
            Trouble.UNSUBSCRIBED: self.env._(
                "The reader stopped or blocked the sender. Skip it; only the reader can allow "
                "messages again."
            ),
            Trouble.SENDER: self.env._(
                "The service does not let this sender send there. Correct the sender in the "
                "service, or its rights with the provider, then retry."
            ),
            Trouble.CREDIT: self.env._(
                "The account with the provider has no credit or quota left. Top it up, then retry."
            ),
        }

    # --- Business ---

    def _request(self, vals):
        """Return the request of a message.

        :param vals: subject, text, html, url, link_label, recipient, severity and key.
        :raise UserError: if something that the service needs is missing.
        """
        self.ensure_one()
        values = self._credential_values()
        if lacking := self._lacking(values):
            raise UserError(
                self.env._(
                    "“%(service)s” cannot send yet. %(lacking)s",
                    service=self.name,
                    lacking=lacking,
                )
            )
        # sudo: where a shared service delivers is used, not shown.
        recipient = vals.get("recipient") or self.sudo().address or ""
        now = fields.Datetime.now().replace(tzinfo=UTC)
        own = {"recipient": self._delivered_at(recipient), "sent_at": now}
        entropy = secrets.token_bytes(self._kind().entropy_size)
        message = Message(**{**vals, **own, "entropy": entropy})
        return self._placed(self._kind().send(message, values))

    def _delivered_at(self, recipient):
        """Return the address that a request needs, where rows name it otherwise.

        Meant to be extended.

        :raise UserError: if nobody is reached there any more.
        """
        return recipient

    def _supplied_values(self):
        """Return {name: value} of the credentials that nobody enters; to be extended."""
        return {}

    def _credential_values(self):
        """Return {name: value in clear}, for a request that is about to be sent."""
        # sudo: a service uses its credentials whoever triggers the message; the values go
        # into the request and nowhere else.
        credentials_sudo = self.sudo().credential_ids
        entered = {
            credential.name: (
                self._secret(credential.name) if credential._declared().secret else credential.plain
            )
            for credential in credentials_sudo
            if credential.is_set
        }
        return entered | self._supplied_values()

    def _placed(self, request):
        """Return the request with an absolute address, at our own host if one is set."""
        # sudo: as in _request.
        own = (self.sudo().base_url or "").rstrip("/")
        parts = urlsplit(request.url)
        if not parts.scheme:
            return replace(request, url=f"{own or self._kind().base_url}{request.url}")
        if not own:
            return request
        path = urlunsplit(("", "", parts.path, parts.query, ""))
        return replace(request, url=f"{own}{path}")

    def _read(self, answer):
        """Return the outcome that an answer means, with no secret of ours in its words."""
        outcome = self._kind().read(answer, fields.Datetime.now().replace(tzinfo=UTC))
        message = outcome.message
        for secret in self._secret_values():
            message = message.replace(secret, "•••")
        return replace(outcome, message=message)

    def _credentials_changed(self):
        """Give the service another chance: what failed may be right now."""
        # sudo: the sender's own table; who may write credentials was checked.
        health_sudo = self.env["stockex.transport.health"].sudo()
        health_sudo.search(
            [("account_model", "=", self._name), ("account_id", "in", self.ids)]
        ).write({"resting_until": False, "failing_since": False, "failures": 0})
        self.invalidate_recordset(["resting_until", "failing_since", "state", "state_text"])
