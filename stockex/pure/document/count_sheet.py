"""Paper to count on: lines with boxes to write in, below the bar code of their place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.units import mm

from . import style
from .rows import BOLD, LEFT, REGULAR, RIGHT, Cell, Mark, Row, RowBlock
from .text import lines_of, width_of

SIZE = 8.5
# A pen needs 7 mm; a hand scanner reads bars of a quarter of a millimetre with ease.
BOX = 7.5 * mm
BAR = 0.25 * mm
THINNEST = 0.19 * mm
BARS = 5.5 * mm
GAP = 1.5 * mm
PAD = 1.2 * mm
NUMBER, LOT, UNIT, BOOK, COUNT, REMARK = 8 * mm, 30 * mm, 13 * mm, 19 * mm, 26 * mm, 30 * mm


@dataclass(frozen=True)
class SheetLine:
    """One thing to count.

    :ivar lot: lot or serial number, package and owner, as they are to be read.
    :ivar book: the expected quantity, or None on a blind sheet.
    """

    number: str
    product: str
    barcode: str = ""
    lot: str = ""
    unit: str = ""
    book: str | None = None


@dataclass(frozen=True)
class Labels:
    """Words above the columns, in the reader's language."""

    book: str
    count: str
    remark: str
    location: str = ""
    product: str = ""
    lot: str = ""


@dataclass(frozen=True)
class Box:
    """An empty box, its upper edge `below` the row's."""

    x: float
    width: float
    height: float = BOX
    below: float = PAD

    def draw(self, canvas: Any, top: float) -> None:
        """Paint its frame."""
        canvas.setStrokeColor(style.INK)
        canvas.setLineWidth(0.7)
        canvas.rect(self.x, top - self.below - self.height, self.width, self.height)


@dataclass(frozen=True)
class Bars:
    """A value as Code 128."""

    value: str
    x: float
    width: float
    below: float
    height: float = BARS

    def draw(self, canvas: Any, top: float) -> None:
        """Paint the bars."""
        code = _code(self.value, self.height, self.width)
        if code is not None:
            # Code128 leaves its quiet zones to the paper around it.
            canvas.setFillColor(style.INK)
            code.canv = canvas
            canvas.saveState()
            canvas.translate(self.x, top - self.below - self.height)
            code.draw()
            canvas.restoreState()


def has_bars(value: str, width: float) -> bool:
    """Tell whether a value can be printed as bars that a scanner reads in a width."""
    return bool(value) and _code(value, BARS, width) is not None


@lru_cache(maxsize=5_000)
def _code(value: str, height: float, width: float) -> Code128 | None:
    if not (value.isascii() and value.isprintable()):
        return None
    code = Code128(value, barWidth=BAR, barHeight=height, quiet=0)
    if code.width > width:
        thinner = BAR * width / code.width
        if thinner < THINNEST:
            return None
        code = Code128(value, barWidth=thinner, barHeight=height, quiet=0)
    return code


class _Sheet(RowBlock):
    """The columns that lines and blank lines share."""

    def __init__(self, labels: Labels, *, with_book: bool) -> None:
        super().__init__()
        self.labels = labels
        self.with_book = with_book

    def columns(self, width: float) -> dict[str, tuple[float, float]]:
        """Return each column's left edge and width."""
        fixed = {"lot": LOT, "unit": UNIT, "book": BOOK if self.with_book else 0.0}
        fixed |= {"count": COUNT, "remark": REMARK}
        product = width - NUMBER - sum(fixed.values())
        found = {}
        x = 0.0
        for name, share in {"number": NUMBER, "product": product, **fixed}.items():
            found[name] = (x, max(share - GAP, 0.0))
            x += share
        return found


class LocationLines(_Sheet):
    """The lines of one location; each page of them repeats the location and its bars."""

    space_below = 3 * mm

    def __init__(
        self,
        location: str,
        barcode: str,
        lines: Sequence[SheetLine],
        labels: Labels,
        *,
        with_book: bool,
    ) -> None:
        super().__init__(labels, with_book=with_book)
        self.location, self.barcode = location, barcode
        self.lines = list(lines)

    def lay_out(self, width: float) -> tuple[Sequence[Row], Sequence[Row]]:
        """Return the location's band and a row a line."""
        columns = self.columns(width)
        return [self._band(columns)], [self._row(line, columns) for line in self.lines]

    def _band(self, columns: dict[str, tuple[float, float]]) -> Row:
        x, room = PAD, columns["product"][0] + columns["product"][1] - PAD
        left = columns["lot"][0]
        wide = columns["unit"][0] + columns["unit"][1] - left
        cells = [_cell(self.location, x, room, font=BOLD, size=9.5)]
        marks: list[Mark] = []
        least = 9 * mm
        if has_bars(self.barcode, wide):
            marks.append(Bars(self.barcode, left, wide, PAD, 6.5 * mm))
            caption = _cell(self.barcode, left, wide)
            cells.append(_lowered(caption, 6.5 * mm + 1))
            least = 12 * mm
        elif self.barcode:
            cells.append(_cell(self.barcode, left, wide))
        for name in ("book", "count", "remark"):
            if columns[name][1]:
                align = RIGHT if name == "book" else LEFT
                text = getattr(self.labels, name)
                cells.append(_cell(text, *columns[name], align=align, font=BOLD))
        return Row(
            tuple(cells),
            fill=style.SHADE,
            line_above=True,
            line_below=True,
            pad=PAD,
            marks=tuple(marks),
            least=least,
        )

    def _row(self, line: SheetLine, columns: dict[str, tuple[float, float]]) -> Row:
        x, room = columns["product"]
        name = _cell(line.product, x, room)
        cells = [
            _cell(line.number, *columns["number"], align=RIGHT, color=style.SOFT),
            name,
            _cell(line.lot, *columns["lot"]),
            _cell(line.unit, *columns["unit"]),
        ]
        if self.with_book:
            cells.append(_cell(line.book or "", *columns["book"], align=RIGHT))
        marks: list[Mark] = [Box(*columns["count"]), Box(*columns["remark"])]
        least = BOX + 2 * PAD
        used = len(name.lines) * style.leading(SIZE)
        if has_bars(line.barcode, room):
            marks.append(Bars(line.barcode, x, room, PAD + used + 1))
            cells.append(_caption(line.barcode, x, room, used))
            least = max(least, 2 * PAD + used + BARS + 1)
        elif line.barcode:
            cells.append(_lowered(_cell(line.barcode, x, room), used))
            least = max(least, 2 * PAD + used + style.leading(SIZE))
        return Row(tuple(cells), line_below=True, pad=PAD, marks=tuple(marks), least=least)


class BlankLines(_Sheet):
    """Lines for what nobody expected: everything is to be written."""

    def __init__(self, count: int, labels: Labels) -> None:
        super().__init__(labels, with_book=False)
        self.count = count

    def lay_out(self, width: float) -> tuple[Sequence[Row], Sequence[Row]]:
        """Return a head and empty rows."""
        columns = self.columns(width)
        place = (0.0, 38 * mm - GAP)
        product = (38 * mm, columns["lot"][0] - 38 * mm - GAP)
        lot = (columns["lot"][0], LOT + UNIT - GAP)
        boxes = [place, product, lot, columns["count"], columns["remark"]]
        texts = [self.labels.location, self.labels.product, self.labels.lot]
        texts += [self.labels.count, self.labels.remark]
        head = Row(
            tuple(_cell(text, *box, font=BOLD) for text, box in zip(texts, boxes, strict=True)),
            pad=PAD,
        )
        marks: tuple[Mark, ...] = tuple(Box(*box) for box in boxes)
        return [head], [Row((), marks=marks, least=BOX + PAD) for _line in range(self.count)]


def _cell(text: str, x: float, width: float, **more: Any) -> Cell:
    size = more.pop("size", SIZE)
    font = more.pop("font", REGULAR)
    return Cell(lines_of(text, font, size, width), x, width, font=font, size=size, **more)


def _caption(value: str, x: float, room: float, used: float) -> Cell:
    """Return the value to the right of its bars, or below them if there is no room."""
    code = _code(value, BARS, room)
    start = (code.width if code else 0.0) + GAP
    if start + width_of(value, REGULAR, SIZE) <= room:
        return _lowered(_cell(value, x + start, room - start), used + 4)
    return _lowered(_cell(value, x, room), used + BARS + 1.5)


def _lowered(cell: Cell, points: float) -> Cell:
    """Return a cell that begins lower in its row."""
    return replace(cell, below=points)
