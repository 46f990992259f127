"""What stands in a cell: a text, a code, a number or a date, or why it cannot be one."""

import math
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from .errors import Refused
from .table import CellValue, shorten

# --- Texts ---

MAX_TEXT = 255
# Invisible signs that copying from web pages and right-to-left texts brings along; the
# joiners U+200C and U+200D stay, Arabic and Persian words need them.
INVISIBLE = dict.fromkeys(
    [0xFEFF, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
# Excel keeps 15 digits of a number; the others it has turned to zeros.
MAX_EXACT = 10**15
ROUNDED = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE]\+[0-9]+")


def parse_text(value: CellValue, *, limit: int = MAX_TEXT) -> str:
    """Take a cell as one line of text: spaces collapsed, in Unicode's form C.

    :param limit: characters.
    :return: "" if the cell is empty.
    :raise Refused: ``text_too_long``.
    """
    text = _as_text(value)
    if not (text.isascii() and text.isprintable()):  # most are; three times as fast
        text = _cleaned(text)
    text = " ".join(text.split())
    if len(text) > limit:
        raise Refused("text_too_long", length=len(text), limit=limit)
    return text


def parse_code(value: CellValue, *, limit: int = MAX_TEXT) -> str:
    """Take a cell as a code: 123.0, which Excel made of it, is "123" again.

    Leading zeros that Excel dropped cannot be known.

    :raise Refused: ``text_too_long``, ``barcode_rounded`` where digits are lost for good,
        ``code_became_date`` where Excel took "1-2" for a day, ``not_a_code``.
    """
    if isinstance(value, bool):
        raise Refused("not_a_code", value=shorten(value))
    if isinstance(value, int | float) and not abs(value) < MAX_EXACT:
        raise Refused("barcode_rounded", value=shorten(value))
    if value is not None and not isinstance(value, str | int | float):
        raise Refused("code_became_date", value=shorten(value))
    text = parse_text(value, limit=limit)
    if ROUNDED.fullmatch(text):
        raise Refused("barcode_rounded", value=text)
    return text


def _cleaned(text: str) -> str:
    # Cc are control characters, Cs halves of a pair: PostgreSQL refuses some of each.
    return "".join(
        letter
        for letter in unicodedata.normalize("NFC", text.translate(INVISIBLE))
        if letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cs")
    )


def _as_text(value: CellValue) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < MAX_EXACT:
        return str(int(value))
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    return str(value)


# --- Quantities and costs ---

SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u2002\u2003\u2008\u200a"), " ")
SPACES |= {ord("’"): "'", ord("ʼ"): "'", ord("−"): "-"}
NUMBER = re.compile(
    r"(?P<sign>[+-]?) ?"
    r"(?:(?P<grouped>[1-9][0-9]{0,2}(?P<group>[ ',.])[0-9]{3}(?:(?P=group)[0-9]{3})*)"
    r"|(?P<plain>[0-9]*))"
    r"(?:(?P<decimal>[,.])(?P<fraction>[0-9]*))?"
    r"(?P<minus>-?)"  # SAP writes the sign last
)


def parse_quantity(
    value: CellValue, decimal: str = "", *, limit: float, family: str = "quantity"
) -> float:
    """Take a cell as a number that is not negative.

    :param decimal: "," or ".", how this column writes 1.5; it settles what "1,234" is.
        Without it, that is a decimal separator.
    :param limit: the largest number taken.
    :param family: begins the codes, so a cost's are ``cost_missing`` and so on.
    :raise Refused: ``quantity_missing``, ``quantity_not_a_number``,
        ``quantity_negative``, ``quantity_too_large``.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        raise Refused(f"{family}_missing")
    number = _number(value, decimal)
    if math.isnan(number) or (math.isinf(number) and not isinstance(value, str | int)):
        raise Refused(f"{family}_not_a_number", value=shorten(value))
    if number < 0:
        raise Refused(f"{family}_negative", value=shorten(value))
    if number > limit:
        raise Refused(f"{family}_too_large", value=shorten(value), limit=limit)
    return number + 0.0  # -0.0 becomes 0.0


def detect_decimal(samples: Iterable[CellValue], separator: str = "") -> str:
    """Tell how a column writes decimals, by those of its texts that leave no doubt.

    :param separator: of the CSV file. Where it is a comma, decimals are not.
    :return: ",", "." or "" if nothing tells or the texts contradict one another equally.
    """
    votes = {",": 0, ".": 0}
    for sample in samples:
        vote = _vote(sample) if isinstance(sample, str) else ""
        if vote:
            votes[vote] += 1
    if votes[","] == votes["."]:
        return "." if separator == "," and not votes["."] else ""
    return max(votes, key=lambda one: votes[one])


def _number(value: CellValue, decimal: str) -> float:
    if isinstance(value, str):
        return _number_of_text(value, decimal)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return math.nan
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _number_of_text(text: str, decimal: str) -> float:
    match = _match(text)
    if match is None:
        return math.nan
    whole, fraction = match["grouped"] or match["plain"], match["fraction"] or ""
    if _is_doubtful(match) and decimal in ("", match["group"]):
        whole, fraction = whole.split(match["group"])
    digits = re.sub("[^0-9]", "", whole)
    number = float(f"{digits or 0}.{fraction or 0}")
    return -number if "-" in (match["sign"], match["minus"]) else number


def _vote(text: str) -> str:
    match = _match(text)
    if match is None or _is_doubtful(match):
        return ""
    if match["decimal"]:
        return match["decimal"]
    return {",": ".", ".": ","}.get(match["group"] or "", "")


def _match(text: str) -> re.Match[str] | None:
    match = NUMBER.fullmatch(text.translate(SPACES).strip())
    if match is None or not (match["grouped"] or match["plain"] or match["fraction"]):
        return None
    if match["sign"] and match["minus"]:
        return None
    if match["grouped"] and match["group"] == match["decimal"]:
        return None
    return match


def _is_doubtful(match: re.Match[str]) -> bool:
    """Whether a comma or point may part thousands or decimals: "1,234"."""
    return (
        match["group"] in (",", ".")
        and not match["decimal"]
        and match["grouped"].count(match["group"]) == 1
    )


# --- Dates ---

ISO_DATE = re.compile(r"([0-9]{4})([-/.]?)([0-9]{1,2})\2([0-9]{1,2})")
LOCAL_DATE = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
CLOCK = re.compile(r"([0-9]{1,2})[:h]([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?")
ORDERS = ("dmy", "mdy")
YEARS = range(1900, 2200)
# Excel's day 0, as its wrong leap year 1900 makes it for every day since then.
EXCEL_EPOCH = datetime(1899, 12, 30)
# 1954 to 2119: what else a bare number in a column of dates may be is no date.
SERIALS = (20_000, 80_500)


def parse_date(value: CellValue, order: str = "dmy") -> date:
    """Take a cell as a day: "2027-03-31", "31/03/2027", "31.3.27", 46112 or a date.

    :param order: of day and month in a text that begins with one: "dmy" or "mdy".
    :raise Refused: ``date_unreadable``.
    """
    return parse_moment(value, order).date()


def parse_moment(value: CellValue, order: str = "dmy") -> datetime:
    """Take a cell as an instant; a day alone is its midnight.

    :return: in the time zone of whoever wrote the file (no zone is set), or in UTC with
        its zone where the text names its offset.
    :raise Refused: ``date_unreadable``.
    """
    try:
        moment = _moment(value, order)
    except (ValueError, OverflowError) as error:
        raise Refused("date_unreadable", value=shorten(value)) from error
    if moment.year not in YEARS:
        raise Refused("date_unreadable", value=shorten(value))
    return moment


def _moment(value: CellValue, order: str) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, str):
        return _moment_of_text(" ".join(value.split()), order)
    if isinstance(value, int | float) and SERIALS[0] <= value <= SERIALS[1]:
        return EXCEL_EPOCH + timedelta(days=value)
    raise ValueError(value)


def _moment_of_text(text: str, order: str) -> datetime:
    if "T" in text or text.endswith("Z") or re.search(r"[+-][0-9]{2}:[0-9]{2}$", text):
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment
    iso, local = ISO_DATE.match(text), LOCAL_DATE.match(text)
    found = iso or local
    if found is None:
        raise ValueError(text)
    if iso:
        year, month, day = int(iso[1]), int(iso[3]), int(iso[4])
    else:
        year, month, day = _local_day(found, order)
    return datetime(year, month, day, *_clock(text[found.end() :]))


def _local_day(found: re.Match[str], order: str) -> tuple[int, int, int]:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    day, month = (second, first) if order == "mdy" else (first, second)
    # Two digits are this century's: nobody counts what expired in the last.
    return (year + 2000 if year < 100 else year), month, day


def _clock(rest: str) -> tuple[int, int, int]:
    if not rest.strip():
        return 0, 0, 0
    match = CLOCK.fullmatch(rest.strip())
    if match is None or not rest.startswith(" "):
        raise ValueError(rest)
    return int(match[1]), int(match[2]), int(match[3] or 0)
