"""Make a text fit where only so much of it is taken."""

import re
import unicodedata
from collections.abc import Callable

ELLIPSIS = "…"
JOINER = "\u200d"
# How far back a cut goes to end with a whole word.
WORD = 24


def shorten(
    text: str, limit: int, measure: Callable[[str], int] = len, ellipsis: str = ELLIPSIS
) -> str:
    """Return the text, or as much of its beginning as fits with an ellipsis.

    A sign that is made of several characters (an accent, a flag, a family) stays whole,
    and so does the last word where that costs little.

    :param limit: what `measure` may say of the result at most; not negative.
    :param measure: the taker's own count of a text, never less for a longer beginning;
        one that escapes first makes room for what the escapes add.
    """
    if measure(text) <= limit:
        return text
    if measure(ellipsis) > limit:
        return ""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle] + ellipsis) <= limit:
            low = middle
        else:
            high = middle - 1
    return text[: _whole_word(text, _whole_sign(text, low))].rstrip() + ellipsis


def utf16(text: str) -> int:
    """Count as JavaScript and many services do: a sign beyond U+FFFF is two."""
    return len(text) + sum(character > "\uffff" for character in text)


def _whole_sign(text: str, cut: int) -> int:
    while 0 < cut < len(text) and (_continues(text[cut]) or text[cut - 1] == JOINER):
        cut -= 1
    if 0 < cut < len(text) and _is_flag(text[cut]):
        before = re.search("[\U0001f1e6-\U0001f1ff]*$", text[:cut])
        # A flag is two letters: an odd number before the cut splits one.
        cut -= len(before.group()) % 2 if before else 0
    return cut


def _continues(character: str) -> bool:
    return (
        bool(unicodedata.combining(character))
        or unicodedata.category(character) in ("Mn", "Me", "Mc")
        or character == JOINER
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
    )


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _whole_word(text: str, cut: int) -> int:
    if cut >= len(text) or text[cut].isspace():
        return cut
    blanks = [match.start() for match in re.finditer(r"\s", text[max(0, cut - WORD) : cut])]
    return max(0, cut - WORD) + blanks[-1] if blanks else cut
