"""Signatures of Standard Webhooks 1.0.0, https://www.standardwebhooks.com."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable

PREFIX = "whsec_"
VERSION = "v1"
KEY_BYTES = 32


def secret_of(key: bytes) -> str:
    """Write a key as receivers enter it.

    :param key: 24 to 64 random bytes.
    :raise ValueError: if it is shorter or longer.
    """
    if not 24 <= len(key) <= 64:
        raise ValueError("a key has 24 to 64 bytes")
    return PREFIX + base64.b64encode(key).decode()


def key_of(secret: str) -> bytes:
    """Return the key that a secret stands for.

    :raise ValueError: if it is no secret of a webhook.
    """
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("not in base64") from error
    if not secret.startswith(PREFIX) or not 24 <= len(key) <= 64:
        raise ValueError("not the secret of a webhook")
    return key


def sign(secrets: Iterable[str], message_id: str, timestamp: int, body: bytes) -> str:
    """Return the header `webhook-signature`: one signature a secret, in their order.

    :param timestamp: seconds since 1970.
    """
    signed = f"{message_id}.{timestamp}.".encode() + body
    return " ".join(f"{VERSION},{_signature(key_of(secret), signed)}" for secret in secrets)


def _signature(key: bytes, signed: bytes) -> str:
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
