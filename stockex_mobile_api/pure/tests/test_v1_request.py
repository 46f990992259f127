import contextlib
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockex_mobile_api.pure.v1 import count_lines, counts, lots
from stockex_mobile_api.pure.v1.request import RequestInvalid, read_body, read_query
from stockex_mobile_api.pure.v1.types import LARGEST_ID, VISIBLE


def faults(schema, text):
    with pytest.raises(RequestInvalid) as caught:
        read_body(schema, text.encode())
    return [(fault["where"], fault["code"]) for fault in caught.value.faults]


def test_a_body_gives_what_it_sets_and_nothing_else():
    body = read_body(counts.CountUpdate, b'{"title": null, "warehouse_id": 2.0}')

    assert body.model_fields_set == {"title", "warehouse_id"}
    assert (body.title, body.warehouse_id) == (None, 2)


@pytest.mark.parametrize(
    ("text", "where", "code"),
    [
        ('{"stat": 1}', "body.stat", "extra_forbidden"),
        ('{"state": "done"}', "body.state", "extra_forbidden"),
        ('{"kind": null}', "body.kind", "literal_error"),
        ('{"title": "a\\u0000b"}', "body.title", "string_pattern_mismatch"),
        ('{"warehouse_id": "2"}', "body.warehouse_id", "int_type"),
        ('{"warehouse_id": true}', "body.warehouse_id", "int_type"),
        ('{"warehouse_id": 2.5}', "body.warehouse_id", "int_type"),
        (f'{{"warehouse_id": {LARGEST_ID + 1}}}', "body.warehouse_id", "less_than_equal"),
        ('{"warehouse_id": 0}', "body.warehouse_id", "greater_than_equal"),
        ('{"posting_date": 20260101}', "body.posting_date", "value_error"),
        ('{"posting_date": "20260101"}', "body.posting_date", "value_error"),
        ('{"counter_ids": null}', "body.counter_ids", "list_type"),
        ("[]", "body", "model_type"),
        ("null", "body", "model_type"),
    ],
)
def test_a_body_that_breaks_its_contract_is_refused_by_its_place(text, where, code):
    assert faults(counts.CountUpdate, text) == [(where, code)]


@pytest.mark.parametrize("text", ["{", '{"title": "\\ud800"}', "\ufeff{}", "{'a': 1}"])
def test_what_is_no_json_is_malformed_not_invalid(text):
    with pytest.raises(RequestInvalid) as caught:
        read_body(counts.CountUpdate, text.encode("utf-8", "surrogatepass"))

    assert caught.value.malformed


@pytest.mark.parametrize("quantity", ["NaN", "Infinity", "1e400", '"3"', "null"])
def test_a_quantity_is_a_finite_number(quantity):
    text = f'{{"entries": [{{"uuid": "aaaaaaaa", "quantity": {quantity}}}]}}'

    assert [where for where, _code in faults(count_lines.EntryBatch, text)] == [
        "body.entries.0.quantity"
    ]


def test_an_instant_needs_its_offset():
    text = '{"entries": [{"uuid": "aaaaaaaa", "quantity": 1, "counted_at": "2026-01-01T00:00:00"}]}'

    assert faults(count_lines.EntryBatch, text) == [("body.entries.0.counted_at", "value_error")]


@pytest.mark.parametrize(
    "moment", ["1900-01-01T00:00:00+01:00", "8999-12-31T23:59:59-01:00", "1899-12-31T23:00:00Z"]
)
def test_an_instant_that_could_not_be_told_in_utc_is_not_taken(moment):
    text = f'{{"name": "L-1", "expires_at": "{moment}"}}'

    assert faults(lots.LotUpdate, text) == [("body.expires_at", "value_error")]


def test_a_query_reads_lists_numbers_and_words_as_they_are_meant():
    query = read_query(
        counts.CountQuery,
        {"state": ["draft,done"], "limit": ["7"], "search": ["12"], "sort": ["-name"]},
    )

    assert (query.state, query.limit, query.search, query.sort) == (
        ["draft", "done"],
        7,
        "12",
        "-name",
    )


@pytest.mark.parametrize(
    ("given_query", "where"),
    [
        ({"stat": ["x"]}, "query.stat"),
        ({"limit": ["1", "2"]}, "query.limit"),
        ({"limit": ["201"]}, "query.limit"),
        ({"limit": ["1.0"]}, "query.limit"),
        ({"limit": [" 1"]}, "query.limit"),
        ({"limit": ["1_0"]}, "query.limit"),
        ({"fields": ["id,price"]}, "query.fields.1"),
        ({"fields": [""]}, "query.fields.0"),
        ({"updated_since": ["1700000000"]}, "query.updated_since"),
        ({"sort": ["state"]}, "query.sort"),
    ],
)
def test_a_query_that_breaks_its_contract_is_refused(given_query, where):
    with pytest.raises(RequestInvalid) as caught:
        read_query(counts.CountQuery, given_query)

    assert [fault["where"] for fault in caught.value.faults] == [where]


def test_an_operation_without_query_takes_no_parameter():
    assert read_query(None, {}) is None
    with pytest.raises(RequestInvalid):
        read_query(None, {"x": ["1"]})


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(raw):
    with contextlib.suppress(RequestInvalid):
        assert read_body(counts.CountCreate, raw) is not None


@given(st.dictionaries(st.text(max_size=8), st.lists(st.text(max_size=12), min_size=1, max_size=3)))
def test_no_query_breaks_the_reader(given_query):
    with contextlib.suppress(RequestInvalid):
        assert read_query(counts.CountQuery, given_query) is not None


@pytest.mark.parametrize(
    "name", [" ", "\t\n", "\u00a0", "\u2003\u200b", "\u3000", "\ufeff", "\x7f\x1f"]
)
def test_a_name_that_nobody_can_see_is_refused(name):
    text = json.dumps({"name": name, "product_id": 1})

    assert faults(lots.LotCreate, text) == [("body.name", "string_pattern_mismatch")]


@pytest.mark.parametrize("name", ["a", " a ", "\u00e9", "\u200ba", "7\n", "\u6f22", "\U0001f600"])
def test_a_name_is_taken_as_it_stands_if_something_of_it_is_seen(name):
    assert read_body(lots.LotUpdate, json.dumps({"name": name}).encode()).name == name


@given(st.text(min_size=1, max_size=20))
def test_the_document_and_the_server_agree_on_names(name):
    taken = False
    with contextlib.suppress(RequestInvalid):
        read_body(lots.LotUpdate, json.dumps({"name": name}).encode())
        taken = True

    assert taken == bool(re.search(VISIBLE, name))
