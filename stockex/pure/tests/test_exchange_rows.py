"""Rows understood as far as they can be, with all that is wrong with them."""

import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from ..exchange.columns import Mapping, propose
from ..exchange.errors import Fault, Refused
from ..exchange.reading import open_table
from ..exchange.rows import Rules, StagedRow, row_key, stage_rows


def staged(text: str, rules: Rules | None = None) -> list[StagedRow]:
    table = open_table(text.encode(), "count.csv")
    return list(stage_rows(table, propose(table.headers), rules))


def test_a_row_is_understood():
    (row,) = staged(
        "Code;Barcode;Name;Location;Lot;Qty;Cost;Expiry;Counted on;Note\n"
        "A1;3700123456789;Pump;WH/Stock;L1;1 234,5;2,10;31/03/2027;01/02/2027 08:15;\n"
    )

    assert row == StagedRow(
        2,
        {
            "code": "A1",
            "barcode": "3700123456789",
            "name": "Pump",
            "location": "WH/Stock",
            "lot": "L1",
            "quantity": 1234.5,
            "cost": 2.1,
            "expiry": date(2027, 3, 31),
            "counted_at": datetime(2027, 2, 1, 8, 15),
            "note": None,
        },
        (),
    )


def test_every_fault_of_a_row_is_told_with_its_cell():
    (row,) = staged("Code;Barcode;Qty;Expiry\n;3,70E+12;-5;soon\n")

    assert row.values == {"code": None, "barcode": None, "quantity": None, "expiry": None}
    assert set(row.faults) == {
        Fault("barcode_rounded", 1, "B2", "3,70E+12"),
        Fault("quantity_negative", 2, "C2", "-5"),
        Fault("date_unreadable", 3, "D2", "soon"),
    }


def test_a_row_without_product_and_quantity_says_both():
    (row,) = staged("Code;Name;Qty;Note\n;;;here\n")

    assert row.faults == (
        Fault("quantity_missing", 2, "C2", ""),
        Fault("product_missing"),
    )


def test_the_column_tells_what_its_doubtful_numbers_are():
    text = "Code|Qty\nA|1,234\nB|{}\n"

    assert [row.values["quantity"] for row in staged(text.format("1,5"))] == [1.234, 1.5]
    assert [row.values["quantity"] for row in staged(text.format("1.5"))] == [1234.0, 1.5]
    forced = staged(text.format("1,5"), Rules(decimal="."))
    assert [row.values["quantity"] for row in forced] == [1234.0, 1.5]


def test_a_quoted_comma_in_a_comma_file_parts_thousands():
    assert staged('Code,Qty\nA,"1,234"\n')[0].values["quantity"] == 1234.0


def test_the_limits_are_those_of_the_rules():
    rules = Rules(quantity_limit=10, cost_limit=5, text_limit=3, note_limit=4, date_order="mdy")

    bad, good = staged(
        "Code;Qty;Cost;Note;DLC\nABCD;11;6;12345;31/01/2027\nABC;10;5;1234;01/31/2027\n", rules
    )

    assert [fault.code for fault in bad.faults] == [
        "text_too_long",
        "quantity_too_large",
        "cost_too_large",
        "text_too_long",
        "date_unreadable",
    ]
    assert good.faults == ()
    assert good.values["expiry"] == date(2027, 1, 31)


def test_odoos_display_name_gives_the_code_unless_there_is_one():
    (row,) = staged("Product;Qty\n[E-COM07] Large Cabinet;2\n")
    (coded,) = staged("Code;Product;Qty\nX;[E-COM07] Large Cabinet;2\n")

    assert (row.values["code"], row.values["name"]) == ("E-COM07", "Large Cabinet")
    assert (coded.values["code"], coded.values["name"]) == ("X", "[E-COM07] Large Cabinet")


def test_faults_of_reading_matter_only_in_mapped_columns():
    workbook = Workbook()
    for row in (["Code", "Qty", "Total"], ["A", 1, "=B2*2"], ["B", "=1+1", 3], ["C", 3, None]):
        workbook.active.append(row)
    workbook.active.merge_cells("A4:B4")
    target = io.BytesIO()
    workbook.save(target)
    table = open_table(target.getvalue(), "count.xlsx")

    plain, formula, merged = stage_rows(table, propose(table.headers))

    assert (plain.values["quantity"], plain.faults) == (1.0, ())
    assert formula.faults == (Fault("formula", 1, "B3", "=1+1"),)
    assert merged.faults == (Fault("merged", 0, "A4:B4"),)
    assert merged.values == {"code": None, "quantity": None}


def test_a_row_that_is_too_long_is_faulty_whatever_is_mapped():
    (row,) = staged("Code;Qty\nA;1;5\n")

    assert row.faults == (Fault("too_many_cells", 2, "C2", "5"),)


@pytest.mark.parametrize(
    ("columns", "code", "values"),
    [
        ({"quantity": 1}, "column_missing", {"families": ("code", "barcode", "name")}),
        ({"code": 0}, "column_missing", {"families": ("quantity",)}),
        ({"code": 0, "quantity": 0}, "bad_mapping", {"columns": {"code": 0, "quantity": 0}}),
        ({"code": 0, "quantity": 9}, "bad_mapping", {"columns": {"code": 0, "quantity": 9}}),
    ],
)
def test_a_mapping_without_product_or_quantity_is_refused(columns, code, values):
    table = open_table(b"Code;Qty\nA;1\n", "count.csv")

    with pytest.raises(Refused) as caught:
        stage_rows(table, Mapping(columns))

    assert (caught.value.code, caught.value.values) == (code, values)


def test_rows_that_count_the_same_goods_have_one_key():
    first, same, other_lot, other_product = staged(
        "Code;Barcode;Location;Lot;Qty\n"
        "a1;;WH/Stock;L1;1\n"
        "A1;370;wh/stock;l1;2\n"
        "a1;;WH/Stock;L2;1\n"
        ";a1;WH/Stock;L1;1\n"
    )

    assert row_key(first.values) == row_key(same.values)
    keys = {row_key(row.values) for row in (first, other_lot, other_product)}
    assert len(keys) == 3
