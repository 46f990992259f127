"""Twilio's Messages resource, API version 2010-04-01: sending one SMS.

Contract: https://www.twilio.com/docs/messaging/api/message-resource and its OpenAPI document
(github.com/twilio/twilio-oai, spec/json/twilio_api_v2010.json); errors:
https://www.twilio.com/docs/api/errors, form of an answer with an error:
https://www.twilio.com/docs/usage/twilios-response. The account's address is `url` in place of
https://api.twilio.com.

Not simulated: XML answers, subaccounts, WhatsApp and other channels, delivery and its status
callbacks, prices, content templates (only that their SID has the right form), the block list of
countries. Twilio ignores a parameter it does not know; here it is a remark. There is no
idempotency key: a message posted twice is sent twice. Twilio names no Retry-After in its
documentation of 429; the answer carries one, as a proxy in front of it may.
"""

import itertools
import re
from datetime import UTC, datetime
from email.utils import format_datetime
from math import ceil
from urllib.parse import urlsplit

from .base import Simulator
from .headers import basic
from .message import FORM, Answer, Refused, Request
from .sms import E164, segments

BODY_LIMIT = 1600
MEDIA_LIMIT = 10
ALPHANUMERIC = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 +\-_&]{1,11}")
SHORT_CODE = re.compile(r"[0-9]{3,8}")
SID = {"MessagingServiceSid": "MG", "ApplicationSid": "AP", "ContentSid": "HX"}
KNOWN = set(SID) | {
    "To", "From", "Body", "MediaUrl", "StatusCallback", "MaxPrice", "ProvideFeedback", "Attempt",
    "ValidityPeriod", "ForceDelivery", "ContentRetention", "AddressRetention", "SmartEncoded",
    "PersistentAction", "TrafficType", "ShortenUrls", "ScheduleType", "SendAt", "SendAsMms",
    "ContentVariables", "RiskCheck", "FallbackFrom", "Tags",
}  # fmt: skip
MANY = {"MediaUrl", "PersistentAction"}

# https://www.twilio.com/docs/api/errors
ERRORS = {
    20001: (400, "The request is not understood: {}"),
    20003: (401, "Authenticate"),
    20004: (405, "Method not allowed"),
    20404: (404, "The requested resource {} was not found"),
    20429: (429, "Too Many Requests"),
    20500: (500, "An internal server error has occurred"),
    21211: (400, "Invalid 'To' Phone Number: {}"),
    21212: (400, "Invalid From Number (caller ID): {}"),
    21266: (400, "'To' and 'From' number cannot be the same"),
    21408: (403, "Permission to send an SMS has not been enabled for the region: {}"),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number is required."),
    21604: (400, "A 'To' phone number is required."),
    21606: (400, "The 'From' phone number provided ({}) is not a valid message-capable number."),
    21608: (400, "The number {} is unverified. Trial accounts cannot send to it."),
    21609: (400, "The 'StatusCallback' URL {} is not a valid URL."),
    21610: (400, "Attempt to send to unsubscribed recipient {}"),
    21614: (400, "'To' number is not a valid mobile number: {}"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
    21620: (400, "Invalid media URL(s): {}"),
    21623: (400, "Number of media files exceeds allowed limit"),
    21701: (404, "The Messaging Service does not exist: {}"),
    21703: (400, "The Messaging Service does not have a phone number available to send a message"),
}


def _error(code: int, value: str = "") -> Answer:
    status, text = ERRORS[code]
    headers = {"WWW-Authenticate": 'Basic realm="Twilio API"'} if status == 401 else {}
    body = {
        "code": code,
        "message": text.format(value),
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }
    return Answer.json(status, body, **headers)


def _refused(code: int, value: str = "") -> Refused:
    return Refused(_error(code, value), (code, ERRORS[code][1].format(value)))


class Twilio(Simulator):
    """One account with some numbers and messaging services of its own.

    :param numbers: its senders, in E.164; others are refused.
    :param api_key: the SID and secret of an API key, accepted beside the auth token.
    """

    name = "twilio"
    codes = ERRORS.keys()

    def __init__(
        self,
        account_sid: str = "AC" + "0123456789abcdef" * 2,
        auth_token: str = "1f2e3d4c5b6a79880123456789abcdef",
        numbers: tuple[str, ...] = ("+14155552345",),
        services: tuple[str, ...] = ("MG" + "a" * 32,),
        api_key: tuple[str, str] = ("SK" + "b" * 32, "a secret of an API key"),
    ) -> None:
        super().__init__()
        self.account_sid = account_sid
        self.auth_token = auth_token
        self.numbers = numbers
        self.services = services
        self.api_key = api_key
        self._numbers = itertools.count(1)

    @property
    def path(self) -> str:
        return f"/2010-04-01/Accounts/{self.account_sid}/Messages.json"

    # --- The days ---

    def answer_rate_limited(self, _request: Request, retry_after: float) -> Answer:
        answer = _error(20429)
        return Answer(429, answer.body, headers={"Retry-After": str(ceil(retry_after))})

    def answer_unauthorised(self, _request: Request) -> Answer:
        return _error(20003)

    def answer_rejected(self, _request: Request, code: str | int) -> Answer:
        return _error(int(code), "+0000000")

    # --- A request ---

    def respond(self, request: Request) -> Answer:
        self._check_door(request)
        if request.media_type != FORM:
            raise _refused(20001, f"Content-Type {request.media_type!r} is not {FORM}")
        fields = self._fields(request)
        to = self._recipient(fields)
        sender = self._sender(fields, to)
        self._check_content(fields)
        self._check_options(fields)
        data = self._resource(to, sender, fields)
        self.keep(request, to, fields.get("Body", [""])[0], data, str(data["sid"]))
        return Answer.json(201, data)

    def _check_door(self, request: Request) -> None:
        """Check the account, the path and the method, in the order in which Twilio does."""
        if not request.path.startswith("/2010-04-01/"):
            raise _refused(20404, request.path)
        if not self._knows(request.headers.get("Authorization") or ""):
            raise _refused(20003)
        if request.path != self.path or request.query:
            raise _refused(20404, request.path)
        if request.method != "POST":
            raise _refused(20004)

    def _knows(self, header: str) -> bool:
        return basic(header) in {(self.account_sid, self.auth_token), self.api_key}

    def _fields(self, request: Request) -> dict[str, list[str]]:
        try:
            fields = request.form()
        except ValueError as error:
            raise _refused(20001, "the body is not a form in UTF-8") from error
        for name, values in fields.items():
            if name not in KNOWN:
                self.remark(f"{name}: Twilio has no such parameter and ignores it")
            if len(values) > 1 and name not in MANY:
                raise _refused(20001, f"{name} is given {len(values)} times")
        return fields

    def _recipient(self, fields: dict[str, list[str]]) -> str:
        to = fields.get("To", [""])[0]
        if not to:
            raise _refused(21604)
        if not E164.fullmatch(to):
            raise _refused(21211, to)
        return to

    def _sender(self, fields: dict[str, list[str]], to: str) -> str | None:
        """Return the sender; none leaves the choice to the messaging service."""
        service = fields.get("MessagingServiceSid", [""])[0]
        sender = fields.get("From", [""])[0]
        if not service and not sender:
            raise _refused(21603)
        if service and service not in self.services:
            raise _refused(21701, service)
        if not sender:
            return None
        if sender == to:
            raise _refused(21266)
        if sender.startswith("+") and not E164.fullmatch(sender):
            raise _refused(21212, sender)
        if not sender.startswith("+") and not (
            ALPHANUMERIC.fullmatch(sender) or SHORT_CODE.fullmatch(sender)
        ):
            raise _refused(21212, sender)
        if not ALPHANUMERIC.fullmatch(sender) and sender not in self.numbers:
            raise _refused(21606, sender)
        return sender

    def _check_content(self, fields: dict[str, list[str]]) -> None:
        body = fields.get("Body", [""])[0]
        media = fields.get("MediaUrl", [])
        if not body and not media and "ContentSid" not in fields:
            raise _refused(21602)
        if len(body) > BODY_LIMIT:
            raise _refused(21617)
        if len(media) > MEDIA_LIMIT:
            raise _refused(21623)
        for address in media:
            if not _is_url(address):
                raise _refused(21620, address)

    def _check_options(self, fields: dict[str, list[str]]) -> None:
        for name, prefix in SID.items():
            for value in fields.get(name, []):
                if not re.fullmatch(prefix + "[0-9a-fA-F]{32}", value):
                    raise _refused(20001, f"{name} {value!r} is no SID")
        for address in fields.get("StatusCallback", []):
            if not _is_url(address) or "_" in (urlsplit(address).hostname or ""):
                raise _refused(21609, address)
        for value in fields.get("ValidityPeriod", []):
            if not value.isdecimal() or not 1 <= int(value) <= 36000:
                raise _refused(20001, f"ValidityPeriod {value!r} is not between 1 and 36000")
        if "ScheduleType" in fields and "MessagingServiceSid" not in fields:
            raise _refused(20001, "ScheduleType needs a MessagingServiceSid")

    def _resource(
        self, to: str, sender: str | None, fields: dict[str, list[str]]
    ) -> dict[str, object]:
        """Describe the message as Twilio does when it has just been queued."""
        now = format_datetime(datetime.now(UTC))
        media = len(fields.get("MediaUrl", []))
        body = fields.get("Body", [""])[0]
        sid = f"{'MM' if media else 'SM'}{next(self._numbers):032x}"
        uri = f"/2010-04-01/Accounts/{self.account_sid}/Messages/{sid}"
        service = fields.get("MessagingServiceSid", [None])[0]
        return {
            "account_sid": self.account_sid,
            "api_version": "2010-04-01",
            "body": body,
            "date_created": now,
            "date_sent": None,
            "date_updated": now,
            "direction": "outbound-api",
            "error_code": None,
            "error_message": None,
            "from": sender,
            "messaging_service_sid": service,
            "num_media": str(media),
            "num_segments": "0" if service else str(segments(body)),
            "price": None,
            "price_unit": "USD",
            "sid": sid,
            "status": "accepted" if service else "queued",
            "subresource_uris": {"media": f"{uri}/Media.json"},
            "to": to,
            "uri": f"{uri}.json",
        }


def _is_url(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
