"""What is written down of a request holds no secret."""

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockex_mobile_api.pure.auth.identity import Identity
from stockex_mobile_api.pure.auth.masking import LONGEST_BODY, mask_body, mask_query, mask_text
from stockex_mobile_api.pure.auth.request_log import Entry, row

KEY = "sxk_" + "aB3-_" * 8 + "xyz"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"
WEBHOOK = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ""),
        ("limit=5&fields=id,name", "limit=5&fields=id,name"),
        ("access_token=abc&limit=5", "access_token=***&limit=5"),
        (
            "api_key=1&apikey=2&api-key=3&API_KEY=4",
            "api_key=***&apikey=***&api-key=***&API_KEY=***",
        ),
        ("password=a%20b&client_secret=x", "password=***&client_secret=***"),
        (f"q={KEY}", "q=***"),
        (f"q=Bearer%20{TOKEN}", "q=***"),
        ("barcode=5901234123457", "barcode=5901234123457"),
        ("empty=&q=a", "empty=&q=a"),
    ],
)
def test_a_query_keeps_what_is_no_secret(query, shown):
    assert mask_query(query) == shown


def test_a_body_is_masked_at_every_depth():
    body = {
        "name": "Shop",
        "secret": "s1",
        "headers": [{"Authorization": f"Bearer {KEY}"}, {"note": f"use {WEBHOOK} now"}],
        "nested": {"user": {"password": "s2", "pin": 1234, "pinned": True}},
        "token": None,
    }

    assert json.loads(mask_body(json.dumps(body).encode())) == {
        "name": "Shop",
        "secret": "***",
        "headers": [{"Authorization": "***"}, {"note": "use *** now"}],
        "nested": {"user": {"password": "***", "pin": "***", "pinned": True}},
        "token": None,
    }


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (b"", ""),
        (
            "grant_type=refresh_token&refresh_token=abc",
            "grant_type=refresh_token&refresh_token=***",
        ),
        (f"broken {{ {KEY}", "broken { ***"),
        (b"%PDF-1.4\0\0binary", "(16 bytes)"),
        (b"\xff\xfe", "\ufffd\ufffd"),
        ("[" * 100_000, "[" * (LONGEST_BODY - 1) + "…"),
    ],
)
def test_what_is_no_json_is_masked_by_its_look(body, shown):
    assert mask_body(body) == shown


@given(JSON)
def test_no_body_is_too_odd_and_none_too_long(body):
    shown = mask_body(json.dumps(body))

    assert "\0" not in shown
    assert len(shown) <= LONGEST_BODY
    shown.encode()


@pytest.mark.parametrize(
    "secret", [KEY, KEY.replace("sxk", "sxr"), TOKEN, WEBHOOK, f"Basic {TOKEN}"]
)
def test_a_secret_is_known_by_its_look(secret):
    assert mask_text(f"({secret})").strip("()") == "***"


def entry(**vals):
    return Entry(
        **{
            "time": datetime(2026, 3, 2, 9, 0),
            "method": "GET",
            "path": "/stockex/api/v1/counts/{count_id}",
            "status": 200,
            "duration_ms": 12.3456,
            "request_id": "r1",
            "remote_addr": "192.0.2.1",
            **vals,
        }
    )


def test_a_line_of_the_log_says_who_and_keeps_no_body_unless_told():
    who = Identity(7, frozenset(), 100, "key:12", "Till", company_id=3, key_id=12)

    line = row(entry(identity=who, query="token=x", request_body="{}", response_body="{}"))

    assert (line["user_id"], line["key_id"], line["client_id"], line["company_id"]) == (
        7,
        12,
        None,
        3,
    )
    assert (line["status_class"], line["duration_ms"], line["query"]) == ("2xx", 12.35, "token=***")
    assert (line["request_body"], line["response_body"]) == (None, None)


def test_bodies_are_kept_masked_when_the_company_wants_them():
    who = Identity(7, frozenset(), 100, "key:12", "Till", log_bodies=True)

    line = row(entry(identity=who, request_body=b'{"password": "x"}', response_body=b"[1]"))

    assert (line["request_body"], line["response_body"]) == ('{"password": "***"}', "[1]")
    assert line["company_id"] is None


def test_a_stranger_leaves_a_line_without_a_body_whatever_they_send():
    line = row(
        entry(
            status=404,
            path=f"/x\0/{KEY}" + "y" * 900,
            query="a\0=\ud800",
            remote_addr="z" * 99,
            request_body="secret",
        )
    )

    assert (line["status_class"], line["user_id"], line["subject"]) == ("4xx", None, None)
    assert line["request_body"] is None
    assert line["path"].startswith("/x/***")
    assert len(line["path"]) <= 500
    assert len(line["remote_addr"]) == 64
    for value in line.values():
        assert "\0" not in str(value)
        str(value).encode()


def test_the_name_of_a_live_channel_is_a_secret():
    channel = "stockex_live:3q2-7wEBAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs"

    assert channel not in mask_body(f'{{"id": 1, "channel": "{channel}"}}')
    assert mask_text(f"to {channel}") == "to ***"


def test_a_size_that_a_client_only_claims_still_leaves_a_line():
    line = row(entry(request_size=10**12, response_size=2**31 - 1))

    assert (line["request_size"], line["response_size"]) == (2**31 - 1, 2**31 - 1)
