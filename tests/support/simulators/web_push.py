"""A push service with the browsers that subscribed at it.

Contract: RFC 8030 (the request), RFC 8188 and 8291 (the encryption), RFC 8292 (VAPID).

The browser's part is here too: its keys open what came. A browser may be asleep: what comes then
waits, is replaced by what comes later under its topic, and is gone when its time to live is over.
Not simulated: receipts (`Prefer: respond-async`), HTTP/2 and HTTPS, subscriptions without a key of
the sender.
"""

import base64
import binascii
import json
import re
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from .base import Simulator
from .message import Answer, Refused, Request
from .sealed import P256, encode, point_of, unsealed

MOST = 4096
DAY_S = 24 * 3600
URGENCIES = ("very-low", "low", "normal", "high")
TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}")
TOKEN = re.compile(r"vapid\s+(t|k)=([A-Za-z0-9_.-]+)\s*,\s*(t|k)=([A-Za-z0-9_.-]+)", re.IGNORECASE)
SUBJECT = re.compile(r"mailto:[^@\s]+@[^@\s]+|https://[^\s]+")


@dataclass
class Waiting:
    """A message for a browser that is asleep."""

    topic: str
    until: float
    text: str
    request: Request
    reference: str


@dataclass
class Subscriber:
    """A browser that subscribed: what it gave away, and what only it knows.

    :ivar server_key: the public key for which it subscribed.
    """

    path: str
    server_key: bytes
    key: ec.EllipticCurvePrivateKey
    auth: bytes
    is_asleep: bool = False
    is_gone: bool = False
    waiting: list[Waiting] = field(default_factory=list)
    seen: set[bytes] = field(default_factory=set)

    @property
    def public(self) -> bytes:
        return point_of(self.key)


class PushService(Simulator):
    """One maker's push service.

    :param clock: what time it is for it.
    :param origin: where its browsers say it is, if a test sends to it by another way.
    """

    name = "web_push"
    codes = (400, 403, 404, 410, 413, 500)

    def __init__(self, clock: Callable[[], float] = time.time, origin: str = "") -> None:
        super().__init__()
        self.clock = clock
        self._origin = origin
        self.browsers: dict[str, Subscriber] = {}

    @property
    def origin(self) -> str:
        return self._origin or self.url

    def subscribe(self, server_key: bytes, number: int = 1) -> Subscriber:
        """Have a browser subscribe for messages that this key signs."""
        one = Subscriber(
            f"/push/{number}", server_key, ec.generate_private_key(P256), number.to_bytes(16)
        )
        self.browsers[one.path] = one
        return one

    def given(self, one: Subscriber) -> dict[str, Any]:
        """Return what the browser gives to its page: `PushSubscription.toJSON()`."""
        keys = {"p256dh": encode(one.public), "auth": encode(one.auth)}
        endpoint = f"{self.origin}{one.path}"
        return {"endpoint": endpoint, "expirationTime": None, "keys": keys}

    def wake(self, one: Subscriber) -> None:
        """Have a browser come back: what waited and still lives is delivered."""
        one.is_asleep = False
        for held in one.waiting:
            if held.until >= self.clock():
                self._deliver(held.request, one, held.text, held.reference)
        one.waiting = []

    # --- The days ---

    def answer_rate_limited(self, _request: Request, retry_after: float) -> Answer:
        return Answer(429, b"", headers={"Retry-After": str(int(retry_after))})

    def answer_unauthorised(self, _request: Request) -> Answer:
        return Answer(401, b"", headers={"WWW-Authenticate": "vapid"})

    def answer_rejected(self, _request: Request, code: str | int) -> Answer:
        return Answer.json(int(code), {"code": code, "message": "ordered"})

    # --- A request ---

    def respond(self, request: Request) -> Answer:
        one = self.browsers.get(request.path)
        if one is None:
            _refuse(404, "path", request.path)
        if one.is_gone:
            # That a subscription is over is nobody's fault.
            return Answer(410)
        if request.method != "POST":
            _refuse(405, "method", request.method)
        life, topic = _check_headers(request)
        self._check_sender(request, one)
        text = self._open(request, one)
        reference = f"{self.origin}/message/{len(self.requests) + 1}"
        self._take(request, one, Waiting(topic, self.clock() + life, text, request, reference))
        return Answer(201, b"", headers={"Location": reference})

    def _take(self, request: Request, one: Subscriber, message: Waiting) -> None:
        if not one.is_asleep:
            self._deliver(request, one, message.text, message.reference)
        elif message.until > self.clock():
            # RFC 8030, 5.4: a newer message takes the place of the one with its topic.
            kept = [held for held in one.waiting if not held.topic or held.topic != message.topic]
            one.waiting = [*kept, message]

    def _deliver(self, request: Request, one: Subscriber, text: str, reference: str) -> None:
        data = json.loads(text)
        self.keep(request, one.path, str(data.get("title", "")), data, reference)

    # --- Who sends ---

    def _check_sender(self, request: Request, one: Subscriber) -> None:
        found = TOKEN.fullmatch(_single(request, "Authorization", 401))
        if not found or found[1] == found[3]:
            _refuse(401, "authorization", "is not of the form vapid t=…, k=…")
        parts = {found[1]: found[2], found[3]: found[4]}
        key = _decoded(parts["k"], "key")
        if key != one.server_key:
            _refuse(403, "key", "another key than the one that the browser subscribed for")
        claims = _verified(parts["t"], key)
        self._check_claims(claims)

    def _check_claims(self, claims: dict[str, Any]) -> None:
        if claims.get("aud") != self.origin:
            _refuse(403, "aud", f"{claims.get('aud')!r} is not {self.origin}")
        expires, now = claims.get("exp"), self.clock()
        if isinstance(expires, bool) or not isinstance(expires, int):
            _refuse(403, "exp", f"{expires!r} is no time")
        if not now < expires <= now + DAY_S:
            _refuse(403, "exp", f"{expires - now:.0f} s from now, not 0 to 24 hours")
        if not SUBJECT.fullmatch(str(claims.get("sub", ""))):
            _refuse(403, "sub", f"{claims.get('sub')!r} is no mailto: or https: address")

    # --- What it says ---

    def _open(self, request: Request, one: Subscriber) -> str:
        """Decrypt a body with the browser's keys."""
        body = request.body
        if len(body) > MOST:
            _refuse(413, "size", f"{len(body)} bytes, {MOST} at most")
        if len(body) < 86 + 17 or body[20] != 65:
            _refuse(400, "body", "no header of 86 bytes with the sender's point")
        salt, (size,), point = body[:16], struct.unpack("!L", body[16:20]), body[21:86]
        if size < 18 or len(body) - 86 > size:
            _refuse(400, "record", f"{len(body) - 86} bytes are not one record of {size}")
        if salt + point in one.seen:
            # RFC 8291, 3.1 has a sender make both anew; a browser could not tell.
            self.remark("salt and key of an earlier message")
        one.seen.add(salt + point)
        try:
            plain = unsealed(body[86:], salt, point, one.key, one.auth)
        except ValueError:
            _refuse(400, "decrypt", "the browser cannot open it")
        stripped = plain.rstrip(b"\0")
        if not stripped.endswith(b"\x02"):
            _refuse(400, "padding", "the last record ends with 2 and zeros")
        return _text(stripped[:-1])


def _check_headers(request: Request) -> tuple[int, str]:
    """Return time to live and topic."""
    life = _single(request, "TTL", 400)
    if not re.fullmatch(r"[0-9]{1,10}", life):
        _refuse(400, "ttl", f"{life!r} is no number of seconds")
    encoding = _single(request, "Content-Encoding", 415)
    if encoding != "aes128gcm":
        _refuse(415, "encoding", f"{encoding!r} is not aes128gcm")
    urgency = request.headers.get("Urgency", "normal")
    if urgency not in URGENCIES:
        _refuse(400, "urgency", f"{urgency!r} is none of {', '.join(URGENCIES)}")
    topic = request.headers.get("Topic", "")
    if topic and not TOPIC.fullmatch(topic):
        _refuse(400, "topic", f"{topic!r} is not 32 signs of URL-safe base64 at most")
    return int(life), topic


def _verified(token: str, key: bytes) -> dict[str, Any]:
    """Return a token's claims; its signature must be the key's, by ES256."""
    parts = token.split(".")
    if len(parts) != 3:
        _refuse(401, "token", "a JWT has three parts")
    head, claims = (_object(part) for part in parts[:2])
    signature = _decoded(parts[2], "signature")
    if head.get("alg") != "ES256" or len(signature) != 64:
        _refuse(401, "alg", f"{head.get('alg')!r} with {len(signature)} bytes is not ES256")
    numbers = (int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
    try:
        public = ec.EllipticCurvePublicKey.from_encoded_point(P256, key)
        signed = f"{parts[0]}.{parts[1]}".encode()
        public.verify(encode_dss_signature(*numbers), signed, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        _refuse(401, "signature", "does not fit the key")
    return claims


def _text(plain: bytes) -> str:
    try:
        text = plain.decode()
        if not isinstance(json.loads(text), dict):
            raise ValueError("no object")
    except ValueError:
        _refuse(400, "content", "the page's worker reads a JSON object")
    return text


def _single(request: Request, name: str, status: int) -> str:
    found = request.headers.get_all(name) or []
    if len(found) != 1:
        _refuse(status, name.lower(), f"{name} must be there once")
    return str(found[0])


def _object(part: str) -> dict[str, Any]:
    try:
        found = json.loads(_decoded(part, "token"))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        _refuse(401, "token", "a part is no JSON object")
    return found


def _decoded(text: str, what: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        _refuse(401, what, "is no URL-safe base64")


def _refuse(status: int, code: str, detail: str) -> NoReturn:
    raise Refused(Answer.json(status, {"code": status, "error": code}), (code, detail))
