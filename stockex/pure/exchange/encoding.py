"""In which encoding a text is written."""

import codecs
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from .errors import Refused

CHUNK_BYTES = 1 << 16
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "iso-8859-1",
    "iso-8859-15",
    "mac_roman",
    "cp850",
    "cp437",
    "cp1250",
    "cp1256",
)
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LOWER = frozenset("àâäçéèêëîïôöùûüÿœæáíóúñß")
UPPER = frozenset("ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆÑ")
SIGNS = frozenset("’‘“”«»–—…€°²³µ½¼¾×®™·\u00a0")
# Of a text, this share of control characters is more than a slip of the pen.
CONTROL_SHARE = 0.02
CONTROLS = frozenset(map(chr, range(1, 32))) - set("\t\n\r\v\f\x1a")


def find_encoding(file: BinaryIO, forced: str = "") -> str:
    """Tell how a text is encoded, reading all of it.

    ISO 8859-15 is never guessed where cp1252 could be meant: the same byte is œ in
    one and ½ in the other, and Excel writes the latter.

    :param file: seekable; its position afterwards is undefined.
    :param forced: one of `ENCODINGS`, or "" to find out.
    :raise Refused: ``bad_encoding``, ``nul_bytes``, ``not_a_table``.
    """
    if forced:
        return _check_forced(file, forced)
    file.seek(0)
    start = file.read(4096)
    encoding = _by_mark(start) or _without_mark(start)
    if not encoding and _decodes(file, "utf-8"):
        encoding = "utf-8"
    encoding = encoding or _single_byte(file)
    _check_text(file, encoding)
    return encoding


def _check_forced(file: BinaryIO, forced: str) -> str:
    try:
        known = {codecs.lookup(name).name: name for name in ENCODINGS}
        encoding = known[codecs.lookup(forced).name]
    except (LookupError, ValueError) as error:
        raise Refused("bad_encoding", encoding=forced) from error
    file.seek(0)
    start = file.read(4)
    if encoding == "utf-8" and start.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    if encoding.startswith("utf-16") and _by_mark(start) == "utf-16":
        encoding = "utf-16"
    _check_text(file, encoding)
    return encoding


def _by_mark(start: bytes) -> str:
    return next((name for mark, name in BYTE_ORDER_MARKS if start.startswith(mark)), "")


def _without_mark(start: bytes) -> str:
    """Know UTF-16 by the zero byte that each Latin letter, digit and separator has."""
    if len(start) < 4:
        return ""
    even, odd = start[::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 and odd < half * 0.05 else ""


def _single_byte(file: BinaryIO) -> str:
    counts: Counter[int] = Counter()
    for chunk in _chunks(file):
        counts.update(chunk)
    high = {code: count for code, count in counts.items() if code >= 0x80}
    scores = {name: _score(high, name) for name in ("cp1252", "mac_roman", "iso-8859-15")}
    # Of equals the first wins.
    return max(scores, key=lambda name: scores[name])


def _score(high: dict[int, int], encoding: str) -> float:
    """Weigh how much the letters of a reading look like a Western European text."""
    total = 0.0
    for code, count in high.items():
        try:
            letter = bytes([code]).decode(encoding)
        except UnicodeDecodeError:
            return float("-inf")
        worth = 3.0 if letter in LOWER else 1.0 if letter in UPPER or letter in SIGNS else -1.0
        total += count * (-5.0 if "\x80" <= letter <= "\x9f" else worth)
    return total


def _decodes(file: BinaryIO, encoding: str) -> bool:
    try:
        for _text in _texts(file, encoding):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _check_text(file: BinaryIO, encoding: str) -> None:
    length = controls = zeros = 0
    try:
        for text in _texts(file, encoding):
            length += len(text)
            zeros += text.count("\0")
            controls += sum(text.count(sign) for sign in CONTROLS)
    except UnicodeDecodeError as error:
        raise Refused("bad_encoding", encoding=encoding, byte=error.start) from error
    if controls > length * CONTROL_SHARE:
        raise Refused("not_a_table")
    if zeros:
        raise Refused("nul_bytes")


def _texts(file: BinaryIO, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    for chunk in _chunks(file):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK_BYTES):
        yield chunk
