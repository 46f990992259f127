"""Any receiver of a signed JSON document.

Standard Webhooks 1.0.0:
https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import json
from collections.abc import Mapping
from datetime import datetime

from ..pure.notify.shorten import shorten
from ..pure.transport.outcome import Outcome, classify
from ..pure.transport.request import Answer, Request
from ..pure.transport.signature import signature_headers
from .base import Credential, Message, Notifier, _lt

SIGNING = r"(whsec_)?[A-Za-z0-9+/]{32,86}={0,2}"
KIND = "notification.sent"
TITLE = 250


class Webhook(Notifier):
    """JSON with a signature: https://www.standardwebhooks.com."""

    code = "webhook"
    label = _lt("Webhook (any receiver)")
    limit = 10_000  # bytes of JSON: the standard asks for less than 20 KB in all
    per_user = False
    shared = True
    documentation = "https://www.standardwebhooks.com"
    credentials = (
        Credential(
            "url",
            _lt("Address"),
            secret=True,
            url=True,
            placeholder="https://example.com/hooks/stockex",
            help=_lt("Where the messages are posted. It is kept secret: it may hold a token."),
        ),
        Credential(
            "secret",
            _lt("Signing secret"),
            secret=True,
            placeholder="whsec_…",
            help=_lt(
                "24 to 64 random bytes in base64: openssl rand -base64 32. The receiver checks "
                "with the same."
            ),
            pattern=SIGNING,
        ),
        Credential(
            "previous_secret",
            _lt("Signing secret before"),
            secret=True,
            required=False,
            placeholder="whsec_…",
            help=_lt("While receivers change to the new secret, both sign. Empty it afterwards."),
            pattern=SIGNING,
        ),
    )
    steps = (
        _lt("Enter the address of the receiver and a secret that it knows."),
        _lt("The receiver checks the headers webhook-id, webhook-timestamp and webhook-signature."),
        _lt("Any library for Standard Webhooks does it; the same webhook-id is the same message."),
    )

    def send(self, message: Message, credentials: Mapping[str, str]) -> Request:
        """Post the message as it is; the receiver decides how it looks."""
        data = {
            "subject": shorten(message.subject, TITLE),
            "text": shorten(message.text, self.limit, lambda text: len(json.dumps(text))),
            "url": message.url,
            "severity": message.severity,
        }
        # A repetition must have the same body: its receiver takes another one for a forgery.
        written = (message.written_at or message.sent_at).isoformat()
        document = {"type": KIND, "timestamp": written, "data": data}
        body = json.dumps(document, separators=(",", ":")).encode()
        secrets = [credentials["secret"], credentials.get("previous_secret", "")]
        signed = signature_headers(
            [secret for secret in secrets if secret],
            message.key,
            int(message.sent_at.timestamp()),
            body,
        )
        return Request(
            "POST",
            credentials["url"],
            headers={"Content-Type": "application/json", **signed},
            body=body,
        )

    # pylint: disable-next=method-required-super
    def read(self, answer: Answer, now: datetime) -> Outcome:
        """Read the status alone: what a stranger's body says is not repeated."""
        return classify(answer, now)
