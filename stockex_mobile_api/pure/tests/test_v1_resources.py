from datetime import date

import pytest

from stockex_mobile_api.pure.v1.barcodes import Barcode, plain_parts
from stockex_mobile_api.pure.v1.events import describe
from stockex_mobile_api.pure.v1.jobs import plain_result
from stockex_mobile_api.pure.v1.products import ProductItem
from stockex_mobile_api.pure.v1.request import RequestInvalid, read_body


def test_the_plain_values_of_a_result_are_shown_and_no_others():
    result = {"rows": 7, "share": 0.5, "ok": False, "file": "x" * 1001, "inner": {"a": 1}, "l": [1]}

    assert plain_result(result) == {"rows": 7, "share": 0.5, "ok": False, "file": "x" * 1000}


@pytest.mark.parametrize("result", [None, False, [], [1], "text", {}, {"inner": {}}])
def test_a_result_without_plain_values_is_none(result):
    assert plain_result(result) is None


def test_events_are_described_by_name_with_the_kind_of_each_property():
    schemas = {
        "count.posted": {"value": (int, float), "failed": int},
        "count.lost": {},
        "count.found": {"done": bool, "ids": list, "more": dict, "who": str, "at": object},
    }

    assert describe(schemas).splitlines() == [
        "* `count.found`: `done` (true or false), `ids` (list), `more` (object), `who` (text), "
        "`at` (value)",
        "* `count.lost`: nothing",
        "* `count.posted`: `value` (number), `failed` (whole number)",
    ]


def test_the_parts_of_a_code_are_shown_as_json_knows_them():
    parts = [
        {"rule": object(), "type": "expiration_date", "ai": "17", "value": date(2026, 3, 31)},
        {"rule": object(), "type": "quantity", "ai": "37", "value": 3},
    ]

    shown = plain_parts(parts)

    assert shown == [
        {"ai": "17", "type": "expiration_date", "value": "2026-03-31"},
        {"ai": "37", "type": "quantity", "value": 3},
    ]
    assert Barcode.model_validate({"code": "x", "matches": [], "gs1": shown}).gs1[1].value == 3


def test_an_item_without_an_id_is_a_new_product():
    item = read_body(ProductItem, b'{"name": "Kettle", "barcode": null}')

    assert (item.id, item.model_fields_set) == (None, {"name", "barcode"})
    with pytest.raises(RequestInvalid):
        read_body(ProductItem, b'{"id": null}')
