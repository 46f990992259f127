"""Messages and credentials that the tests of all services share."""

from datetime import UTC, datetime

from stockex import notifiers
from stockex.notifiers.base import Credential, Message
from stockex.pure.transport.request import Request

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
KEY = "0b9d3f5e-6f0c-4ac7-9a54-7bdc1c8a0001"
PHONE = "+33612345678"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

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
}
ADDRESSES = {"twilio": PHONE, "vonage": PHONE, "slack": "U012AB3CD", "telegram": "123456789"}


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
            **vals,
        }
    )


def send(code: str, credentials: dict[str, str] | None = None, **vals: object) -> Request:
    """Let the service of a code say what it would send."""
    values = CREDENTIALS[code] | (credentials or {})
    return notifiers.service(code).send(message(code, **vals), values)


def field(code: str, name: str) -> Credential:
    """Return a credential's declaration."""
    return next(one for one in notifiers.service(code).credentials if one.name == name)
