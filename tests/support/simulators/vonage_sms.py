"""Vonage's SMS API, the part of its simulator that answers POST /sms/json.

Contract: https://developer.vonage.com/en/api/sms (https://rest.nexmo.com/sms/json; OpenAPI in
github.com/Nexmo/api-specification, definitions/sms.yml), errors
https://developer.vonage.com/en/messaging/sms/guides/troubleshooting-sms, signatures
https://developer.vonage.com/en/getting-started/concepts/signing-messages (SHA-256 HMAC).

Every answer is 200: what went wrong stands in the messages' `status`. A text with signs that its
`type` cannot carry is taken on and damaged, as on a phone. Not simulated: XML answers, binary,
vCard, vCal and WAP push, delivery receipts, the other signature methods, balances.
"""

import hashlib
import hmac
import itertools
import re

from .headers import basic
from .message import FORM, Answer, Refused, Request
from .sms import as_gsm7, segments

PATH = "/sms/json"
REFERENCE_LIMIT = 100
FRESH_S = 300  # how far a signature's timestamp may be from the clock
KNOWN = {
    "api_key", "api_secret", "sig", "timestamp", "from", "to", "text", "ttl", "status-report-req",
    "callback", "message-class", "type", "body", "udh", "protocol-id", "client-ref", "account-ref",
    "entity-id", "content-id", "trusted-recipient",
}  # fmt: skip

ANSWERS = {
    "1": "You are sending SMS faster than the account limit.",
    "2": "Missing {} param",
    "3": "Invalid value for param: {}",
    "4": "Bad Credentials",
    "5": "Internal Error",
    "6": "Unroutable message - rejected",
    "7": "Number barred",
    "8": "Partner account barred",
    "9": "Partner quota violation",
    "10": "Too many existing binds",
    "11": "Account not enabled for HTTP",
    "12": "Message Too Long",
    "14": "Invalid Signature",
    "15": "Illegal Sender Address - rejected",
    "22": "Invalid Network Code",
    "23": "Invalid Callback URL",
    "29": "Non White-listed Destination - rejected",
}


def signature(fields: dict[str, str], secret: str) -> str:
    """Sign a request's parameters with SHA-256 HMAC."""
    parts = [
        f"&{name}={re.sub('[&=]', '_', fields[name])}" for name in sorted(fields.keys() - {"sig"})
    ]
    return hmac.new(secret.encode(), "".join(parts).encode(), hashlib.sha256).hexdigest()


class VonageSms:
    """The older of Vonage's two doors."""

    api_key: str
    api_secret: str
    signature_secret: str
    _numbers: "itertools.count[int]"

    def sms_error(self, code: str, value: str = "to") -> Answer:
        error = {"status": code, "error-text": ANSWERS[code].format(value)}
        return Answer.json(200, {"message-count": "1", "messages": [error]})

    def respond_sms(self, request: Request) -> Answer:
        if request.method != "POST" or request.media_type != FORM:
            raise self._wrong("2", "api_key", f"{request.method} {request.media_type}")
        fields = self._sms_fields(request)
        self._check_credentials(request, fields)
        for name in ("from", "to"):
            if not fields.get(name):
                raise self._wrong("2", name)
        kind = fields.get("type", "text")
        if kind not in {"text", "unicode"}:
            raise self._wrong("3", "type", f"{kind!r} is not simulated")
        if not fields.get("text"):
            raise self._wrong("2", "text")
        self._check_sms(fields)
        return self._take_sms(request, fields, kind)

    def _wrong(self, code: str, value: str, detail: str = "") -> Refused:
        text = ANSWERS[code].format(value)
        return Refused(self.sms_error(code, value), (code, f"{text} {detail}".strip()))

    def _sms_fields(self, request: Request) -> dict[str, str]:
        try:
            lists = request.form()
        except ValueError as error:
            raise self._wrong("3", "text", "is not in UTF-8") from error
        for name, values in lists.items():
            if name not in KNOWN:
                raise self._wrong("3", name, "is no parameter")
            if len(values) > 1:
                raise self._wrong("3", name, "is given twice")
        return {name: values[0] for name, values in lists.items()}

    def _check_credentials(self, request: Request, fields: dict[str, str]) -> None:
        given = basic(request.headers.get("Authorization"))
        if given is None:
            if not fields.get("api_key"):
                raise self._wrong("2", "api_key")
            if "sig" in fields:
                return self._check_signature(request, fields)
            given = (fields["api_key"], fields.get("api_secret", ""))
        if given != (self.api_key, self.api_secret):
            raise self._wrong("4", "")
        return None

    def _check_signature(self, request: Request, fields: dict[str, str]) -> None:
        stamp = fields.get("timestamp", "")
        right = signature(fields, self.signature_secret)
        fresh = stamp.isdecimal() and abs(int(stamp) - request.at) <= FRESH_S
        own = fields["api_key"] == self.api_key and "api_secret" not in fields
        if not (own and fresh and hmac.compare_digest(fields["sig"].lower(), right)):
            raise self._wrong("14", "")

    def _check_sms(self, fields: dict[str, str]) -> None:
        sender = fields["from"].replace(" ", "")
        if not re.fullmatch(r"[1-9][0-9]{6,14}", fields["to"]):
            raise self._wrong("3", "to", "must be 7 to 15 digits, without + or 00")
        if not re.fullmatch(r"[1-9][0-9]{0,14}|(?=.*[A-Za-z])[A-Za-z0-9]{1,11}", sender):
            raise self._wrong("15", "from")
        ttl = fields.get("ttl", "20000")
        if not ttl.isdecimal() or not 20_000 <= int(ttl) <= 604_800_000:
            raise self._wrong("3", "ttl", "must be between 20000 and 604800000 milliseconds")
        if len(fields.get("client-ref", "")) > REFERENCE_LIMIT:
            raise self._wrong("3", "client-ref", "is too long")
        if fields.get("message-class", "0") not in {"0", "1", "2", "3"}:
            raise self._wrong("3", "message-class")
        if not re.match(r"https?://.", fields.get("callback", "http://x")):
            raise self._wrong("23", "callback")

    def _take_sms(self, request: Request, fields: dict[str, str], kind: str) -> Answer:
        text = as_gsm7(fields["text"]) if kind == "text" else fields["text"]
        messages = []
        for _ in range(segments(text, unicode=kind == "unicode")):
            message = {
                "to": fields["to"],
                "message-id": f"0A{next(self._numbers):015X}",
                "status": "0",
                "remaining-balance": "3.14159265",
                "message-price": "0.03330000",
                "network": "12345",
            }
            if "client-ref" in fields:
                message["client-ref"] = fields["client-ref"]
            messages.append(message)
        reference = messages[0]["message-id"]
        self.keep(request, f"+{fields['to']}", text, fields, reference)  # type: ignore[attr-defined]
        return Answer.json(200, {"message-count": str(len(messages)), "messages": messages})
