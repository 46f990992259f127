"""A workbook of ours says for which counts it was made; others say nothing."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from stockex.pure.document.xlsx import Column, Grid, write_workbook
from stockex.pure.exchange.binding import PART, PROPERTY, sessions_of


def ours(names: str) -> bytes:
    target = BytesIO()
    grid = Grid("Lines", [Column("Product")], [["Bolt"]])
    write_workbook(target, [grid], properties={PROPERTY: names})
    return target.getvalue()


def test_the_counts_of_a_workbook_are_found_again() -> None:
    assert sessions_of(ours("CNT/2026/0001")) == ("CNT/2026/0001",)
    assert sessions_of(ours("CNT/1, CNT/2")) == ("CNT/1", "CNT/2")


def test_a_workbook_that_excel_saved_again_still_says_so() -> None:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(ours("CNT/1")))
    target = BytesIO()
    book.save(target)

    assert sessions_of(target.getvalue()) == ("CNT/1",)


def test_other_files_belong_to_no_count() -> None:
    target = BytesIO()
    Workbook().save(target)

    assert sessions_of(target.getvalue()) == ()
    assert sessions_of(b"code;quantity\nA;1\n") == ()
    assert sessions_of(b"") == ()
    assert sessions_of(b"PK\x03\x04 broken") == ()


def test_damaged_properties_are_no_binding() -> None:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr(PART, "<Properties><property")

    assert sessions_of(target.getvalue()) == ()


def test_a_damaged_stream_is_no_binding() -> None:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr(PART, "<Properties>" + "<property/>" * 200 + "</Properties>")
    data = bytearray(target.getvalue())
    start = 30 + len(PART)  # a local header of a zip, then its name
    data[start : start + 8] = b"\xff" * 8

    assert sessions_of(bytes(data)) == ()
