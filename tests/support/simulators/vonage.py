"""Vonage's Messages API, version 1, channel SMS; `vonage_sms` adds the older SMS API.

Contract: https://developer.vonage.com/en/api/messages (POST https://api.nexmo.com/v1/messages),
errors https://developer.vonage.com/en/api-errors/messages and …/api-errors, authentication
https://developer.vonage.com/en/getting-started/concepts/authentication. The account's address is
`url` in place of both https://api.nexmo.com and https://rest.nexmo.com.

Not simulated: the other channels (a message to one is refused as not enabled), failover, status
webhooks, prices, sender identities by country, access lists in tokens. Vonage's documents name
no Retry-After; there is none here. There is no idempotency key: `client_ref` comes back in
status webhooks only.
"""

import itertools
import time
import uuid
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from .base import Simulator
from .headers import basic, bearer
from .message import JSON, Answer, Refused, Request
from .sms import as_gsm7
from .vonage_sms import ANSWERS as SMS_ANSWERS
from .vonage_sms import PATH as SMS_PATH
from .vonage_sms import VonageSms

PATH = "/v1/messages"
TEXT_LIMIT = 1000
REFERENCE_LIMIT = 100
LONGEST_TOKEN_S = 24 * 3600
CHANNELS = {"sms", "mms", "rcs", "whatsapp", "messenger", "viber_service", "email"}
FIELDS = {
    "text": str, "to": str, "from": str, "channel": str, "message_type": str, "ttl": int,
    "sms": dict, "client_ref": str, "webhook_url": str, "webhook_version": str,
    "trusted_recipient": bool, "failover": list,
}  # fmt: skip
REQUIRED = ("message_type", "text", "to", "from", "channel")
SMS_FIELDS = {"encoding_type", "content_id", "entity_id", "pool_id"}

_GENERAL = "https://developer.vonage.com/api-errors"
_MESSAGES = f"{_GENERAL}/messages"
# Code: status, title, detail.
ERRORS: dict[str | int, tuple[int, str, str]] = {
    "unauthorized": (
        401,
        "You did not provide correct credentials.",
        "Check that you're using the correct credentials, and that your account has this "
        "feature enabled",
    ),
    "low-balance": (
        402,
        "Low balance",
        "This request could not be performed due to your account balance being low.",
    ),
    "forbidden": (
        403,
        "Forbidden",
        "Your account does not have permission to perform this action.",
    ),
    "not-found": (404, "Not Found", "The requested resource does not exist."),
    "method-not-allowed": (405, "Method Not Allowed", "Send a POST."),
    "unsupported-media-type": (415, "Unsupported Media Type", "Send application/json."),
    1000: (
        429,
        "Throttled",
        "You have exceeded the submission capacity allowed on this account. Please wait and retry",
    ),
    1010: (422, "Missing params", "Your request is missing some mandatory parameters."),
    1020: (422, "Invalid params", "The value of one or more parameters is invalid."),
    1030: (500, "Internal error", "There was an error processing your request in the Platform."),
    1040: (422, "Invalid message", "The Platform was unable to process your request."),
    1050: (422, "Number barred", "The number you are trying to submit to is blacklisted."),
    1060: (422, "Partner account barred", "The api_key is of an account that has been barred."),
    1120: (422, "Illegal Sender Address - rejected", "The SenderID was not accepted."),
    1130: (422, "Invalid TTL", "The value of ttl is invalid."),
}


class Vonage(VonageSms, Simulator):
    """One account: an API key with a secret, and an application with a private key."""

    name = "vonage"
    codes = ERRORS.keys() | SMS_ANSWERS.keys()

    def __init__(
        self,
        api_key: str = "abcd1234",
        api_secret: str = "abcdef0123456789",
        application_id: str = "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab",
        signature_secret: str = "a signature secret of an account",
    ) -> None:
        super().__init__()
        self.api_key = api_key
        self.api_secret = api_secret
        self.application_id = application_id
        self.signature_secret = signature_secret
        self._numbers = itertools.count(1)

    @cached_property
    def _application_key(self) -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)

    @property
    def private_key(self) -> str:
        """Return the application's private key, which the sender signs tokens with."""
        return self._application_key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()

    # --- The days ---

    def answer_rate_limited(self, request: Request, _retry_after: float) -> Answer:
        return self.answer_rejected(request, "1" if request.path == SMS_PATH else 1000)

    def answer_unauthorised(self, request: Request) -> Answer:
        return self.answer_rejected(request, "4" if request.path == SMS_PATH else "unauthorized")

    def answer_rejected(self, _request: Request, code: str | int) -> Answer:
        return self.sms_error(str(code)) if code in SMS_ANSWERS else _error(code)

    # --- A request ---

    def respond(self, request: Request) -> Answer:
        if request.path == SMS_PATH:
            return self.respond_sms(request)
        if request.path != PATH or request.query:
            raise _refused("not-found", request.path)
        if request.method != "POST":
            raise _refused("method-not-allowed", request.method)
        if not self._knows(request):
            raise _refused("unauthorized", "neither the account's key nor a valid token")
        if request.media_type != JSON:
            raise _refused("unsupported-media-type", request.media_type)
        body = _object(request)
        problems = list(_problems(body))
        if problems:
            raise _invalid(problems)
        return self._take(request, body)

    def _take(self, request: Request, body: dict[str, Any]) -> Answer:
        text = body["text"]
        if body.get("sms", {}).get("encoding_type") == "text":
            text = as_gsm7(text)
        reference = str(uuid.UUID(int=next(self._numbers)))
        self.keep(request, f"+{body['to']}", text, body, reference)
        return Answer.json(202, {"message_uuid": reference})

    def _knows(self, request: Request) -> bool:
        header = request.headers.get("Authorization")
        if token := bearer(header):
            return self._token_holds(token, request.at)
        return basic(header) == (self.api_key, self.api_secret)

    def _token_holds(self, token: str, now: float) -> bool:
        """Tell whether a token is the application's, signed with RS256 and still good."""
        key = RSAKey.import_key(self._application_key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        ))  # fmt: skip
        try:
            claims = jwt.decode(token, key, algorithms=["RS256"]).claims
        except (JoseError, ValueError):
            return False
        issued, ends = claims.get("iat"), claims.get("exp")
        if not isinstance(issued, (int, float)) or not claims.get("jti"):
            return False
        if ends is None:
            ends = issued + 15 * 60
        if not isinstance(ends, (int, float)) or ends - issued > LONGEST_TOKEN_S:
            return False
        own = claims.get("application_id") == self.application_id
        return own and issued <= now + 60 and now < ends


def _error(code: str | int, **more: object) -> Answer:
    status, title, detail = ERRORS[code]
    kind = f"{_MESSAGES}#{code}" if isinstance(code, int) else f"{_GENERAL}#{code}"
    instance = uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {time.time()}").hex
    return Answer.json(
        status, {"type": kind, "title": title, "detail": detail, "instance": instance, **more}
    )


def _refused(code: str | int, detail: str) -> Refused:
    return Refused(_error(code), (code, detail))


def _invalid(problems: list[tuple[int, str, str]]) -> Refused:
    """Refuse with the first code and all names, as the answer has one type and many names."""
    names = [{"name": name, "reason": reason} for _, name, reason in problems]
    faults = [(code, f"{name}: {reason}") for code, name, reason in problems]
    return Refused(_error(problems[0][0], invalid_parameters=names), *faults)


def _object(request: Request) -> dict[str, Any]:
    try:
        body = request.json()
    except ValueError as error:
        raise _invalid([(1020, "body", f"is no JSON: {error}")]) from error
    if not isinstance(body, dict):
        raise _invalid([(1020, "body", "is no object")])
    return body


def _problems(body: dict[str, Any]) -> Any:
    """Yield code, name and reason of all that is wrong with a message."""
    for name in body.keys() - FIELDS.keys():
        yield 1020, name, "unknown parameter"
    for name in REQUIRED:
        if body.get(name) in (None, ""):
            yield 1010, name, "is required"
    for name, kind in FIELDS.items():
        if body.get(name) is not None and type(body[name]) is not kind:
            yield 1020, name, f"is no {kind.__name__}"
            return
    yield from _wrong_values(body)


def _wrong_values(body: dict[str, Any]) -> Any:
    to, sender = body.get("to") or "447700900000", body.get("from") or "x"
    if not (to.isascii() and to.isdigit() and 7 <= len(to) <= 15 and to[0] != "0"):
        yield 1020, "to", "must be 7 to 15 digits, without + or 00"
    if sender.startswith(("+", "00")):
        yield 1120, "from", "must not begin with + or 00"
    elif len(sender) > (15 if sender.isdigit() else 11):
        yield 1120, "from", "is too long"
    if len(body.get("text") or "") > TEXT_LIMIT:
        yield 1020, "text", f"is longer than {TEXT_LIMIT} characters"
    if body.get("channel") not in CHANNELS | {None, ""}:
        yield 1020, "channel", "is no channel"
    elif body.get("channel") not in {"sms", None, ""}:
        yield 1020, "channel", "is not enabled for this account"
    if body.get("message_type") not in {"text", None, ""}:
        yield 1020, "message_type", "must be text for sms"
    if len(body.get("client_ref") or "") > REFERENCE_LIMIT:
        yield 1020, "client_ref", f"is longer than {REFERENCE_LIMIT} characters"
    if body.get("ttl") is not None and not 20 <= body["ttl"] <= 604800:
        yield 1130, "ttl", "must be between 20 and 604800 seconds"
    yield from _wrong_options(body)


def _wrong_options(body: dict[str, Any]) -> Any:
    if body.get("webhook_version") not in {"v0.1", "v1", None}:
        yield 1020, "webhook_version", "must be v0.1 or v1"
    address = body.get("webhook_url")
    if address is not None and urlsplit(address).scheme not in {"http", "https"}:
        yield 1020, "webhook_url", "is no URL"
    options = body.get("sms") or {}
    for name in options.keys() - SMS_FIELDS:
        yield 1020, f"sms.{name}", "unknown parameter"
    if options.get("encoding_type") not in {"text", "unicode", "auto", None}:
        yield 1020, "sms.encoding_type", "must be text, unicode or auto"
