"""A count file of 4,932 real products with 200 planted faults, as Excel and as French text."""

import pytest

from dev.real_data import FOLDER
from dev.real_data.ledger import is_there
from tests.real import count_files
from tests.real.copies import copy_of_test_database

needs_data = pytest.mark.skipif(not is_there(FOLDER), reason="the shop's files are not there")

SCRIPT = """
import base64
from dev.real_data.loader import load
from tests.real import count_files

shop = load(env)
env = shop.company.env(context={**shop.company.env.context, "queue_job__no_delay": True})
group = env.ref("stockex.group_controller")
controller = env["res.users"].with_context(no_reset_password=True).create(
    {"name": "Iris", "login": "iris", "company_id": shop.company.id,
     "company_ids": [(6, 0, shop.company.ids)], "group_ids": [(6, 0, group.ids)]})
env["product.product"].create(
    {"name": "Tracked", "default_code": count_files.TRACKED, "is_storable": True,
     "tracking": "lot"})
stock = shop.warehouse.lot_stock_id
# One code differs from another by a space at its end alone: no reader of a list sees that.
codes = [item.code if item.code.strip() == item.code else f"{item.code.strip()}-2"
         for item in shop.items]
for item, code in zip(shop.items, codes, strict=True):
    if item.code != code:
        env["product.product"].browse(shop.products[item.code]).default_code = code
table, faults, good = count_files.rows(codes, stock.complete_name)
files = {"count.xlsx": count_files.workbook(table), "comptage.csv": count_files.french_text(table)}
for name, data in files.items():
    session = env["stockex.count.session"].with_user(controller).create(
        {"company_id": shop.company.id, "scope": "locations", "allow_overlap": True,
         "location_ids": [(6, 0, stock.ids)]})
    session.action_start()
    record = env["stockex.import"].with_user(controller).create(
        {"session_id": session.id, "filename": name, "file": base64.b64encode(data)})
    record.action_check()
    rows = record.row_ids.filtered(lambda row: row.state == "refused")
    reported = {row.number: [row.code, bool(row.message)] for row in rows}
    record.import_good = True
    record.action_import()
    lines = session.sudo().line_ids.filtered(lambda line: line.state == "counted")
    counted = {line.product_id.default_code: line.counted_quantity for line in lines}
    answer[name] = {
        "refused": reported, "state": record.state, "rows": record.row_count,
        "imported": record.imported_count, "lines": len(lines), "as counted": counted == good,
        "separator": record.separator, "encoding": record.encoding, "decimal": record.decimal,
    }
"""


def test_the_planted_faults_are_two_hundred_of_ten_kinds():
    table, faults, good = count_files.rows([f"P{n}" for n in range(4932)], "Shelf")

    assert (len(table), len(faults), len(good)) == (4932, 200, 4732)
    assert {list(faults.values()).count(kind) for kind in count_files.KINDS} == {20}


@needs_data
def test_exactly_the_planted_faults_are_refused_and_the_rest_is_counted():
    with copy_of_test_database("file") as copy:
        answer = copy.run(SCRIPT)

    _rows, faults, _good = count_files.rows([str(n) for n in range(4932)], "Shelf")
    for column, (name, how) in enumerate(
        {
            "count.xlsx": {"separator": False, "encoding": False},
            "comptage.csv": {"separator": ";", "encoding": "cp1252", "decimal": ","},
        }.items()
    ):
        found = answer[name]
        expected = {
            str(row): [count_files.KINDS[kind][column], True] for row, kind in faults.items()
        }
        assert found["refused"] == expected
        assert (found["state"], found["rows"]) == ("done", 4932)
        assert (found["imported"], found["lines"], found["as counted"]) == (4732, 4732, True)
        assert {key: found[key] for key in how} == how
