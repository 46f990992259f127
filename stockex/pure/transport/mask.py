"""Keep secrets out of what is shown and stored of requests and answers."""

import re
from collections.abc import Iterable, Mapping
from json import dumps
from urllib.parse import quote, quote_plus, urlsplit

HIDDEN = "•••"
# Shorter ones would hide ordinary text.
SHORTEST = 4

_TELLING = (
    r"(?:authori[sz]ation|cookie|passw(?:or)?d|passphrase|secret|token|api[-_]?key"
    r"|access[-_]?key|auth[-_]?key|signing[-_]?key|private[-_]?key|credential)"
)
_HEADER = re.compile(rf"{_TELLING}|^x-auth", re.IGNORECASE)
_JSON = re.compile(rf'("[^"]*{_TELLING}[^"]*"\s*:\s*)"(?:[^"\\]|\\.)*"', re.IGNORECASE)
_PAIR = re.compile(rf"((?:^|[?&;\s])[^=&\s]*{_TELLING}[^=&\s]*=)[^&\s]+", re.IGNORECASE)
_REFUSED = re.compile("[\x00\ud800-\udfff]")
_USER = re.compile(r"(\w://)[^/\s@]+@")


def mask_text(text: str, secrets: Iterable[str] = ()) -> str:
    """Hide the given secrets in any encoding, and whatever stands under a telling name."""
    for form in sorted(_forms(secrets), key=len, reverse=True):
        text = text.replace(form, HIDDEN)
    text = _JSON.sub(rf'\1"{HIDDEN}"', text)
    text = _PAIR.sub(rf"\1{HIDDEN}", text)
    return _USER.sub(rf"\1{HIDDEN}@", text)


def storable(text: str) -> str:
    """Replace what a database refuses: NUL, and halves of characters as JSON may hold."""
    return _REFUSED.sub("\ufffd", text)


def mask_headers(headers: Mapping[str, str], secrets: Iterable[str] = ()) -> dict[str, str]:
    """Hide the values of telling headers, and secrets in the others."""
    known = tuple(secrets)
    return {
        name: HIDDEN if _HEADER.search(name) else mask_text(value, known)
        for name, value in headers.items()
    }


def place_of(url: str) -> str:
    """Return scheme, host and port of an address: what may be shown without its secrets."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname}{port}" if parts.hostname else ""


def _forms(secrets: Iterable[str]) -> set[str]:
    """Return the ways in which secrets may be written in a URL, a form or JSON."""
    long = {secret for secret in secrets if len(secret) >= SHORTEST}
    return {
        form
        for secret in long
        for form in (
            secret,
            quote(secret, safe=""),
            quote(secret),
            quote_plus(secret),
            dumps(secret)[1:-1],
            dumps(secret, ensure_ascii=False)[1:-1],
        )
    }
