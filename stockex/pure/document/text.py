"""Text on paper: the fonts, and lines that fit a width."""

import re
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from .bidi import shape, visual

REGULAR = "StockexSans"
BOLD = "StockexSans-Bold"
# Shipped with the addon, so that a document looks the same on every server.
FONTS = Path(__file__).parents[2] / "static" / "fonts"
FILES = {REGULAR: "DejaVuSans.ttf", BOLD: "DejaVuSans-Bold.ttf"}
# Where a line may end: after a space, or inside "WH/Stock/Rack-A".
PIECES = re.compile(r"[^\s/_-]*[/_-]+|[^\s/_-]+|\s+")
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ufeff]")
ELLIPSIS = "…"


def register_fonts() -> None:
    """Make the fonts known to reportlab, once a process."""
    for name, file in FILES.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(FONTS / file)))


def width_of(text: str, font: str, size: float) -> float:
    """Measure a line in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


@lru_cache(maxsize=20_000)
def lines_of(text: str, font: str, size: float, width: float, limit: int = 30) -> tuple[str, ...]:
    """Break a text into lines that fit, ready to be drawn from left to right.

    :param limit: lines after which the text ends in “…”, so that a cell never outgrows
        a page.
    """
    lines: list[str] = []
    for paragraph in str(text).replace("\r\n", "\n").split("\n"):
        clean = shape(UNPRINTABLE.sub("", paragraph.replace("\t", " ")))
        lines += _broken(clean, font, size, width) or [""]
        if len(lines) > limit:
            break
    if len(lines) > limit:
        last = lines[limit - 1]
        while last and width_of(last + ELLIPSIS, font, size) > width:
            last = last[:-1]
        lines = [*lines[: limit - 1], last.rstrip() + ELLIPSIS]
    return tuple(visual(line) for line in lines)


def one_line(text: str) -> str:
    """Make a text ready to be drawn in one line of whatever length."""
    return visual(shape(UNPRINTABLE.sub("", " ".join(str(text).split("\n")))))


def longest_piece(text: str, font: str, size: float) -> float:
    """Measure the longest part of a text that is not broken without need."""
    pieces = PIECES.findall(shape(text))
    return max((width_of(piece.strip(), font, size) for piece in pieces), default=0.0)


def _broken(text: str, font: str, size: float, width: float) -> list[str]:
    if width_of(text, font, size) <= width:
        return [text.strip()]
    lines: list[str] = []
    line = ""
    for piece in PIECES.findall(text):
        if width_of((line + piece).rstrip(), font, size) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.strip())
        *full, line = _cut(piece.lstrip(), font, size, width)
        lines += full
    return [*lines, line.strip()] if line.strip() else lines


def _cut(piece: str, font: str, size: float, width: float) -> list[str]:
    """Cut a word that is longer than the line."""
    parts = [""]
    for character in piece:
        if parts[-1] and width_of(parts[-1] + character, font, size) > width:
            parts.append("")
        parts[-1] += character
    return parts
