"""SMS through Vonage's Messages API, version 1, channel SMS, with basic authentication.

Fields and answers: https://developer.vonage.com/en/api/messages
Error codes: https://developer.vonage.com/en/api-errors/messages and .../api-errors
"""

import re
from collections.abc import Mapping
from datetime import datetime

from ..pure.notify.sms_text import sms_text
from ..pure.transport.outcome import Hint, Kind, Outcome, classify
from ..pure.transport.request import Answer, Request
from .base import (
    Address,
    Credential,
    Message,
    Notifier,
    Trouble,
    _lt,
    answered,
    clean_phone,
    quoted,
)

# The last part of a problem's `type` says which; 1000: too fast, 1030, 1100, 1230, 1331:
# their fault for the moment, 1180 and 1220: the phone is out of reach or busy.
AGAIN = {"1000", "1030", "1100", "1180", "1220", "1230", "1241", "1331", "throttled"}
DONE_BEFORE = {"1320"}
NOT_ALLOWED = {
    *("unauthorized", "forbidden", "unprovisioned", "account-suspended", "1060", "1080", "1140"),
}
NO_ADDRESS = {
    *("1040", "1050", "1160", "1170", "1190", "1200", "1250", "1251", "1260", "1280", "1300"),
    *("1310", "1430"),
}
STOPPED = {"1240", "1483"}
WRONG_SENDER = {"1120", "1420", "1480", "1481"}
NO_CREDIT = {"1070", "low-balance"}


class Vonage(Notifier):
    """Messages API v1, channel SMS: https://developer.vonage.com/en/api/messages."""

    code = "vonage"
    label = "Vonage (SMS)"
    base_url = "https://api.nexmo.com"
    rate = (30, 1)  # https://api.support.vonage.com/hc/en-us/articles/203993598
    limit = 3  # in SMS
    shared = True
    documentation = "https://developer.vonage.com/en/messages/overview"
    address = Address(
        _lt("Mobile number"),
        help=_lt("With the country code, as +33 6 12 34 56 78. Empty: the phone of the user."),
        placeholder="+33 6 12 34 56 78",
        default="phone",
    )
    credentials = (
        Credential(
            "api_key",
            _lt("API key"),
            placeholder="a1b2c3d4",
            help=_lt("In the Vonage dashboard, under API settings."),
            pattern=r"[0-9A-Za-z]{4,40}",
        ),
        Credential("api_secret", _lt("API secret"), secret=True),
        Credential(
            "sender",
            _lt("Sender"),
            placeholder="Stockex",
            help=_lt("Your Vonage number, or a name of at most 11 letters and digits."),
            pattern=r"\+?[1-9]\d{4,14}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}",
        ),
    )
    steps = (
        _lt("Open a Vonage API account and put credit on it."),
        _lt("In the dashboard, under API settings, set the default SMS setting to Messages API."),
        _lt("Copy the API key and the API secret from there, choose a sender, send a test."),
    )

    def clean_address(self, text: str) -> str:
        """Return the number in E.164.

        :raise AddressFault:
        """
        return clean_phone(super().clean_address(text))

    def send(self, message: Message, credentials: Mapping[str, str]) -> Request:
        """Ask for one SMS; their numbers have no plus sign."""
        return Request(
            "POST",
            "/v1/messages",
            headers={"Accept": "application/json"},
            json={
                "message_type": "text",
                "channel": "sms",
                "to": message.recipient.removeprefix("+"),
                "from": credentials["sender"].removeprefix("+"),
                "text": sms_text(message.subject, message.text, message.url, self.limit),
                "client_ref": message.key[:100],
            },
            basic=(credentials["api_key"], credentials["api_secret"]),
        )

    # pylint: disable-next=method-required-super
    def read(self, answer: Answer, now: datetime) -> Outcome:
        """Read an acceptance (202) or a problem document (RFC 7807)."""
        found = answered(answer)
        if 200 <= answer.status < 300:
            return Outcome(Kind.DONE, reference=quoted(found.get("message_uuid")))
        plain = classify(answer, now)
        code = _code(found)
        if not code:
            return plain
        text = f"Vonage {code}: {quoted(found.get('detail') or found.get('title'))}"
        if code in DONE_BEFORE:
            return Outcome(Kind.DONE, text)
        if answer.status == 429 or code in AGAIN:
            return Outcome(Kind.RETRY, text, plain.retry_after_s, hint=plain.hint)
        if code in NO_CREDIT:
            return Outcome(Kind.UNAUTHORISED, text, hint=Trouble.CREDIT)
        if code in NOT_ALLOWED:
            return Outcome(Kind.UNAUTHORISED, text, hint=Hint.UNAUTHORISED)
        if hint := _trouble(code):
            return Outcome(Kind.REJECTED, text, hint=hint)
        return Outcome(plain.kind, text, plain.retry_after_s, hint=plain.hint)


def _code(found: Mapping[str, object]) -> str:
    match = re.search(r"#([\w-]{1,40})$", str(found.get("type") or ""))
    return match.group(1).lower() if match else ""


def _trouble(code: str) -> str:
    for codes, trouble in (
        (STOPPED, Trouble.UNSUBSCRIBED),
        (NO_ADDRESS, Trouble.ADDRESS),
        (WRONG_SENDER, Trouble.SENDER),
    ):
        if code in codes:
            return trouble
    return ""
