"""A whole document: A4 pages with letterhead, running head and “page x of y”.

The caller writes all texts, in the reader's language and formats:

>>> sheet = Sheet(title="Count report", letterhead=Letterhead("Maison Dupont"), …)
>>> pdf = render(sheet, [Title("Count report"), Table(columns, rows)])
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from . import style
from .text import BOLD, REGULAR, lines_of, one_line, register_fonts

LOGO_HEIGHT, LOGO_WIDTH = 16 * mm, 55 * mm
HEAD_GAP = 6 * mm
RUNNING_HEAD = 9 * mm
FOOT = 9 * mm


@dataclass(frozen=True)
class Letterhead:
    """Who issues the document.

    :ivar lines: address and numbers, one line each.
    :ivar logo: a picture's bytes; one that cannot be read is left out.
    """

    name: str
    lines: tuple[str, ...] = ()
    logo: bytes | None = None


@dataclass(frozen=True)
class Sheet:
    """What stands on every page.

    :ivar title: in the running head and in the file's properties.
    :ivar page_label: with ``%(page)s`` and ``%(pages)s``.
    :ivar printed: in the foot, for instance “Printed on 21 November 2026 by Carla”.
    :ivar printed_at: the same instant (UTC) for the file's properties.
    :ivar language: of the text, as ``fr-FR``.
    """

    title: str
    letterhead: Letterhead
    page_label: str
    printed: str
    printed_at: datetime
    language: str = "en"
    landscape: bool = False


def render(sheet: Sheet, blocks: Sequence[Flowable]) -> bytes:
    """Return the PDF of a document; the same input gives the same bytes.

    :raise reportlab.platypus.doctemplate.LayoutError: if a block that cannot break is
        higher than a page.
    """
    register_fonts()
    target = BytesIO()
    width, height = style.LANDSCAPE if sheet.landscape else style.PORTRAIT
    head = _Head(sheet.letterhead, width)
    document = BaseDocTemplate(
        target,
        pagesize=(width, height),
        title=sheet.title,
        author=sheet.letterhead.name,
        lang=sheet.language,
        pageCompression=1,
        invariant=1,
    )
    document.addPageTemplates(
        [
            PageTemplate(
                "first",
                [_frame(width, height, head.height + HEAD_GAP)],
                onPage=lambda canvas, _document: head.draw(canvas, height - style.MARGIN),
                autoNextPageTemplate="later",
            ),
            PageTemplate(
                "later",
                [_frame(width, height, RUNNING_HEAD)],
                onPage=lambda canvas, _document: _draw_running_head(canvas, sheet),
            ),
        ]
    )
    document.build(list(blocks), canvasmaker=lambda *a, **k: _Pages(sheet, *a, **k))
    return target.getvalue()


def _frame(width: float, height: float, head: float) -> Frame:
    return Frame(
        style.MARGIN,
        style.MARGIN + FOOT,
        width - 2 * style.MARGIN,
        height - 2 * style.MARGIN - FOOT - head,
        *(0, 0, 0, 0),
    )


class _Head:
    """The letterhead, measured once."""

    def __init__(self, letterhead: Letterhead, page_width: float) -> None:
        self.letterhead = letterhead
        self.page_width = page_width
        self.logo = _picture(letterhead.logo)
        self.logo_size = _fitted(self.logo) if self.logo else (0.0, 0.0)
        box = (page_width - 2 * style.MARGIN) / 2
        self.name = lines_of(letterhead.name, BOLD, style.HEADING, box)
        self.lines = [
            line for text in letterhead.lines for line in lines_of(text, REGULAR, style.SMALL, box)
        ]
        text_height = len(self.name) * style.leading(style.HEADING)
        text_height += len(self.lines) * style.leading(style.SMALL)
        self.height = max(text_height, self.logo_size[1])

    def draw(self, canvas: Any, top: float) -> None:
        right = self.page_width - style.MARGIN
        if self.logo:
            width, height = self.logo_size
            canvas.drawImage(self.logo, style.MARGIN, top - height, width, height, mask="auto")
        y = top
        canvas.setFillColor(style.INK)
        for lines, font, size in (
            (self.name, BOLD, style.HEADING),
            (self.lines, REGULAR, style.SMALL),
        ):
            canvas.setFont(font, size)
            for index, line in enumerate(lines):
                canvas.drawRightString(right, style.baseline(y, size, index), line)
            y -= len(lines) * style.leading(size)


def _picture(data: bytes | None) -> ImageReader | None:
    if not data:
        return None
    try:
        return ImageReader(BytesIO(data))
    except (OSError, ValueError):  # a logo in a format that a PDF cannot hold, as SVG
        return None


def _fitted(picture: ImageReader) -> tuple[float, float]:
    width, height = picture.getSize()
    scale = min(LOGO_WIDTH / width, LOGO_HEIGHT / height)
    return width * scale, height * scale


def _draw_running_head(canvas: Any, sheet: Sheet) -> None:
    width, height = canvas._pagesize
    y = height - style.MARGIN - style.SMALL
    canvas.setFont(REGULAR, style.SMALL)
    canvas.setFillColor(style.SOFT)
    canvas.drawString(style.MARGIN, y, one_line(sheet.title))
    canvas.drawRightString(width - style.MARGIN, y, one_line(sheet.letterhead.name))
    canvas.setStrokeColor(style.LINE)
    canvas.setLineWidth(0.6)
    canvas.line(style.MARGIN, y - 4, width - style.MARGIN, y - 4)


class Part(Flowable):  # type: ignore[misc]
    """Names the part of the document that begins here, in the head of its pages."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def wrap(self, _available_width: float, _available_height: float) -> tuple[float, float]:
        """Take no room."""
        return 0.0, 0.0

    def draw(self) -> None:
        """Leave the name with the page; `_Pages` writes it."""
        self.canv.stockex_part = self.name


class _Pages(Canvas):  # type: ignore[misc]
    """Keeps the pages until the end, when their number is known, then foots them."""

    def __init__(self, sheet: Sheet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.setDateFormatter(lambda *_clock: sheet.printed_at.strftime("D:%Y%m%d%H%M%SZ"))
        self.setCreator("Stockex")
        self._sheet = sheet
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> Any:
        for number, page in enumerate(self._kept, start=1):
            self.__dict__.update(page)
            self._draw_foot(number, len(self._kept))
            if number > 1 and page.get("stockex_part"):
                self._draw_part(page["stockex_part"])
            Canvas.showPage(self)  # ours only keeps the page
        return super().save()

    def _draw_foot(self, number: int, count: int) -> None:
        width = self._pagesize[0]
        y = style.MARGIN
        self.setFont(REGULAR, style.SMALL)
        self.setFillColor(style.SOFT)
        self.drawString(style.MARGIN, y, one_line(self._sheet.printed))
        label = self._sheet.page_label % {"page": number, "pages": count}
        self.drawRightString(width - style.MARGIN, y, one_line(label))

    def _draw_part(self, name: str) -> None:
        width, height = self._pagesize
        y = height - style.MARGIN - style.SMALL
        self.drawCentredString(width / 2, y, one_line(name))
