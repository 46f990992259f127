"""The PDF kit: what is on the pages."""

import unicodedata
from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from ..document.blocks import Barcode, Facts, Figures, Signatures, Text, Title, section
from ..document.pdf import Letterhead, Sheet, render
from ..document.table import Column, Table
from ..document.text import REGULAR, lines_of, register_fonts, width_of

COLUMNS = [Column("Product", weight=2), Column("Lot", optional=True), Column("Value", number=True)]


def sheet(**vals):
    return Sheet(
        **{
            "title": "Count report CNT/1",
            "letterhead": Letterhead("Maison Dupont", ("12 rue de l’Église", "69001 Lyon")),
            "page_label": "Page %(page)s of %(pages)s",
            "printed": "Printed on 21/11/2026",
            "printed_at": datetime(2026, 11, 21, 8, 30),
            **vals,
        }
    )


def pages(*blocks, **vals):
    reader = PdfReader(BytesIO(render(sheet(**vals), list(blocks))))
    return [page.extract_text() for page in reader.pages]


def rows(count):
    return [(f"Product {number}", "", f"{number}.00") for number in range(1, count + 1)]


def test_a_long_table_repeats_its_header_and_loses_no_row():
    texts = pages(Title("Count report"), Table(COLUMNS, rows(150), ["Total", "", "11325.00"]))

    assert len(texts) >= 3
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text
        assert "Printed on 21/11/2026" in text
        assert text.count("Product\n") == 1
    found = [line for text in texts for line in text.splitlines() if line.startswith("Product ")]
    assert found == [f"Product {number}" for number in range(1, 151)]
    assert "11325.00" in texts[-1]
    assert "11325.00" not in "".join(texts[:-1])


def test_letterhead_is_on_the_first_page_and_the_title_on_the_others():
    texts = pages(Table(COLUMNS, rows(80)))

    assert "12 rue de l’Église" in texts[0]
    assert "Count report CNT/1" not in texts[0]
    assert "12 rue de l’Église" not in texts[1]
    assert "Count report CNT/1" in texts[1]


def test_accents_euros_and_narrow_spaces_are_written():
    [text] = pages(Text("Écart valorisé : 1\u202f234,50 €, à côté du nœud"))

    assert "Écart valorisé : 1\u202f234,50 €, à côté du nœud" in text


def test_arabic_is_written_joined_from_right_to_left():
    [text] = pages(Text("مخزن"))

    # A reader turns what stands from right to left back into the order of reading.
    assert "\ufee3\ufea8\ufeb0\ufee5" in text
    assert unicodedata.normalize("NFKC", "\ufee3\ufea8\ufeb0\ufee5") == "مخزن"


def test_a_column_that_is_always_empty_is_left_out():
    [without] = pages(Table(COLUMNS, [("A", "", "1")]))
    [with_lot] = pages(Table(COLUMNS, [("A", "L1", "1")]))

    assert "Lot" not in without
    assert "Lot" in with_lot


def test_a_number_is_never_broken():
    amount = "1,234,567,890,123.45"
    columns = [Column("Product with a long name " * 4), Column("Value", number=True)]

    [text] = pages(Table(columns, [("word " * 60, amount)]))

    assert amount in text


def test_facts_figures_and_signatures_are_written():
    [text] = pages(
        Facts([("Scope", "Lyon"), ("Controller", "Carla"), ("Counters", "Karim, Léa")]),
        Figures([("Lines", "41"), ("Counted", "39")]),
        *section("Signatures", Signatures([("Controller", "Carla")], "Date", "Signature")),
    )

    for word in ("Scope", "Karim, Léa", "41", "Signatures", "Date · Signature"):
        assert word in text


def test_one_input_gives_one_document():
    assert render(sheet(), [Text("A")]) == render(sheet(), [Text("A")])


def test_the_file_says_title_author_date_and_language():
    reader = PdfReader(BytesIO(render(sheet(language="fr-FR"), [Text("A")])))

    assert reader.metadata.title == "Count report CNT/1"
    assert reader.metadata.author == "Maison Dupont"
    assert reader.metadata.creation_date.replace(tzinfo=None) == datetime(2026, 11, 21, 8, 30)
    assert reader.trailer["/Root"]["/Lang"] == "fr-FR"


def test_landscape_is_wider_than_high():
    [page] = PdfReader(BytesIO(render(sheet(landscape=True), [Text("A")]))).pages

    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)


def test_a_logo_is_painted_and_an_unreadable_one_left_out():
    picture = BytesIO()
    Image.new("RGB", (300, 100), "red").save(picture, "PNG")

    for logo, count in ((picture.getvalue(), 1), (b"<svg/>", 0)):
        pdf = render(sheet(letterhead=Letterhead("Maison", logo=logo)), [Text("A")])
        assert len(PdfReader(BytesIO(pdf)).pages[0].images) == count


@pytest.mark.parametrize("kind", ["Code128", "QR"])
def test_barcodes_fit_and_say_their_text(kind):
    [text] = pages(Barcode(kind, "CNT/2026/0007", beside=[("ABCD EFGH", True)]))

    assert "ABCD EFGH" in text


@pytest.mark.parametrize(
    ("kind", "value"),
    [("EAN13", "4006381333932"), ("EAN13", "12"), ("Code128", "é"), ("Code128", ""), ("Foo", "1")],
)
def test_a_value_that_a_barcode_cannot_hold_is_refused(kind, value):
    with pytest.raises(ValueError, match=f"(?i){kind}"):
        Barcode(kind, value)


@given(st.text(max_size=300), st.floats(20, 300))
def test_no_line_is_wider_than_its_box(text, width):
    register_fonts()

    for line in lines_of(text, REGULAR, 8, width):
        assert len(line) <= 1 or width_of(line, REGULAR, 8) <= width + 0.01


def test_a_cell_ends_in_an_ellipsis_before_it_outgrows_a_page():
    [text] = pages(Table(COLUMNS, [("word " * 3000, "", "1")]))

    assert "…" in text
