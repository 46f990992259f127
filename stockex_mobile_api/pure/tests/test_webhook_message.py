"""What a webhook says, and which ones are wanted."""

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..webhook.address import address_fault
from ..webhook.message import MOST_BYTES, body_of, families, is_wanted, message

TIME = datetime(2026, 3, 2, 10, 0, 5, 999)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def test_a_message_has_type_time_and_data():
    content = message("count.posted", TIME, {"session": "CNT/1", "id": 7})

    assert content == {
        "type": "count.posted",
        "timestamp": "2026-03-02T10:00:05Z",
        "data": {"session": "CNT/1", "id": 7},
    }
    assert body_of(content) == (
        b'{"type":"count.posted","timestamp":"2026-03-02T10:00:05Z",'
        b'"data":{"id":7,"session":"CNT/1"}}'
    )


@given(st.dictionaries(st.text(), PLAIN, max_size=6))
def test_the_order_of_keys_changes_no_byte(data):
    turned = dict(reversed(data.items()))

    assert body_of(message("x.y", TIME, data)) == body_of(message("x.y", TIME, turned))


@given(st.dictionaries(st.text(max_size=20), PLAIN, max_size=6))
def test_a_message_of_ordinary_size_arrives_whole(data):
    content = message("x.y", TIME, data)

    if "truncated" not in content["data"]:
        assert json.loads(body_of(content)) == json.loads(json.dumps(content))


def test_a_huge_message_is_cut_and_says_so():
    data = {"id": 7, "note": "é" * 15_000, "rows": [1] * 9_000, "record": {"model": "m", "id": 3}}

    content = message("x.y", TIME, data)

    assert len(body_of(content)) < MOST_BYTES
    assert content["data"] == {
        "id": 7,
        "note": "é" * 199 + "…",
        "rows": None,
        "record": {"model": "m", "id": 3},
        "truncated": True,
    }


@pytest.mark.parametrize(
    ("name", "filters", "wanted"),
    [
        ("count.posted", [], True),
        ("count.posted", ["count.posted"], True),
        ("count.posted", ["count.started"], False),
        ("count.posted", ["stock.low", "count.*"], True),
        ("counter.added", ["count.*"], False),
        ("stock.low", ["count.*"], False),
        ("count.posted", ["count"], False),
    ],
)
def test_filters_are_names_or_nouns(name, filters, wanted):
    assert is_wanted(name, filters) is wanted


def test_each_noun_is_a_filter():
    assert families(["count.posted", "stock.low", "count.started"]) == ["count.*", "stock.*"]


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("https://x.example/hook?key=1", ""),
        ("https://x.example:8443", ""),
        ("http://x.example/", "not_https"),
        ("https://ann:pw@x.example/", "credentials"),
        ("https://@x.example/", "credentials"),
        ("https://x.example/#a", "fragment"),
        *(("", "malformed"), ("x.example", "malformed"), ("ftp://x.example", "malformed")),
        *(("https://", "malformed"), ("https://x.example:0/", "malformed")),
        *(("https://x .example", "malformed"), ("https://x.example:99999", "malformed")),
        *(("https://[::1", "malformed"), ("https://x.example/\n", "malformed")),
    ],
)
def test_each_wrong_address_has_its_fault(url, fault):
    assert address_fault(url, allow_http=False) == fault


def test_http_is_for_the_own_network_only():
    assert address_fault("http://erp.local/", allow_http=True) == ""
