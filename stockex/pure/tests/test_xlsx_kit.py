"""The Excel kit: exact cells."""

from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from ..document.xlsx import (
    Column,
    Grid,
    excel_date_format,
    money_format,
    sheet_name,
    write_workbook,
)


def book(*grids, values=True, **more):
    target = BytesIO()
    write_workbook(target, grids, **more)
    return load_workbook(target, data_only=values)


def rows_of(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_each_kind_is_written_as_its_kind():
    columns = [
        *(Column("Text"), Column("Number", "number"), Column("Share", "percent")),
        *(Column("Day", "date"), Column("At", "datetime")),
    ]
    row = ["é", 1.5, 0.25, date(2026, 11, 21), datetime(2026, 11, 21, 8, 30)]

    sheet = book(Grid("Lines", columns, [row]))["Lines"]

    assert rows_of(sheet) == [
        ["Text", "Number", "Share", "Day", "At"],
        ["é", 1.5, 0.25, datetime(2026, 11, 21), datetime(2026, 11, 21, 8, 30)],
    ]
    assert [cell.number_format for cell in sheet[2]] == [
        *("General", "#,##0.00", "0.0%", "yyyy-mm-dd", "yyyy-mm-dd hh:mm")
    ]


def test_header_is_frozen_and_filtered_and_the_total_follows_the_filter():
    grid = Grid("Lines", [Column("A"), Column("B", "number", total=True)], [["x", 1], ["y", 2.5]])

    sheet = book(grid)["Lines"]
    formulas = book(grid, values=False)["Lines"]

    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")
    assert rows_of(sheet)[-1] == ["Total", 3.5]
    assert formulas["B4"].value == "=SUBTOTAL(109,B2:B3)"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "{=1}"])
def test_a_text_is_never_worked_out(text):
    grid = Grid("Lines", [Column(text), Column("N", "number")], [[text, text]])

    sheet = book(grid, values=False)["Lines"]

    for cell in (sheet["A1"], sheet["A2"], sheet["B2"]):
        assert (cell.value, cell.data_type) == (text, "s")


def test_links_stay_text():
    sheet = book(Grid("Lines", [Column("A")], [["https://example.com"]]))["Lines"]

    assert sheet["A2"].hyperlink is None


def test_nothing_is_an_empty_cell():
    columns = [Column("A"), Column("B", "number"), Column("C", "date"), Column("D", "number")]

    sheet = book(Grid("Lines", columns, [[False, None, False, float("nan")]]))["Lines"]

    assert rows_of(sheet)[1:] in ([[None] * 4], [])


@given(st.text())
def test_any_text_makes_a_readable_workbook(text):
    sheet = book(Grid("Lines", [Column("A"), Column("B")], [[text, "end"]]))["Lines"]

    assert sheet["B2"].value == "end"


def test_a_text_too_long_for_a_cell_ends_in_an_ellipsis():
    sheet = book(Grid("Lines", [Column("A")], [["x" * 40_000]]))["Lines"]

    assert (len(sheet["A2"].value), sheet["A2"].value[-1]) == (32_767, "…")


def test_rows_beyond_a_sheet_go_on_in_the_next():
    grid = Grid("CNT/1", [Column("A"), Column("B", "number", total=True)], [["x", 1]] * 7)

    workbook = book(grid, max_rows=5)

    assert workbook.sheetnames == ["CNT-1", "CNT-1 (2)", "CNT-1 (3)"]
    assert [len(rows_of(sheet)) for sheet in workbook] == [5, 5, 3]
    assert [sheet.cell(sheet.max_row, 2).value for sheet in workbook] == [3, 3, 1]


def test_a_sheet_without_rows_has_its_header():
    assert rows_of(book(Grid("Lines", [Column("A", total=True)], []))["Lines"]) == [["A"]]


@given(st.lists(st.text(), min_size=1, max_size=20))
def test_sheet_names_are_ones_that_excel_takes(texts):
    taken = set()
    names = [sheet_name(text, taken) for text in texts]

    assert len({name.lower() for name in names}) == len(texts)
    for name in names:
        assert 1 <= len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name.lower() != "history"
        assert name[0] != "'" != name[-1]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("%d/%m/%Y", "dd/mm/yyyy"),
        ("%d.%m.%y", "dd.mm.yy"),
        ("%Y-%m-%d", "yyyy-mm-dd"),
        ("%H:%M:%S", "hh:mm:ss"),
        ("%I:%M:%S %p", "hh:mm:ss AM/PM"),
        ("%d de %B de %Y", 'dd "de" mmmm "de" yyyy'),
    ],
)
def test_date_formats_become_excels(pattern, expected):
    assert excel_date_format(pattern) == expected


def test_money_stands_with_its_currency():
    assert money_format("€", 2, after=True) == '#,##0.00 "€"'
    assert money_format("$", 2, after=False) == '"$" #,##0.00'
    assert money_format("FCFA", 0, after=True) == '#,##0 "FCFA"'
