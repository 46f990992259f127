"""What runs over pages row by row: the base of tables and of key/value blocks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from reportlab.platypus import Flowable

from . import style
from .text import BOLD, REGULAR

LEFT, RIGHT, CENTER = "left", "right", "center"


@dataclass(frozen=True)
class Cell:
    """Lines of text in a box.

    :ivar x: left edge of the text, from the left edge of the block.
    :ivar below: how much lower than the others of its row it begins.
    """

    lines: tuple[str, ...]
    x: float
    width: float
    align: str = LEFT
    font: str = REGULAR
    size: float = style.SMALL
    color: Any = style.INK
    below: float = 0.0


class Mark(Protocol):
    """What is drawn in a row besides text: a box to write in, bars."""

    def draw(self, canvas: Any, top: float) -> None:
        """Paint it below a height."""


@dataclass(frozen=True)
class Row:
    """Cells side by side, with what is painted behind them.

    :ivar least: height that the row has at least.
    """

    cells: tuple[Cell, ...]
    fill: Any = None
    line_above: bool = False
    line_below: bool = False
    pad: float = style.PAD
    marks: tuple[Mark, ...] = ()
    least: float = 0.0

    @property
    def height(self) -> float:
        """Height of the tallest cell and the padding."""
        tallest = max(
            (cell.below + len(cell.lines) * style.leading(cell.size) for cell in self.cells),
            default=0.0,
        )
        return max(tallest + 2 * self.pad, self.least)


@dataclass(frozen=True)
class Laid:
    """Rows made for one width; parts of a split block share them."""

    width: float
    header: tuple[Row, ...]
    body: tuple[Row, ...]
    heights: tuple[float, ...] = field(default=())


class RowBlock(Flowable):  # type: ignore[misc]
    """Rows below one another; may break between any two, repeating its header."""

    space_above = 0.0
    space_below = 8.0

    def __init__(self) -> None:
        super().__init__()
        self._laid: Laid | None = None
        self._start = 0
        self._stop: int | None = None

    def lay_out(self, width: float) -> tuple[Sequence[Row], Sequence[Row]]:
        """Return the header's rows and the body's, for a width in points."""
        raise NotImplementedError

    # The names below are reportlab's.

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Lay the rows out and measure them."""
        if self._laid is None or self._laid.width != available_width:
            header, body = self.lay_out(available_width)
            heights = tuple(row.height for row in body)
            self._laid = Laid(available_width, tuple(header), tuple(body), heights)
        self.width = available_width
        self.height = self._header_height() + sum(self._heights())
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Break where the page ends; a header never stands alone."""
        self.wrap(available_width, available_height)
        room = available_height - self._header_height()
        count = 0
        for height in self._heights():
            if height > room:
                break
            room -= height
            count += 1
        heights = self._heights()
        if not count or count == len(heights):
            return []
        if count == len(heights) - 1 and count > 1:
            count -= 1  # no last row alone on its page
        return [
            self._part(self._start, self._start + count),
            self._part(self._start + count, self._stop),
        ]

    def draw(self) -> None:
        """Paint the rows on the page."""
        assert self._laid is not None
        top = self.height
        for row in (*self._laid.header, *self._laid.body[self._start : self._stop]):
            height = row.height
            _draw_row(self.canv, row, top, height, self.width)
            top -= height

    def getSpaceBefore(self) -> float:  # noqa: N802
        """Return the space above, which the first part only has."""
        return self.space_above if not self._start else 0.0

    def getSpaceAfter(self) -> float:  # noqa: N802
        """Return the space below."""
        return self.space_below

    def _heights(self) -> tuple[float, ...]:
        assert self._laid is not None
        return self._laid.heights[self._start : self._stop]

    def _header_height(self) -> float:
        assert self._laid is not None
        return sum(row.height for row in self._laid.header)

    def _part(self, start: int, stop: int | None) -> "RowBlock":
        part = RowBlock()
        part._laid = self._laid
        part._start, part._stop = start, stop
        part.space_below = self.space_below
        return part


def _draw_row(canvas: Any, row: Row, top: float, height: float, width: float) -> None:
    if row.fill is not None:
        canvas.setFillColor(row.fill)
        canvas.rect(0, top - height, width, height, stroke=0, fill=1)
    canvas.setStrokeColor(style.LINE)
    canvas.setLineWidth(0.6)
    if row.line_above:
        canvas.line(0, top, width, top)
    if row.line_below:
        canvas.line(0, top - height, width, top - height)
    for cell in row.cells:
        draw_cell(canvas, cell, top - row.pad)
    for mark in row.marks:
        mark.draw(canvas, top)


def draw_cell(canvas: Any, cell: Cell, top: float) -> None:
    """Write a cell's lines below a height."""
    canvas.setFont(cell.font, cell.size)
    canvas.setFillColor(cell.color)
    for index, line in enumerate(cell.lines):
        y = style.baseline(top - cell.below, cell.size, index)
        if cell.align == RIGHT:
            canvas.drawRightString(cell.x + cell.width, y, line)
        elif cell.align == CENTER:
            canvas.drawCentredString(cell.x + cell.width / 2, y, line)
        else:
            canvas.drawString(cell.x, y, line)


__all__ = [
    "BOLD",
    "CENTER",
    "LEFT",
    "REGULAR",
    "RIGHT",
    "Cell",
    "Mark",
    "Row",
    "RowBlock",
    "draw_cell",
]
