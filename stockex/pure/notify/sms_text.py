"""What a text costs as SMS, and how to keep it within a number of them.

Source: 3GPP TS 23.038, 6.2.1 (alphabet and its extension), and TS 23.040, 9.2.3.24.1 (a
text of several messages loses seven septets, or three characters, of each to a header).
"""

from .shorten import shorten

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")
# Septets, and UTF-16 units: alone, and in each of several.
GSM_ALONE, GSM_EACH = 160, 153
UCS_ALONE, UCS_EACH = 70, 67
# Typography that would more than double the price of a text, and what stands for it.
PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚′´`", "'"),
        **dict.fromkeys("“”„«»″", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\t", " "),
        **dict.fromkeys("\u200b\u2060\ufeff\u00ad", ""),
        "…": "...",
        "•": "-",
        "œ": "oe",
        "Œ": "OE",
    }
)


def is_gsm(text: str) -> bool:
    """Tell whether a text needs no more than the GSM alphabet."""
    return all(character in BASIC or character in EXTENDED for character in text)


def segments(text: str) -> int:
    """Count the messages that a text is sent as; 0 for none."""
    if is_gsm(text):
        sizes = [2 if character in EXTENDED else 1 for character in text]
        return _count(sizes, GSM_ALONE, GSM_EACH)
    sizes = [2 if character > "\uffff" else 1 for character in text]
    return _count(sizes, UCS_ALONE, UCS_EACH)


def _count(sizes: list[int], alone: int, each: int) -> int:
    if sum(sizes) <= alone:
        return min(1, len(sizes))
    count, room = 1, each
    for size in sizes:
        if size > room:  # what is two units long is not split over two messages
            count, room = count + 1, each
        room -= size
    return count


def sms_text(subject: str, text: str, url: str, most: int) -> str:
    """Write a message as one text of at most so many SMS; the address stays whole.

    :param most: messages, at least 1.
    """
    said = f"{subject}: {text}" if subject and text else subject or text
    said = (text if subject and text.startswith(subject) else said).strip().translate(PLAIN)
    tail = f" {url}" if url and segments(f"{said[:40]}... {url}") <= most else ""
    return shorten(said, most, lambda part: segments(part + tail), "...") + tail
