"""Redirect addresses and access tokens."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockex_mobile_api.pure.auth.access_token import (
    Claims,
    TokenInvalid,
    read_token,
    write_token,
)
from stockex_mobile_api.pure.auth.redirect import is_registered, redirect_fault

NOW = datetime(2026, 3, 2, 9, 0)
KEY = "k" * 43
CLAIMS = Claims(
    uid=7,
    client_id="sxc_a",
    session_id=3,
    scopes=frozenset({"counts:read", "stock:read"}),
    jti="j",
    issued_at=NOW,
    expires_at=NOW + timedelta(seconds=900),
)


@pytest.mark.parametrize(
    ("uri", "fault"),
    [
        ("https://shop.example/callback", ""),
        ("https://shop.example:8443/callback?a=1&b=2", ""),
        ("http://127.0.0.1/callback", ""),
        ("http://127.0.0.1:7777/callback", ""),
        ("http://[::1]:7777/callback", ""),
        ("http://localhost:3000/callback", ""),
        ("com.example.app:/callback", ""),
        ("com.example.app://callback", ""),
        ("http://shop.example/callback", "insecure"),
        ("http://127.0.0.1.evil.example/callback", "insecure"),
        ("http://localhost.evil.example/", "insecure"),
        ("https://shop.example/callback#x", "fragment"),
        ("https://shop.example/callback#", "fragment"),
        ("https://me@shop.example/", "user"),
        ("http://127.0.0.1:80@evil.example/", "user"),
        ("javascript:alert(1)", "scheme"),
        ("data:text/html,x", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("myapp:/callback", "scheme"),
        ("https:///callback", "malformed"),
        ("https://shop.example:port/", "malformed"),
        ("https://[::1/", "malformed"),
        ("//shop.example/", "malformed"),
        ("shop.example", "malformed"),
        ("", "malformed"),
        ("https://shöp.example/", "malformed"),
        ("https://shop.example/a b", "malformed"),
        ("https://shop.example/\n", "malformed"),
        ("https://shop.example\\@evil.example/", "malformed"),
        ("https://shop.example/" + "x" * 2000, "malformed"),
    ],
)
def test_a_redirect_address_is_judged(uri, fault):
    assert redirect_fault(uri) == fault


REGISTERED = ["https://shop.example/cb?a=1", "http://127.0.0.1:8000/cb", "http://localhost/cb"]


@pytest.mark.parametrize(
    ("uri", "known"),
    [
        ("https://shop.example/cb?a=1", True),
        ("https://shop.example/cb", False),
        ("https://shop.example/cb?a=1&b=2", False),
        ("https://SHOP.example/cb?a=1", False),
        ("https://shop.example:443/cb?a=1", False),
        ("https://shop.example/cb/../cb?a=1", False),
        ("http://127.0.0.1:51004/cb", True),
        ("http://127.0.0.1/cb", True),
        ("http://127.0.0.1:51004/other", False),
        ("http://127.0.0.1:51004/cb?x", False),
        ("http://127.0.0.1:51004/cb#x", False),
        ("http://x@127.0.0.1:51004/cb", False),
        ("http://[::1]:51004/cb", False),
        ("https://127.0.0.1:51004/cb", False),
        ("http://localhost:1/cb", False),
        ("", False),
    ],
)
def test_an_address_is_registered_sign_for_sign(uri, known):
    assert is_registered(uri, REGISTERED) is known


@given(st.text())
def test_no_address_is_too_odd(uri):
    assert redirect_fault(uri) in {"", "malformed", "fragment", "user", "insecure", "scheme"}
    assert is_registered(uri, REGISTERED) == (uri in REGISTERED)


# --- Tokens ---


def read(text, key=KEY, audience="here", now=NOW):
    return read_token(text, key, audience, now)


def write(claims=CLAIMS, key=KEY, audience="here"):
    return write_token(claims, key, "https://stock.example", audience)


def test_a_token_says_again_what_was_written():
    assert read(write()) == CLAIMS


@pytest.mark.parametrize(
    "change", [{"key": "l" * 43}, {"audience": "there"}, {"now": NOW - timedelta(seconds=6)}]
)
def test_a_token_is_for_one_key_one_audience_and_not_for_before(change):
    with pytest.raises(TokenInvalid):
        read(write(), **change)


def test_a_token_ends_with_a_little_patience_for_clocks():
    assert read(write(), now=CLAIMS.expires_at + timedelta(seconds=4)) == CLAIMS

    with pytest.raises(TokenInvalid, match="expired_token"):
        read(write(), now=CLAIMS.expires_at + timedelta(seconds=5))


@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=3))
def test_a_token_that_was_changed_anywhere_is_refused(place, noise):
    text = write()
    place %= len(text)
    twisted = text[:place] + noise.hex() + text[place + 1 :]

    if twisted != text:
        with pytest.raises(TokenInvalid):
            read(twisted)


@given(st.text())
def test_no_text_is_too_odd_for_a_token(text):
    with pytest.raises(TokenInvalid):
        read(text)
