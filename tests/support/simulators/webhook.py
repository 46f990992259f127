"""A receiver of Standard Webhooks: one endpoint of somebody else's program.

Contract: https://www.standardwebhooks.com, specification 1.0.0
(github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md). The signature is
verified by the specification's own Python library (PyPI `standardwebhooks`).

The identifier is the idempotency key: a message that comes again is acknowledged and not taken on
twice (`repeats`). The specification only recommends the payload's form, its size and the content
type JSON: there, what is otherwise is a remark. Not simulated: asymmetric signatures (`v1a`; they
are passed over), HTTPS.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime
from math import ceil
from typing import Any

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from .base import Simulator
from .message import JSON, Answer, Refused, Request

TOLERANCE_S = 300
RENEWED_S = 2  # two attempts this far apart cannot carry one timestamp
SIZE_RECOMMENDED = 20_000
SIGNATURE = re.compile(r"v1,[A-Za-z0-9+/]{43}=|v1a,[A-Za-z0-9+/]{86}==")
TYPE = re.compile(r"[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*")
HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")


class WebhookReceiver(Simulator):
    """One endpoint with one secret, or two while the secret is being changed.

    :param clock: what time it is for this receiver, if the test lives in another time.
    :ivar repeats: identifiers that came again after they had been acknowledged.
    """

    name = "webhook"
    codes = (400, 401, 403, 404, 409, 410, 413, 422, 500, 501, 502, 503, 504)

    def __init__(
        self,
        secret: str = "whsec_" + base64.b64encode(bytes(range(24))).decode(),
        path: str = "/hooks/stock",
        clock: Callable[[], float] | None = None,
    ) -> None:
        super().__init__()
        self.secrets = [secret]
        self.hook_path = path
        self.clock = clock
        self.repeats: list[str] = []
        self._seen: dict[str, bytes] = {}
        self._attempts: dict[str, tuple[float, str, bytes]] = {}
        self._gone_at: float | None = None

    def rotate(self, secret: str, *, keep_old: bool = False) -> None:
        """Change the secret; one that keeps the old one takes either signature."""
        self.secrets = [secret, *(self.secrets if keep_old else ())]

    # --- The days ---

    def redirect(self, location: str = "", times: int | None = None) -> None:
        """Answer 307; who follows is found out."""
        self._set("redirect", location, times)

    def flood(self, size: int = 10 * 2**20, times: int | None = None) -> None:
        """Acknowledge with an answer of so many bytes."""
        self._set("flood", size, times)

    def _day_redirect(self, _request: Request, location: str) -> Answer:
        return Answer(307, headers={"Location": location or f"{self.url}/followed"})

    def _day_flood(self, request: Request, size: int) -> Answer:
        answer = self.minded(request)
        return Answer(answer.status, b"x" * size, "text/plain")

    def answer_down(self, _request: Request) -> Answer:
        return Answer.text(503, "Service Unavailable", "text/plain")

    def answer_rate_limited(self, _request: Request, retry_after: float) -> Answer:
        headers = {"Retry-After": str(ceil(retry_after))}
        return Answer(429, b"Too Many Requests", "text/plain", headers)

    def answer_unauthorised(self, _request: Request) -> Answer:
        return _error(401, "signature")

    def answer_rejected(self, request: Request, code: str | int) -> Answer:
        if code == 410 and self._gone_at is None:
            self._gone_at = request.at
        return _error(int(code), "refused")

    # --- A request ---

    def observe(self, request: Request) -> None:
        """Compare each attempt with the one before it, and with the end of the endpoint."""
        if self._gone_at is not None and request.at > self._gone_at + RENEWED_S:
            self.blame(request, ("after_410", "the endpoint was gone"))
        if request.path == "/followed":
            self.blame(request, ("redirect", "a redirect was followed"))
        name = request.headers.get("webhook-id") or ""
        stamp = request.headers.get("webhook-timestamp") or ""
        digest = hashlib.sha256(request.body).digest()
        earlier = self._attempts.get(name)
        self._attempts[name] = (request.at, stamp, digest)
        if not name or not earlier:
            return
        if digest != earlier[2]:
            self.blame(request, ("changed", f"{name} comes again with another body"))
        elif stamp == earlier[1] and request.at - earlier[0] > RENEWED_S:
            self.blame(request, ("timestamp", f"{name} comes again with an old timestamp"))

    def normal(self) -> None:
        self._gone_at = None
        super().normal()

    def respond(self, request: Request) -> Answer:
        if request.path != self.hook_path:
            raise _refused(404, "path", request.path)
        if request.method != "POST":
            raise _refused(405, "method", request.method)
        name = self._check_headers(request)
        if not any(self._verifies(request, secret) for secret in self.secrets):
            raise _refused(401, "signature", "no signature fits a known secret")
        payload = self._payload(request)
        digest = hashlib.sha256(request.body).digest()
        if name not in self._seen:
            self._seen[name] = digest
            self.keep(request, self.hook_path, str(payload.get("type", "")), payload, name)
        elif self._seen[name] == digest:
            self.repeats.append(name)
        else:
            return _error(409, "changed")
        return Answer.json(200, {"received": True})

    def _check_headers(self, request: Request) -> str:
        """Return the identifier; check the form of what the signature stands on."""
        for header in HEADERS:
            if len(request.headers.get_all(header) or ()) != 1:
                raise _refused(400, "headers", f"{header} must be there once")
        name, stamp, signatures = (str(request.headers[header]) for header in HEADERS)
        if not re.fullmatch(r"[!-\-/-~]{1,255}", name):
            raise _refused(400, "id", f"{name!r} must be printable and without a full stop")
        if not re.fullmatch(r"[1-9][0-9]{0,11}", stamp):
            raise _refused(400, "timestamp", f"{stamp!r} is no integer of seconds")
        for part in signatures.split(" "):
            if not SIGNATURE.fullmatch(part):
                raise _refused(400, "signature", f"{part!r} is not of the form v1,base64")
        return name

    def _verifies(self, request: Request, secret: str) -> bool:
        if self.clock:
            return self._verifies_then(request, secret, self.clock())
        headers = {header: str(request.headers[header]) for header in HEADERS}
        try:
            Webhook(secret).verify(request.body, headers, json_parse=False)
        except (WebhookVerificationError, UnicodeDecodeError, binascii.Error):
            return False
        return True

    def _verifies_then(self, request: Request, secret: str, now: float) -> bool:
        """Verify in another time: the library knows the present only."""
        stamp = int(request.headers["webhook-timestamp"])
        try:
            text = request.body.decode()
        except UnicodeDecodeError:
            return False
        moment = datetime.fromtimestamp(stamp, UTC)
        right = Webhook(secret).sign(str(request.headers["webhook-id"]), moment, text)
        given = str(request.headers["webhook-signature"]).split(" ")
        return right in given and abs(stamp - now) <= TOLERANCE_S

    def _payload(self, request: Request) -> dict[str, Any]:
        """Return the payload, with remarks on what the specification recommends."""
        if request.media_type != JSON:
            self.remark(f"Content-Type {request.media_type!r} is not {JSON}")
        if len(request.body) > SIZE_RECOMMENDED:
            self.remark(f"{len(request.body)} bytes; less than {SIZE_RECOMMENDED} is recommended")
        try:
            payload = request.json()
        except ValueError as error:
            raise _refused(422, "payload", f"no JSON: {error}") from error
        if not isinstance(payload, dict):
            raise _refused(422, "payload", "no object")
        kind = payload.get("type")
        if not isinstance(kind, str) or not TYPE.fullmatch(kind):
            self.remark(f"type {kind!r} is not of the form noun.verb")
        if not _is_time(payload.get("timestamp")):
            self.remark(f"timestamp {payload.get('timestamp')!r} is no ISO 8601 with a zone")
        if "data" not in payload:
            self.remark("there is no data")
        return payload


def _is_time(value: Any) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


def _error(status: int, code: str) -> Answer:
    return Answer.json(status, {"error": code})


def _refused(status: int, code: str, detail: str) -> Refused:
    return Refused(_error(status, code), (code, detail))
