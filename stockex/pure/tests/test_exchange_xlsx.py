"""Workbooks as Excel and other programs write them, and as nobody should."""

import io
import re
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from ..exchange.errors import Fault, Refused
from ..exchange.reading import open_table
from ..exchange.table import Sheet

SHEET = "xl/worksheets/sheet1.xml"


def saved(workbook: Workbook) -> bytes:
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def workbook_of(*rows) -> Workbook:
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    return workbook


def excel_like(*rows) -> bytes:
    """Write texts into a shared table, as Excel does and openpyxl does not."""
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target)
    sheet = workbook.add_worksheet()
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    workbook.close()
    return target.getvalue()


def changed(data: bytes, part: str, change) -> bytes:
    """Write a workbook anew with one of its parts changed."""
    target = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()).encode() if name == part else content)
    return target.getvalue()


def refused_code(data: bytes, **options) -> str:
    with pytest.raises(Refused) as caught:
        list(open_table(data, "count.xlsx", **options).rows())
    return caught.value.code


def rows_of(data: bytes, **options) -> list:
    return list(open_table(data, "count.xlsx", **options).rows())


def test_cells_keep_their_kind():
    moment = datetime(2027, 3, 31, 14, 30)
    row = ("A1", 3, 2.5, moment, True, None, "x")

    table = open_table(
        saved(workbook_of(["Code", "Qty", "Cost", "Date", "B", "C", "Note"], row)), ""
    )

    assert table.kind == "xlsx"
    assert [(one.number, one.cells, one.faults) for one in table.rows()] == [(2, row, ())]


def test_a_header_on_row_4_is_found_and_rows_keep_their_numbers():
    workbook = workbook_of(["Count of May"], [], ["Warehouse", "Paris"])
    for row, (code, quantity) in {4: ("Code", "Qty"), 6: ("A", 1), 9: ("B", 2)}.items():
        workbook.active.cell(row, 2, code)
        workbook.active.cell(row, 3, quantity)

    table = open_table(saved(workbook), "count.xlsx")

    assert (table.header_row, table.headers) == (4, ("", "Code", "Qty"))
    assert [(row.number, row.cells) for row in table.rows()] == [
        (6, (None, "A", 1)),
        (9, (None, "B", 2)),
    ]


def test_a_formula_is_refused_with_its_address_and_no_value():
    data = saved(workbook_of(["Code", "Qty"], ["A", "=1+2"], ["B", 2]))

    formula, plain = rows_of(data)

    assert (formula.cells, formula.faults) == (
        ("A", None),
        (Fault("formula", 1, "B2", "=1+2"),),
    )
    assert (plain.cells, plain.faults) == (("B", 2), ())


def test_a_formula_over_several_cells_is_one_too():
    workbook = workbook_of(["Code", "Qty"], ["A", 1])
    workbook.active["B2"] = ArrayFormula("B2:B2", "=SUM(A1:A2)")

    assert rows_of(saved(workbook))[0].faults == (Fault("formula", 1, "B2", "=SUM(A1:A2)"),)


def test_a_text_that_begins_with_an_equals_sign_is_no_formula():
    workbook = workbook_of(["Code", "Qty"], ["A", 1])
    workbook.active["A2"].value = "=A"
    workbook.active["A2"].data_type = "s"

    assert rows_of(saved(workbook))[0].cells == ("=A", 1)


def test_an_error_cell_is_refused():
    (row,) = rows_of(saved(workbook_of(["Code", "Qty"], ["A", "#N/A"])))

    assert (row.cells, row.faults) == (("A", None), (Fault("error_cell", 1, "B2", "#N/A"),))


def test_merged_cells_fault_the_rows_they_touch_and_no_others():
    workbook = workbook_of(["Title"], ["Code", "Location", "Qty"])
    for row in (["A", "X", 1], ["B", None, 2], ["C", "Y", 3]):
        workbook.active.append(row)
    workbook.active.merge_cells("A1:C1")
    workbook.active.merge_cells("B3:B4")

    rows = rows_of(saved(workbook))

    merged = (Fault("merged", 1, "B3:B4"),)
    assert [(row.number, row.faults) for row in rows] == [(3, merged), (4, merged), (5, ())]


def test_a_row_merged_across_faults_each_of_its_columns():
    workbook = workbook_of(["Code", "Qty", "Note"], ["A", 1, None])
    workbook.active.merge_cells("A2:B2")

    (row,) = rows_of(saved(workbook))

    assert row.faults == (Fault("merged", 0, "A2:B2"), Fault("merged", 1, "A2:B2"))


def test_what_stands_beside_the_table_is_left_alone():
    workbook = workbook_of(["Code", "Qty"], ["A", 1])
    workbook.active["D2"] = "=1/0"
    workbook.active["D7"] = "counted in the rain"

    assert [(row.cells, row.faults) for row in rows_of(saved(workbook))] == [(("A", 1), ())]


@pytest.mark.parametrize("dimension", ["A1", "A1:B1", "A1:XFD1048576"])
def test_a_lying_dimension_hides_nothing(dimension):
    data = saved(workbook_of(["Code", "Qty"], ["A", 1], ["B", 2]))
    lying = changed(data, SHEET, lambda xml: re.sub(r'ref="A1:B3"', f'ref="{dimension}"', xml))

    assert lying != data
    assert [row.cells for row in rows_of(lying)] == [("A", 1), ("B", 2)]


def test_a_hidden_sheet_is_read_only_when_it_is_chosen():
    workbook = workbook_of(["Code", "Qty"], ["hidden", 1])
    workbook.active.title = "Old"
    workbook.active.sheet_state = "hidden"
    workbook.create_sheet("Blank")
    workbook.create_sheet("Count").append(["Code", "Qty"])
    workbook["Count"].append(["shown", 2])
    data = saved(workbook)

    table = open_table(data, "count.xlsx")

    assert table.sheets == (Sheet("Old", False), Sheet("Blank", True), Sheet("Count", True))
    assert (table.sheet, next(table.rows()).cells) == ("Count", ("shown", 2))
    assert rows_of(data, sheet="Old")[0].cells == ("hidden", 1)
    assert refused_code(data, sheet="Other") == "no_sheet"
    assert refused_code(data, sheet="Blank") == "empty_file"


def test_a_file_whose_content_is_hidden_says_so():
    workbook = workbook_of(["Code", "Qty"], ["A", 1])
    workbook.active.sheet_state = "veryHidden"
    workbook.create_sheet("Blank")

    assert refused_code(saved(workbook)) == "hidden_sheet"


def test_hidden_and_filtered_rows_are_read():
    workbook = workbook_of(["Code", "Qty"], ["A", 1], ["B", 2])
    workbook.active.row_dimensions[2].hidden = True
    workbook.active.auto_filter.ref = "A1:B3"

    assert [row.cells for row in rows_of(saved(workbook))] == [("A", 1), ("B", 2)]


def test_a_sheet_without_rows_and_an_empty_book_are_told_apart():
    assert refused_code(saved(workbook_of(["Code", "Qty"]))) == "no_rows"
    assert refused_code(saved(Workbook())) == "empty_file"


def test_shared_texts_are_read():
    data = excel_like(["Référence", "Quantité"], ["A\r\nB", 1.5])

    assert rows_of(data)[0].cells == ("A\r\nB", 1.5)


def test_the_name_of_a_file_decides_nothing():
    data = saved(workbook_of(["Code", "Qty"], ["A", 1]))

    assert open_table(data, "count.csv").kind == "xlsx"
    assert open_table(b"Code;Qty\nA;1\n", "count.xlsx").kind == "csv"
