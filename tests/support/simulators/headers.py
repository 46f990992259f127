"""How senders say who they are."""

import base64
import binascii


def basic(header: str | None) -> tuple[str, str] | None:
    """Return the user and password of `Authorization: Basic …`, nothing if it is not that."""
    scheme, _, code = (header or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, colon, password = base64.b64decode(code, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (user, password) if colon else None


def bearer(header: str | None) -> str | None:
    """Return the token of `Authorization: Bearer …`, nothing if it is not that."""
    scheme, _, token = (header or "").partition(" ")
    return token if scheme.lower() == "bearer" and token else None
