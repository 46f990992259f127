"""The other parts of a document: headings, notes, facts, figures, signatures, barcodes."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode import createBarcodeDrawing
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether

from . import style
from .rows import BOLD, LEFT, REGULAR, Cell, Row, RowBlock, draw_cell
from .text import lines_of, register_fonts

BARCODES = ("Code128", "EAN13", "QR")
# A heading, a table's header and some rows.
SECTION_ROOM = 32 * mm


class Text(RowBlock):
    """A paragraph; each of its lines may end a page."""

    def __init__(
        self, text: str, size: float = style.TEXT, font: str = REGULAR, color: Any = style.INK
    ) -> None:
        super().__init__()
        self.text, self.size, self.font, self.color = text, size, font, color

    def lay_out(self, width: float) -> tuple[Sequence[Row], Sequence[Row]]:
        """Return one row a line."""
        lines = lines_of(self.text, self.font, self.size, width, limit=10_000)
        rows = [
            Row((Cell((line,), 0, width, LEFT, self.font, self.size, self.color),), pad=0)
            for line in lines
        ]
        return [], rows


class Title(Text):
    """The name of the document, on its first page."""

    space_below = 4.0

    def __init__(self, text: str) -> None:
        super().__init__(text, style.TITLE, BOLD)


class Heading(Text):
    """The head of a section; see `section`."""

    space_above = 10.0
    space_below = 5.0

    def __init__(self, text: str) -> None:
        super().__init__(text, style.HEADING, BOLD)


class Note(Text):
    """Small print."""

    def __init__(self, text: str) -> None:
        super().__init__(text, style.SMALL, REGULAR, style.SOFT)


class Facts(RowBlock):
    """Pairs of a label and a value, in columns read downwards."""

    def __init__(self, pairs: Sequence[tuple[str, str]], columns: int = 2) -> None:
        super().__init__()
        self.pairs = list(pairs)
        self.columns = columns

    def lay_out(self, width: float) -> tuple[Sequence[Row], Sequence[Row]]:
        """Return one row for the pairs that stand side by side."""
        share = width / self.columns
        label, gap = share * 0.32, 8.0
        depth = -(-len(self.pairs) // self.columns)
        stacks = [self.pairs[start : start + depth] for start in range(0, len(self.pairs), depth)]
        rows = []
        for beside in zip_longest(*stacks):
            cells: list[Cell] = []
            for index, pair in enumerate(beside):
                if pair:
                    x, value = index * share, share - label - gap
                    cells += [
                        _cell(pair[0], x, label - gap, color=style.SOFT),
                        _cell(pair[1], x + label, value),
                    ]
            rows.append(Row(tuple(cells), pad=1.2))
        return [], rows


def _cell(text: str, x: float, width: float, **more: Any) -> Cell:
    size = more.pop("size", style.TEXT)
    font = more.pop("font", REGULAR)
    return Cell(lines_of(text, font, size, width), x, width, font=font, size=size, **more)


class Figures(RowBlock):
    """Key figures side by side: each value large, its label below.

    :param per_row: how many stand beside one another.
    """

    def __init__(self, pairs: Sequence[tuple[str, str]], per_row: int = 5) -> None:
        super().__init__()
        self.pairs = list(pairs)
        self.per_row = per_row

    def lay_out(self, width: float) -> tuple[Sequence[Row], Sequence[Row]]:
        """Return two rows, values and labels, for each `per_row` figures."""
        share = width / self.per_row
        rows = []
        for start in range(0, len(self.pairs), self.per_row):
            beside = self.pairs[start : start + self.per_row]
            values, labels = [], []
            for index, (label, value) in enumerate(beside):
                x, box = index * share + style.PAD * 2, share - style.PAD * 4
                values.append(_cell(value, x, box, font=BOLD, size=11.0))
                labels.append(_cell(label, x, box, size=style.SMALL, color=style.SOFT))
            rows.append(Row(tuple(values), fill=style.SHADE, pad=style.PAD))
            rows.append(Row(tuple(labels), fill=style.SHADE, pad=style.PAD, line_below=True))
        return [], rows


class Signatures(Flowable):  # type: ignore[misc]
    """Boxes to sign in: the role above, the name below it, room for date and hand."""

    HEIGHT = 30 * mm

    def __init__(self, boxes: Sequence[tuple[str, str]], date: str, signature: str) -> None:
        super().__init__()
        self.boxes = list(boxes)
        self.labels = f"{date} · {signature}"

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Take the whole width."""
        self.width = available_width
        return available_width, self.HEIGHT

    def draw(self) -> None:
        """Paint the boxes."""
        gap = 6 * mm
        share = (self.width - gap * (len(self.boxes) - 1)) / len(self.boxes)
        pad = 2 * style.PAD
        for index, (role, name) in enumerate(self.boxes):
            x = index * (share + gap)
            self.canv.setStrokeColor(style.LINE)
            self.canv.rect(x, 0, share, self.HEIGHT)
            box = share - 2 * pad
            draw_cell(self.canv, _cell(role, x + pad, box, font=BOLD), self.HEIGHT - style.PAD)
            below = self.HEIGHT - style.PAD - style.leading(style.TEXT)
            draw_cell(self.canv, _cell(name, x + pad, box), below)
            small = _cell(self.labels, x + pad, box, size=style.SMALL, color=style.SOFT)
            draw_cell(self.canv, small, style.PAD + style.leading(style.SMALL))


class Barcode(Flowable):  # type: ignore[misc]
    """A barcode with its text below, and lines of text beside it.

    :param kind: one of `BARCODES`.
    :param beside: (text, bold) lines to the right of it.
    :raise ValueError: if the kind cannot hold the value.
    """

    def __init__(
        self,
        kind: str,
        value: str,
        height: float = 22 * mm,
        beside: Sequence[tuple[str, bool]] = (),
    ) -> None:
        super().__init__()
        if kind not in BARCODES:
            raise ValueError(f"unknown_barcode: {kind}")
        if kind == "EAN13" and not _is_ean13(value):
            raise ValueError(f"not_an_ean13: {value}")
        if kind == "Code128" and not (value and value.isascii() and value.isprintable()):
            raise ValueError(f"not_a_code128: {value}")
        size = {"width": height, "height": height, "barBorder": 0} if kind == "QR" else {}
        more = {} if kind == "QR" else {"barHeight": height - 4 * mm, "humanReadable": True}
        if kind != "QR":
            more |= {"fontName": REGULAR, "fontSize": style.SMALL}
        register_fonts()
        self.drawing = createBarcodeDrawing(kind, value=value, **size, **more)
        self.beside = list(beside)
        self.spaceBefore = self.spaceAfter = 3 * mm  # reportlab's names

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Measure the bars."""
        self.width = available_width
        self.height = self.drawing.height
        return available_width, self.height

    def draw(self) -> None:
        """Paint the bars and write beside them."""
        renderPDF.draw(self.drawing, self.canv, 0, 0)
        x = self.drawing.width + 4 * mm
        top = self.height
        for text, bold in self.beside:
            size = style.HEADING if bold else style.SMALL
            cell = _cell(
                text,
                x,
                self.width - x,
                font=BOLD if bold else REGULAR,
                size=size,
                color=style.INK if bold else style.SOFT,
            )
            draw_cell(self.canv, cell, top)
            top -= len(cell.lines) * style.leading(size) + style.PAD


def _is_ean13(value: str) -> bool:
    if len(value) != 13 or not (value.isascii() and value.isdigit()):
        return False
    weighted = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(value))
    return weighted % 10 == 0


def section(heading: str, *blocks: Flowable) -> list[Flowable]:
    """Put blocks under a heading that never stands alone at the foot of a page."""
    return [CondPageBreak(SECTION_ROOM), Heading(heading), *blocks]


def together(blocks: Sequence[Flowable]) -> Flowable:
    """Keep blocks on one page."""
    return KeepTogether(list(blocks))
