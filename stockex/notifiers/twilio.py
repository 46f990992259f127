"""SMS through Twilio.

Fields and answers: https://www.twilio.com/docs/messaging/api/message-resource
Error codes: https://www.twilio.com/docs/api/errors
"""

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

# 14107: sending too fast; 20429: too many requests at once; 21611: the sender's queue holds
# ten hours of messages already; 30001: the same for a messaging service.
AGAIN = {14107, 20429, 21611, 30001}
TOMORROW = {63038}  # the day's quota of the account is used up
# Who asks may not: wrong, closed or suspended account, test credentials.
NOT_ALLOWED = {10001, 20003, 20005, 20006, 20008, 30002}
NO_ADDRESS = {21211, 21214, 21217, 21265, 21612, 21614, 21635}
STOPPED = {21610}
# From is missing, not ours, not for SMS, or not for that country; 21608: a trial account
# reaches verified numbers only.
WRONG_SENDER = {21212, 21408, 21603, 21606, 21608, 21659, 21660, 21703, 21704, 21705}
DAY_S = 6 * 3600.0


class Twilio(Notifier):
    """Messages API 2010-04-01: https://www.twilio.com/docs/messaging/api/message-resource."""

    code = "twilio"
    label = "Twilio (SMS)"
    base_url = "https://api.twilio.com"
    # In SMS: Twilio takes 1,600 characters and bills each of their messages.
    limit = 3
    shared = True
    documentation = "https://www.twilio.com/docs/messaging/quickstart"
    address = Address(
        _lt("Mobile number"),
        help=_lt("With the country code, as +33 6 12 34 56 78. Empty: the phone of the user."),
        placeholder="+33 6 12 34 56 78",
        default="phone",
    )
    credentials = (
        Credential(
            "account_sid",
            _lt("Account SID"),
            placeholder="AC…",
            help=_lt("On the first page of the Twilio console."),
            pattern=r"AC[0-9a-fA-F]{32}",
        ),
        Credential(
            "auth_token",
            _lt("Auth token, or secret of the API key"),
            secret=True,
            help=_lt("Beside the account SID; or what was shown once with the API key."),
        ),
        Credential(
            "api_key",
            _lt("API key SID"),
            required=False,
            placeholder="SK…",
            help=_lt("Only if you send with an API key instead of the auth token."),
            pattern=r"SK[0-9a-fA-F]{32}",
        ),
        Credential(
            "sender",
            _lt("Sender"),
            placeholder="+33644603000",
            help=_lt("Your Twilio number, your sender name, or the SID of a messaging service."),
            pattern=r"\+[1-9]\d{4,14}|MG[0-9a-fA-F]{32}|(?=.*[A-Za-z])[A-Za-z0-9 +&_-]{2,11}",
        ),
    )
    steps = (
        _lt("Open a Twilio account and buy a number that can send SMS."),
        _lt("Copy the account SID and the auth token from the console's first page."),
        _lt("Enter the number with its country code as the sender, then send a test."),
    )

    def clean_address(self, text: str) -> str:
        """Return the number in E.164.

        :raise AddressFault:
        """
        return clean_phone(super().clean_address(text))

    def send(self, message: Message, credentials: Mapping[str, str]) -> Request:
        """Ask for one SMS."""
        account, sender = credentials["account_sid"], credentials["sender"]
        by = "MessagingServiceSid" if sender.startswith("MG") and len(sender) == 34 else "From"
        return Request(
            "POST",
            f"/2010-04-01/Accounts/{account}/Messages.json",
            form={
                "To": message.recipient,
                by: sender,
                "Body": sms_text(message.subject, message.text, message.url, self.limit),
            },
            basic=(credentials.get("api_key") or account, credentials["auth_token"]),
        )

    # pylint: disable-next=method-required-super
    def read(self, answer: Answer, now: datetime) -> Outcome:
        """Read what became of it; delivery to the phone comes later and is not known here."""
        found = answered(answer)
        if 200 <= answer.status < 300:
            return Outcome(Kind.DONE, reference=quoted(found.get("sid")))
        plain = classify(answer, now)
        code = found.get("code")
        if not isinstance(code, int):
            return plain
        text = f"Twilio {code}: {quoted(found.get('message'))}"
        if code in AGAIN:
            return Outcome(Kind.RETRY, text, plain.retry_after_s, hint=Hint.TOO_MANY)
        if code in TOMORROW:
            return Outcome(Kind.RETRY, text, plain.retry_after_s or DAY_S, hint=Trouble.CREDIT)
        if code in NOT_ALLOWED:
            return Outcome(Kind.UNAUTHORISED, text, hint=Hint.UNAUTHORISED)
        if hint := _trouble(code):
            return Outcome(Kind.REJECTED, text, hint=hint)
        return Outcome(plain.kind, text, plain.retry_after_s, hint=plain.hint)


def _trouble(code: int) -> str:
    for codes, trouble in (
        (STOPPED, Trouble.UNSUBSCRIBED),
        (NO_ADDRESS, Trouble.ADDRESS),
        (WRONG_SENDER, Trouble.SENDER),
    ):
        if code in codes:
            return trouble
    return ""
