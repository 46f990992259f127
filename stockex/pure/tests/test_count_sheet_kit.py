from datetime import datetime
from io import BytesIO

import pytest
from pypdf import PdfReader
from reportlab.lib.units import mm

from ..document.count_sheet import (
    BOX,
    SIZE,
    BlankLines,
    Box,
    Labels,
    LocationLines,
    SheetLine,
    has_bars,
)
from ..document.pdf import Letterhead, Part, Sheet, render
from ..document.text import register_fonts

LABELS = Labels("Book", "Count", "Remark", "Location", "Product", "Lot")
WIDTH = 180 * mm


def block(lines, *, with_book=False, barcode="LOC-1"):
    register_fonts()
    made = LocationLines("WH/Stock/A-01", barcode, lines, LABELS, with_book=with_book)
    made.wrap(WIDTH, 700)
    return made


def lines_of_sheet(count):
    return [
        SheetLine(str(n), f"[P{n}] Part {n}", f"37000000{n:05}", unit="Units", book="9.00")
        for n in range(count)
    ]


def test_boxes_are_high_enough_to_write_in_and_texts_large_enough_to_read():
    made = block(lines_of_sheet(3), with_book=True)

    assert 7 * mm <= BOX
    assert SIZE >= 8.5
    for row in made._laid.body:
        assert [mark.height >= 7 * mm for mark in row.marks if isinstance(mark, Box)] == [True] * 2
        assert all(cell.size >= 8.5 for cell in row.cells)


@pytest.mark.parametrize("with_book", [True, False])
def test_columns_stand_side_by_side_inside_the_page(with_book):
    boxes = block([], with_book=with_book).columns(WIDTH)

    end = 0.0
    for x, width in boxes.values():
        assert x >= end - 0.01
        end = x + width
    assert end <= WIDTH
    assert (boxes["book"][1] > 0) is with_book


def test_a_blind_block_has_no_cell_of_the_book():
    made = block(lines_of_sheet(2))

    texts = [
        text
        for row in (*made._laid.header, *made._laid.body)
        for cell in row.cells
        for text in cell.lines
    ]

    assert "9.00" not in texts
    assert "Book" not in texts


@pytest.mark.parametrize(
    ("value", "width", "fits"),
    [
        ("3700000000013", 60 * mm, True),
        ("", 60 * mm, False),
        ("é", 60 * mm, False),
        ("X" * 60, 60 * mm, False),
        ("A\nB", 60 * mm, False),
    ],
)
def test_only_what_a_scanner_can_read_gets_bars(value, width, fits):
    assert has_bars(value, width) is fits


def test_each_page_repeats_the_location_and_names_its_part():
    sheet = Sheet(
        "Count sheet", Letterhead("Dupont"), "Page %(page)s of %(pages)s", "", datetime(2026, 1, 1)
    )
    register_fonts()
    lines = LocationLines("WH/A-01", "LOC-1", lines_of_sheet(60), LABELS, with_book=False)

    pages = PdfReader(BytesIO(render(sheet, [Part("Zone: A"), lines, BlankLines(4, LABELS)]))).pages

    texts = [page.extract_text() for page in pages]
    assert len(texts) >= 3
    assert all("WH/A-01" in text for text in texts)
    assert all("Zone: A" in text for text in texts[1:])
    assert sum(text.count("] Part ") for text in texts) == 60
