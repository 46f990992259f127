"""Where an application may receive its answer."""

from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

LONGEST = 2_000
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def redirect_fault(uri: str) -> str:
    """Say what is wrong with a redirect address; empty if nothing is.

    ``https`` anywhere, ``http`` on the user's own machine, or an application's private
    scheme, which holds a dot (RFC 8252, 7.1): this refuses ``javascript:`` and ``data:``.

    :return: ``malformed``, ``fragment``, ``user``, ``insecure`` or ``scheme``.
    """
    parts = _split(uri)
    if parts is None:
        return "malformed"
    if "#" in uri:
        return "fragment"
    if parts.username is not None or parts.password is not None:
        return "user"
    if parts.scheme in ("https", "http"):
        if not parts.hostname:
            return "malformed"
        return "insecure" if parts.scheme == "http" and parts.hostname not in LOOPBACK else ""
    return "" if "." in parts.scheme and (parts.path or parts.netloc) else "scheme"


def is_registered(uri: str, registered: Sequence[str]) -> bool:
    """Say whether an address is one of those registered, sign for sign.

    A program on the user's machine is given a free port by the system, so the port of a
    numeric loopback address may differ (RFC 8252, 7.3).
    """
    if uri in registered:
        return True
    asked = _loopback(uri)
    return asked is not None and any(asked == _loopback(one) for one in registered)


def _loopback(uri: str) -> tuple[str, str, str] | None:
    """Return what must agree of a numeric loopback address; None for any other."""
    parts = _split(uri)
    if parts is None or parts.scheme != "http" or "@" in parts.netloc or "#" in uri:
        return None
    host = parts.hostname or ""
    return (host, parts.path, parts.query) if host in ("127.0.0.1", "::1") else None


def _split(uri: str) -> SplitResult | None:
    if not 0 < len(uri) <= LONGEST or not uri.isascii() or not uri.isprintable():
        return None
    if any(sign in uri for sign in ' "<>\\^`{|}'):
        return None
    try:
        parts = urlsplit(uri)
        parts.port  # noqa: B018 - raises for a port that is no number
    except ValueError:
        return None
    return parts if parts.scheme else None
