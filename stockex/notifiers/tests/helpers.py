"""Messages and credentials that the tests of all services share."""

from datetime import UTC, datetime

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec

from stockex import notifiers
from stockex.notifiers.base import Credential, Message
from stockex.notifiers.web_push import Subscription, public_of, unpadded
from stockex.pure.transport.request import Request

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
KEY = "0b9d3f5e-6f0c-4ac7-9a54-7bdc1c8a0001"
PHONE = "+33612345678"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

# RFC 8291, 5: the keys of its example; RFC 8292, 2.4: a key that signs.
BROWSER = ec.derive_private_key(
    int.from_bytes(unpadded("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")), ec.SECP256R1()
)
BROWSER_AUTH = unpadded("BTBZMqHH6r4Tts7J_aSIgg")
SUBSCRIPTION = Subscription(
    "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
    public_of(BROWSER),
    BROWSER_AUTH,
)

# What an administrator would enter; each secret is easily found again.
CREDENTIALS = {
    "twilio": {
        "account_sid": "AC" + "0" * 32,
        "auth_token": "twilio-s3cret-token",
        "sender": "+33644603000",
    },
    "vonage": {"api_key": "a1b2c3d4", "api_secret": "vonage-s3cret", "sender": "Stockex"},
    "slack": {"webhook_url": "https://hooks.slack.com/services/T0/B0/slack-s3cret"},
    "teams": {
        "webhook_url": "https://prod-12.westeurope.logic.azure.com:443/workflows/a1b2/triggers/"
        "manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers&sv=1.0&sig=teams-s3cret"
    },
    "discord": {"webhook_url": "https://discord.com/api/webhooks/1079543/discord-s3cret"},
    "telegram": {"token": "123456789:AAtelegram-s3cret-s3cret"},
    "webhook": {"url": "https://example.com/hooks/webhook-s3cret", "secret": SECRET},
    "web_push": {
        "private_key": "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
        "subject": "mailto:stock@example.com",
    },
}
ADDRESSES = {
    "twilio": PHONE,
    "vonage": PHONE,
    "slack": "U012AB3CD",
    "telegram": "123456789",
    "web_push": SUBSCRIPTION.written(),
}


def message(code: str = "", **vals: object) -> Message:
    """Make a message to an address that the service takes."""
    return Message(
        **{
            "subject": "Count “Aisle 4” posted",
            "text": "12 lines differ, worth 1,240.50 EUR.",
            "url": "https://erp.example.com/odoo/stockex-counts/7",
            "recipient": ADDRESSES.get(code, ""),
            "key": KEY,
            "sent_at": NOW,
            "entropy": bytes(getattr(notifiers.service(code), "entropy_size", 0)) if code else b"",
            **vals,
        }
    )


def opened(body: bytes | None) -> str:
    """Return what a body says to whom it is for."""
    if body and body[16:20] == (4096).to_bytes(4):
        body = http_ece.decrypt(body, private_key=BROWSER, auth_secret=BROWSER_AUTH)
    return (body or b"").decode()


def send(code: str, credentials: dict[str, str] | None = None, **vals: object) -> Request:
    """Let the service of a code say what it would send."""
    values = CREDENTIALS[code] | (credentials or {})
    return notifiers.service(code).send(message(code, **vals), values)


def field(code: str, name: str) -> Credential:
    """Return a credential's declaration."""
    return next(one for one in notifiers.service(code).credentials if one.name == name)
