"""Messages to a browser that subscribed, shown also when its screen is off.

Web Push: https://www.rfc-editor.org/rfc/rfc8030 (the request), 8188 and 8291 (the encryption
of its content), 8292 (VAPID: who sends).
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from ..pure.notify.shorten import shorten
from ..pure.transport.outcome import Kind, Outcome, classify
from ..pure.transport.request import Answer, Request
from .base import Address, AddressFault, Credential, Message, Notifier, Trouble, _lt, is_https

CURVE = ec.SECP256R1()
# https://neuromancer.sk/std/nist/P-256
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
SALT_SIZE, SEED_SIZE = 16, 48
# RFC 8291, 4: a push service need not take more than 4096 bytes; 86 are the header, 17 the
# delimiter and the seal.
RECORD = 4096
LONGEST = RECORD - 86 - 17
TITLE, LINK = 120, 1500
# News of a count is stale after a day; RFC 8292, 2 allows a token no longer life either.
LIFE = timedelta(hours=24)
SIGNED_FOR = timedelta(hours=12)
# RFC 8030, 5.3: a phone that saves its battery is woken for “high”.
URGENCY = {"info": "normal", "warning": "high", "critical": "high"}
GONE = frozenset({404, 410})


@dataclass(frozen=True)
class Subscription:
    """What a browser gives whoever may push to it: `PushSubscription.toJSON()`.

    :ivar public: its point on P-256, uncompressed.
    :ivar auth: 16 bytes that only it and its senders know.
    """

    endpoint: str
    public: bytes
    auth: bytes

    @classmethod
    def parsed(cls, text: str) -> "Subscription":
        """Read one.

        :raise AddressFault: if it is none.
        """
        try:
            found = json.loads(text)
            endpoint, keys = str(found["endpoint"]), found["keys"]
            public, auth = unpadded(str(keys["p256dh"])), unpadded(str(keys["auth"]))
            ec.EllipticCurvePublicKey.from_encoded_point(CURVE, public)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise AddressFault("subscription") from error
        if len(public) != 65 or len(auth) != 16 or not endpoint.isascii():
            raise AddressFault("subscription")
        return cls(endpoint, public, auth)

    def written(self) -> str:
        """Write it as `parsed` reads it, the same for all writings of one."""
        keys = {"auth": padless(self.auth), "p256dh": padless(self.public)}
        return json.dumps({"endpoint": self.endpoint, "keys": keys}, separators=(",", ":"))

    @property
    def origin(self) -> str:
        """Return the push service's own part of the address."""
        parts = urlsplit(self.endpoint)
        return f"{parts.scheme}://{parts.netloc}".lower()


class WebPush(Notifier):
    """Web Push with VAPID: https://www.rfc-editor.org/rfc/rfc8030."""

    code = "web_push"
    label = _lt("Handheld (push)")
    limit = LONGEST  # bytes of JSON, title and link among them
    entropy_size = SALT_SIZE + SEED_SIZE
    documentation = "https://developer.mozilla.org/docs/Web/API/Push_API"
    address = Address(
        _lt("Handheld"),
        help=_lt("In the handheld's settings, each user switches “Notify this device” on."),
        found="handheld",
    )
    credentials = (
        Credential("private_key", _lt("Signing key"), secret=True, supplied=True),
        Credential("subject", _lt("Whom push services may write to"), supplied=True),
    )
    steps = (
        _lt("Give the company an e-mail address: push services write there if something is wrong."),
        _lt("On each handheld, open Settings and switch “Notify this device” on."),
        _lt("On an iPhone or iPad, first add the application to the home screen, then open it."),
    )

    def clean_address(self, text: str) -> str:
        """Return a subscription in one form.

        :raise AddressFault:
        """
        subscription = Subscription.parsed(super().clean_address(text))
        if not is_https(subscription.endpoint.replace("http://", "https://", 1)):
            raise AddressFault("endpoint")
        return subscription.written()

    def send(self, message: Message, credentials: Mapping[str, str]) -> Request:
        """Post the message so that only the browser can read it."""
        subscription = Subscription.parsed(message.recipient)
        written = message.written_at or message.sent_at
        left = max(LIFE - (message.sent_at - written), timedelta(0))
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Encoding": "aes128gcm",
            "TTL": str(int(left.total_seconds())),
            "Urgency": URGENCY[message.severity],
            "Authorization": _signed(subscription, credentials, message.sent_at),
        }
        if message.topic:
            headers["Topic"] = topic(message.topic)
        body = encrypted(content(message), subscription, message.entropy)
        return Request("POST", subscription.endpoint, headers=headers, body=body)

    # pylint: disable-next=method-required-super
    def read(self, answer: Answer, now: datetime) -> Outcome:
        """Read the status alone; a subscription that is over (404, 410) says so."""
        outcome = classify(answer, now)
        if answer.status in GONE:
            return Outcome(Kind.REJECTED, outcome.message, hint=Trouble.ADDRESS)
        if outcome.kind == Kind.DONE:
            return Outcome(Kind.DONE, reference=answer.headers.get("location", "")[-160:])
        return outcome


def content(message: Message) -> bytes:
    """Return what the browser shows, cut so that every push service takes it."""
    shown = {
        "title": shorten(message.subject, TITLE),
        "url": message.url if len(message.url) <= LINK else "",
        "tag": topic(message.topic or message.key),
        "urgent": message.severity == "critical",
    }
    room = LONGEST - len(_json({**shown, "text": ""}))
    text = shorten(message.text, room, lambda part: len(_json(part)) - 2)
    return _json({**shown, "text": text})


def encrypted(plain: bytes, subscription: Subscription, entropy: bytes) -> bytes:
    """Encrypt content for one browser, RFC 8291.

    :param entropy: a salt and the seed of a key for this message alone.
    :raise ValueError: if there is too little of it.
    """
    if len(entropy) != SALT_SIZE + SEED_SIZE:
        raise ValueError(f"{len(entropy)} random bytes")
    seed = int.from_bytes(entropy[SALT_SIZE:])
    # FIPS 186-5, A.2.1: 128 bits more than the key has leave no bias.
    key = ec.derive_private_key(seed % (ORDER - 1) + 1, CURVE)
    return sealed(plain, subscription, entropy[:SALT_SIZE], key)


def sealed(
    plain: bytes, subscription: Subscription, salt: bytes, key: ec.EllipticCurvePrivateKey
) -> bytes:
    """Encrypt with a given salt and key, as RFC 8291's own example does."""
    result: bytes = http_ece.encrypt(
        plain,
        salt=salt,
        private_key=key,
        dh=subscription.public,
        auth_secret=subscription.auth,
        rs=RECORD,
        version="aes128gcm",
    )
    return result


def public_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the point of a key, uncompressed."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def public_key(private: str) -> str:
    """Return the public half of a signing key, as browsers want it.

    :param private: 32 bytes in URL-safe base64.
    """
    return padless(public_of(ec.derive_private_key(int.from_bytes(unpadded(private)), CURVE)))


def new_private_key(entropy: bytes) -> str:
    """Return a signing key made of random bytes, `SEED_SIZE` of them."""
    return padless((int.from_bytes(entropy) % (ORDER - 1) + 1).to_bytes(32))


def subject(email: str, site: str) -> str:
    """Return whom push services may write to, RFC 8292, 2.1; empty if nothing is usable.

    :param email: one address, without a name.
    """
    if re.fullmatch(r"[^@\s]+@[\w-]+(\.[\w-]+)+", email):
        return f"mailto:{email}"
    host = urlsplit(site).hostname if is_https(site) else None
    return f"https://{host}" if host and re.fullmatch(r"[\w-]+(\.[\w-]+)+", host) else ""


def topic(text: str) -> str:
    """Return a topic: 32 signs of URL-safe base64, RFC 8030, 5.4."""
    return padless(hashlib.sha256(text.encode()).digest())[:32]


def _signed(subscription: Subscription, credentials: Mapping[str, str], now: datetime) -> str:
    claims = {
        "aud": subscription.origin,
        "exp": int((now + SIGNED_FOR).timestamp()),
        "sub": credentials["subject"],
    }
    signer = Vapid02.from_raw(credentials["private_key"].encode())
    return str(signer.sign(claims)["Authorization"])


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def padless(data: bytes) -> str:
    """Write bytes in URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unpadded(text: str) -> bytes:
    """Read URL-safe base64 without padding.

    :raise ValueError:
    """
    plain = text.rstrip("=")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("no base64") from error
