"""A real shop's two years of corrections, replayed as counts."""

import gzip

import pytest

from dev.real_data import FOLDER, ledger

from .copies import copy_of_test_database

needs_data = pytest.mark.skipif(not ledger.is_there(FOLDER), reason="the shop's files are absent")


def test_the_opening_stock_outlasts_the_worst_moment():
    movements = [("2010-01-03", 5), ("2010-01-01", 4), ("2010-01-02", -3), ("2010-01-04", -9)]

    assert ledger.lowest_opening(movements) == 6


def test_without_a_sale_nothing_need_be_there():
    assert ledger.lowest_opening([]) == 0
    assert ledger.lowest_opening([("2010-01-01", -5)]) == 0


def test_corrections_are_capped_at_zero_month_by_month():
    items = [ledger.Item("A", "a", 10, 1.0), ledger.Item("B", "b", 4, 1.0)]
    months = {"2010-01": {"A": -12}, "2010-02": {"A": 5, "B": -1}}

    assert ledger.after_corrections(items, months) == {"A": 5, "B": 3}


def test_only_customers_movements_make_the_opening_stock(tmp_path):
    head = "invoice,stock_code,quantity,ts,price,customer_id,country\n"
    rows = [
        "1,X,6,2010-01-01 10:00,2.5,7,France",
        "C2,X,-2,2010-01-02 10:00,2.5,7,France",
        "3,X,-100,2010-01-03 10:00,0.0,,France",
        "A4,X,50,2010-01-04 10:00,9.0,,France",
        "5,X,3,2010-01-05 10:00,5.5,,France",
    ]
    _write(tmp_path / ledger.TRANSACTIONS, head + "\n".join(rows))
    _write(tmp_path / ledger.PRODUCTS, "stock_code,description\nX,LAMP\nY,")

    assert ledger.read_items(tmp_path) == [
        ledger.Item("X", "LAMP", 7, 3.5),
        ledger.Item("Y", "Y", 0, 0.0),
    ]


def test_corrections_of_what_is_no_product_are_left_out_and_counted(tmp_path):
    rows = ["1,X,-4,2010-01-05,a", "2,POST,1,2010-01-06,b", "3,X,1,2010-01-31,"]
    rows.append("4,X,2,2010-03-01,")
    _write(tmp_path / ledger.ADJUSTMENTS, "invoice,stock_code,quantity,ts,note\n" + "\n".join(rows))

    assert ledger.read_corrections(tmp_path, {"X"}) == (
        {"2010-01": {"X": -3}, "2010-03": {"X": 2}},
        1,
    )


def _write(path, text):
    path.write_bytes(gzip.compress(text.encode()))


@needs_data
def test_every_product_ends_where_the_ledger_says():
    with copy_of_test_database("real") as copy:
        answer = copy.run(
            "from dev.real_data.loader import load\n"
            "from dev.real_data.replay import replay\n"
            "shop = load(env)\n"
            "env.cr.commit()\n"
            "summary = replay(env, shop)\n"
            "answer.update(vars(summary))\n"
        )

    assert answer["mismatches"] == []
    assert answer["products"] == 4932
    assert answer["sessions"] == 22
    assert answer["entries"] == 4197
    assert answer["posted"] == answer["differing"]
