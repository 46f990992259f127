"""Tables that run over pages, fast for thousands of rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from . import style
from .rows import BOLD, LEFT, REGULAR, RIGHT, Cell, Row, RowBlock
from .text import lines_of, longest_piece, width_of

GAP = 4.0
NARROWEST = 30.0


@dataclass(frozen=True)
class Column:
    """A column of a table.

    :ivar header: text of its head.
    :ivar number: right aligned, as wide as its longest value and never broken.
    :ivar weight: its share of what the numbers leave, among the text columns.
    :ivar optional: left out if it is empty in every row.
    """

    header: str
    number: bool = False
    weight: float = 1.0
    optional: bool = False


class Table(RowBlock):
    """Rows of strings under a header that each page repeats.

    :param rows: one string a column; text wraps, numbers do not.
    :param total: a last row in bold, or none.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Iterable[Sequence[str]],
        total: Sequence[str] | None = None,
        size: float = style.SMALL,
    ) -> None:
        super().__init__()
        kept = list(rows)
        shown = [
            index
            for index, column in enumerate(columns)
            if not column.optional or any(row[index] for row in kept)
        ]
        self.columns = tuple(columns[index] for index in shown)
        self.rows = [tuple(row[index] for index in shown) for row in kept]
        self.total = tuple(total[index] for index in shown) if total else None
        self.size = size

    def lay_out(self, width: float) -> tuple[Sequence[Row], Sequence[Row]]:
        """Return the header and the rows for a width."""
        boxes = self._boxes(width)
        header = Row(
            self._cells([column.header for column in self.columns], boxes, BOLD),
            fill=style.SHADE,
            line_below=True,
        )
        body = [
            Row(self._cells(row, boxes), fill=style.ZEBRA if index % 2 else None)
            for index, row in enumerate(self.rows)
        ]
        if self.total:
            body.append(Row(self._cells(self.total, boxes, BOLD), line_above=True))
        elif body:
            last = body[-1]
            body[-1] = Row(last.cells, fill=last.fill, line_below=True)
        return [header], body

    def _cells(
        self, texts: Sequence[str], boxes: Sequence[tuple[float, float]], font: str = REGULAR
    ) -> tuple[Cell, ...]:
        return tuple(
            Cell(
                lines_of(text, font, self.size, round(box, 1)),
                x,
                box,
                RIGHT if column.number else LEFT,
                font,
                self.size,
            )
            for column, text, (x, box) in zip(self.columns, texts, boxes, strict=True)
        )

    def _boxes(self, width: float) -> list[tuple[float, float]]:
        """Return each column's (left edge, width of its text)."""
        natural = [self._natural(index) for index in range(len(self.columns))]
        fixed = sum(
            size for size, column in zip(natural, self.columns, strict=True) if column.number
        )
        left = width - fixed - 2 * GAP * len(self.columns)
        widths = self._text_widths(natural, max(left, NARROWEST))
        boxes = []
        x = GAP
        for box in widths:
            boxes.append((x, box))
            x += box + 2 * GAP
        return boxes

    def _natural(self, index: int) -> float:
        """Return the width that a column would like."""
        column = self.columns[index]
        head = longest_piece(column.header, BOLD, self.size)
        texts = {row[index] for row in self.rows}
        wanted = max((width_of(text, REGULAR, self.size) for text in texts), default=0.0)
        if self.total:
            wanted = max(wanted, width_of(self.total[index], BOLD, self.size))
        if not column.number:
            head = max(head, width_of(column.header, BOLD, self.size))
        return max(head, wanted) + 0.5

    def _text_widths(self, natural: Sequence[float], left: float) -> list[float]:
        """Share what the numbers leave: no column gets more than it wants."""
        widths = [
            size if column.number else 0.0
            for size, column in zip(natural, self.columns, strict=True)
        ]
        open_columns = {i for i, column in enumerate(self.columns) if not column.number}
        while open_columns:
            weight = sum(self.columns[index].weight for index in open_columns)
            shares = {i: left * self.columns[i].weight / weight for i in open_columns}
            content = {i for i in open_columns if natural[i] <= shares[i]}
            for index in content or open_columns:
                widths[index] = natural[index] if content else shares[index]
                left -= widths[index]
            open_columns -= content or open_columns
        return self._stretched(widths, left)

    def _stretched(self, widths: list[float], left: float) -> list[float]:
        """Spread what nobody wanted over the text columns."""
        weight = sum(column.weight for column in self.columns if not column.number)
        return [
            width if column.number else width + max(left, 0.0) * column.weight / weight
            for width, column in zip(widths, self.columns, strict=True)
        ]
