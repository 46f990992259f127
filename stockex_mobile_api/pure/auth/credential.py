"""The keys that people make, and what a request may carry instead."""

import base64
import hashlib
import re
from dataclasses import dataclass

KEY_BYTES = 32
PREFIX_LENGTH = 8
_KEY = re.compile(r"sx[kt]_[A-Za-z0-9_-]{43}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Credential:
    """What stands in an Authorization header.

    :ivar kind: ``key``, ``token``, ``none`` or ``malformed``.
    """

    kind: str
    text: str = ""


def key_text(noise: bytes, sandbox: bool) -> str:
    """Write a key.

    :param noise: 32 random bytes.
    """
    assert len(noise) == KEY_BYTES
    body = base64.urlsafe_b64encode(noise).rstrip(b"=").decode()
    return f"{'sxt' if sandbox else 'sxk'}_{body}"


def digest(secret: str) -> str:
    """Return what is stored in place of a key: enough to know it again, not to use it.

    A key is 256 random bits, so nothing is gained by a slow hash, which would cost
    milliseconds a request.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def read_authorization(header: str) -> Credential:
    """Read an Authorization header: a key or an access token, after ``Bearer``."""
    if not header.strip():
        return Credential("none")
    scheme, _space, text = header.strip().partition(" ")
    text = text.strip()
    if scheme.lower() != "bearer" or len(text) > LONGEST:
        return Credential("malformed")
    if _KEY.fullmatch(text):
        return Credential("key", text)
    return Credential("token", text) if _TOKEN.fullmatch(text) else Credential("malformed")
