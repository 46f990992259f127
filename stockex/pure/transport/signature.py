"""Signatures of Standard Webhooks 1.0.0.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence

PREFIX = "whsec_"
# The standard asks for 24 to 64 bytes of key.
SHORTEST, LONGEST = 24, 64
# Of a key that we make.
KEY_BYTES = 32


def secret_of(key: bytes) -> str:
    """Write a key as receivers enter it.

    :raise ValueError: if it is too short or too long.
    """
    if not SHORTEST <= len(key) <= LONGEST:
        raise ValueError(f"a key has {SHORTEST} to {LONGEST} bytes")
    return PREFIX + base64.b64encode(key).decode()


def secret_key(secret: str) -> bytes:
    """Return the key in a secret, with or without its prefix.

    :raise ValueError: if it is no base64, too short or too long; the text names no part
        of it.
    """
    try:
        key = base64.b64decode(secret.strip().removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("the signing secret is no base64") from error
    if not SHORTEST <= len(key) <= LONGEST:
        raise ValueError(f"the signing secret has {len(key)} bytes, not {SHORTEST} to {LONGEST}")
    return key


def signature_headers(
    secrets: Sequence[str], message_id: str, timestamp: int, body: bytes
) -> dict[str, str]:
    """Return the three headers that let the receiver check a body.

    :param secrets: the present one first; during a rotation the one before it as well.
    :param timestamp: now, in seconds since 1970.
    :raise ValueError: for a secret that is none.
    """
    signed = b".".join((message_id.encode(), str(timestamp).encode(), body))
    signatures = [
        base64.b64encode(hmac.new(secret_key(secret), signed, hashlib.sha256).digest()).decode()
        for secret in secrets
    ]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }
