"""What SMS services have in common: numbers and segments (3GPP TS 23.038)."""

import re

E164 = re.compile(r"\+[1-9][0-9]{6,14}")

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = "^{}\\[~]|€\f"


def is_gsm7(text: str) -> bool:
    """Tell whether a text needs no Unicode."""
    return all(sign in _BASIC or sign in _EXTENDED for sign in text)


def segments(text: str, *, unicode: bool = False) -> int:
    """Count the parts that a text is sent in: 160 or 153 septets, 70 or 67 UTF-16 units."""
    if is_gsm7(text) and not unicode:
        units, one, part = sum(1 + (sign in _EXTENDED) for sign in text), 160, 153
    else:
        units, one, part = len(text.encode("utf-16-le")) // 2, 70, 67
    return 1 if units <= one else -(-units // part)


def as_gsm7(text: str) -> str:
    """Return what arrives of a text that is sent without Unicode."""
    return "".join(sign if is_gsm7(sign) else "?" for sign in text)
