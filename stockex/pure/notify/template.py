"""Texts with placeholders, filled in without running anything.

A placeholder is `{{ key }}` or `{{ key | format }}`; the key is looked up in a mapping of
plain values and never evaluated. What is filled in is not read again.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape, unescape
from itertools import repeat
from urllib.parse import unquote

# What the record, the company and the reader add to the keys of the payload.
COMMON = {"record": "text", "link": "text", "company": "text", "reader": "text", "time": "time"}
FORMATS = {
    "money": ("number",),
    "number": ("number",),
    "date": ("text", "time"),
    "datetime": ("text", "time"),
}
# In an address, editors write parts of a placeholder as %7B, %20, %7D.
_PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}|%7B%7B(.*?)%7D%7D", re.DOTALL | re.IGNORECASE)
_BRACES = re.compile(r"\{\{|\}\}|%7B%7B|%7D%7D", re.IGNORECASE)


@dataclass(frozen=True)
class Currency:
    """How amounts in a currency are written."""

    symbol: str = ""
    before: bool = False
    digits: int = 2


@dataclass(frozen=True)
class Reader:
    """How one person reads figures and times, as Odoo's languages say it."""

    decimal_point: str = "."
    thousands: str = ","
    groups: tuple[int, ...] = (3, 0)
    date_format: str = "%m/%d/%Y"
    time_format: str = "%H:%M:%S"
    utc_offset: Callable[[datetime], timedelta] = field(default=lambda _moment: timedelta(0))
    yes: str = "yes"
    no: str = "no"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a placeholder.

    :ivar code: `unknown` key, `format` that does not exist, `unfit` format for the key's
        kind, or `open`: braces without their partner.
    """

    code: str
    placeholder: str


def faults(text: str, kinds: Mapping[str, str]) -> list[Fault]:
    """List what is wrong with the placeholders of a text.

    :param kinds: key -> text, number, boolean or time.
    """
    found = [fault for one in _read(text) if (fault := _fault(*one, kinds))]
    if _BRACES.search(_PLACEHOLDER.sub("", text)):
        found.append(Fault("open", ""))
    return found


def render(
    text: str,
    values: Mapping[str, object],
    reader: Reader,
    currency: Currency | None = None,
    *,
    html: bool = False,
) -> str:
    """Fill in a text's placeholders.

    :param values: key -> text, number, boolean, or naive UTC datetime.
    :param html: escape what is filled in; `link` becomes an anchor unless it stands in
        an address already.
    :raise KeyError: for a key that `values` does not have, or an unknown format.
    """

    def fill(match: re.Match[str]) -> str:
        key, layout = _split(match)
        shown = _show(values[key], layout, reader, currency or Currency())
        if not html:
            return shown
        if key == "link" and not _in_tag(text, match.start()):
            label = str(values.get("record") or shown)
            return f'<a href="{escape(shown)}">{escape(label)}</a>'
        return escape(shown)

    return _PLACEHOLDER.sub(fill, text)


def _in_tag(text: str, position: int) -> bool:
    return text.rfind("<", 0, position) > text.rfind(">", 0, position)


def _read(text: str) -> Iterator[tuple[str, str]]:
    return (_split(match) for match in _PLACEHOLDER.finditer(text))


def _split(match: re.Match[str]) -> tuple[str, str]:
    inner = unquote(match[1] if match[1] is not None else match[2])
    key, _bar, layout = unescape(inner).replace("\N{NO-BREAK SPACE}", " ").partition("|")
    return key.strip(), layout.strip()


def _fault(key: str, layout: str, kinds: Mapping[str, str]) -> Fault | None:
    whole = f"{key} | {layout}" if layout else key
    if key not in kinds:
        return Fault("unknown", whole)
    if layout and layout not in FORMATS:
        return Fault("format", whole)
    if layout and kinds[key] not in FORMATS[layout]:
        return Fault("unfit", whole)
    return None


def _show(value: object, layout: str, reader: Reader, currency: Currency) -> str:
    if layout and layout not in FORMATS:
        raise KeyError(layout)
    if isinstance(value, bool):
        return reader.yes if value else reader.no
    if isinstance(value, (int, float)):
        return _money(value, reader, currency) if layout == "money" else _number(value, reader)
    if isinstance(value, datetime):
        return _moment(value, layout or "datetime", reader)
    if layout in ("date", "datetime"):
        return _dated(str(value), layout, reader)
    return "" if value is None or value is False else str(value)


def _money(amount: float, reader: Reader, currency: Currency) -> str:
    figure = grouped(f"{amount:.{currency.digits}f}", reader)
    sides = (currency.symbol, figure) if currency.before else (figure, currency.symbol)
    return "\N{NO-BREAK SPACE}".join(side for side in sides if side)


def _number(number: float, reader: Reader) -> str:
    plain = f"{number:.3f}"
    return grouped(plain.rstrip("0").rstrip("."), reader)


def grouped(plain: str, reader: Reader) -> str:
    """Write a plain decimal figure with a reader's separators; no minus before zero."""
    sign = "-" if plain.startswith("-") and plain.strip("-0.") else ""
    whole, _point, rest = plain.lstrip("-").partition(".")
    parts: list[str] = []
    for size in _sizes(reader.groups):
        if len(whole) <= size:
            break
        parts.insert(0, whole[-size:])
        whole = whole[:-size]
    figure = reader.thousands.join([whole, *parts])
    return sign + figure + (reader.decimal_point + rest if rest else "")


def _sizes(groups: tuple[int, ...]) -> Iterator[int]:
    """Yield group sizes from the right: 0 repeats the one before, -1 ends, as in Odoo."""
    for place, size in enumerate(groups):
        if size > 0:
            yield size
        elif size == 0 and place:
            yield from repeat(groups[place - 1])
        else:
            return


def _dated(text: str, layout: str, reader: Reader) -> str:
    """Write an ISO date or time as its reader does; leave what is neither as it is."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if moment.tzinfo:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    # A day alone is the same day everywhere.
    return (
        moment.strftime(reader.date_format) if len(text) == 10 else _moment(moment, layout, reader)
    )


def _moment(moment: datetime, layout: str, reader: Reader) -> str:
    local = moment + reader.utc_offset(moment)
    pattern = reader.date_format
    if layout == "datetime":
        pattern += f" {reader.time_format}"
    return local.strftime(pattern)
