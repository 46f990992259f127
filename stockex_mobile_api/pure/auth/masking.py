"""Keep secrets out of what is written down."""

import json
import re
from urllib.parse import parse_qsl, urlencode

MASK = "***"
LONGEST_TEXT = 2_000
LONGEST_BODY = 10_000
_NAMES = re.compile(
    r"passw|passphrase|pwd|secret|token|api[_-]?key|authoriz|credential|cookie|session_?id"
    r"|signature|assertion|verifier|private_?key|^pin$|^key$|^otp$|^cvv$|iban|card_?number",
    re.IGNORECASE,
)
# Keys of ours, channels, access tokens, secrets of webhooks, what follows Bearer or Basic.
_VALUES = re.compile(
    r"sx[a-z]_[A-Za-z0-9_-]{20,}|stockex_live:[A-Za-z0-9_-]{20,}|whsec_[A-Za-z0-9+/=_-]{16,}"
    r"|eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*|\b(?:Bearer|Basic)\s+\S+",
    re.IGNORECASE,
)


def mask_query(query: str) -> str:
    """Mask the values of a query string that are secrets by their name or their look."""
    pairs = parse_qsl(storable(query[:LONGEST_BODY]), keep_blank_values=True)
    shown = [(name, MASK if _NAMES.search(name) else mask_text(value)) for name, value in pairs]
    return _clean(urlencode(shown, safe="*:,"), LONGEST_TEXT)


def mask_text(text: str) -> str:
    """Mask what looks like a secret anywhere in a text."""
    return _VALUES.sub(MASK, text)


def mask_body(body: bytes | str) -> str:
    """Mask a request's or an answer's body: JSON by its names, anything else by its look."""
    if isinstance(body, bytes):
        if b"\0" in body[:LONGEST_BODY]:
            return f"({len(body)} bytes)"
        body = body.decode("utf-8", "replace")
    try:
        shown = json.dumps(_mask_value(json.loads(body)), ensure_ascii=False)
    except (ValueError, RecursionError):
        form = re.fullmatch(r"[^\s=&]+=[^\s&]*(&[^\s=&]+=[^\s&]*)*", body)
        shown = mask_query(body) if form else mask_text(body)
    return _clean(shown, LONGEST_BODY)


def _mask_value(value: object) -> object:
    if isinstance(value, dict):
        return {
            name: MASK if _NAMES.search(name) and item else _mask_value(item)
            for name, item in value.items()
        }
    if isinstance(value, list):
        return [_mask_value(item) for item in value]
    return mask_text(value) if isinstance(value, str) else value


def storable(text: str) -> str:
    """Drop what PostgreSQL cannot store: the zero byte, and halves of signs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _clean(text: str, longest: int) -> str:
    text = storable(text)
    return text if len(text) <= longest else text[: longest - 1] + "…"
