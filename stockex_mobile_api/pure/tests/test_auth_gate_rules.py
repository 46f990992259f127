"""Keys, addresses, scopes, verdicts and quotas: what the gate decides by."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockex_mobile_api.pure.auth import scopes
from stockex_mobile_api.pure.auth.credential import (
    Credential,
    digest,
    key_text,
    read_authorization,
)
from stockex_mobile_api.pure.auth.identity import Identity
from stockex_mobile_api.pure.auth.network import (
    NotANetwork,
    is_inside,
    neighbourhood,
    read_networks,
)
from stockex_mobile_api.pure.auth.quota import quota
from stockex_mobile_api.pure.auth.verdict import STATUS, Facts, refusal

NOW = datetime(2026, 3, 2, 9, 0)
FINE = Facts(
    kind="key",
    revoked=False,
    expires_at=NOW + timedelta(days=1),
    user_active=True,
    user_internal=True,
    company_open=True,
    sandbox=False,
    company_is_sandbox=False,
)


def changed(**vals):
    return Facts(**{name: getattr(FINE, name) for name in FINE.__slots__} | vals)


# --- Keys ---


@given(st.binary(min_size=32, max_size=32), st.booleans())
def test_a_key_is_read_back_as_a_key(noise, sandbox):
    text = key_text(noise, sandbox)

    assert text[:4] == ("sxt_" if sandbox else "sxk_")
    assert len(text) == 47
    assert read_authorization(f"Bearer {text}") == Credential("key", text)


def test_the_hash_of_a_key_is_the_one_everybody_computes():
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("", "none"),
        ("   ", "none"),
        ("Bearer", "malformed"),
        ("Bearer ", "malformed"),
        ("Basic c3g6eA==", "malformed"),
        ("Bearer sxk_short", "malformed"),
        ("Bearer sxk_" + "A" * 44, "malformed"),
        ("Bearer sxx_" + "A" * 43, "malformed"),
        ("Bearer sxk_" + "A" * 42 + "é", "malformed"),
        ("Bearer a.b", "malformed"),
        ("Bearer a.b.c.d", "malformed"),
        ("Bearer a.b.", "malformed"),
        ("Bearer a.b.c", "token"),
        ("bearer  a.b.c ", "token"),
        ("Bearer " + "a" * 5000 + ".b.c", "malformed"),
    ],
)
def test_a_header_is_read(header, kind):
    assert read_authorization(header).kind == kind


@given(st.text())
def test_no_header_is_too_odd(header):
    assert read_authorization(header).kind in {"none", "key", "token", "malformed"}


# --- Addresses ---


def test_networks_are_read_from_any_list():
    found = read_networks("192.0.2.7\n10.1.2.3/24, 2001:db8::/32;192.0.2.7")

    assert [str(one) for one in found] == ["192.0.2.7/32", "10.1.2.0/24", "2001:db8::/32"]
    assert read_networks(" \n") == ()


@pytest.mark.parametrize("text", ["10.0.0.0/33", "here", "10.0.0", "2001:db8::/129", "10.0.0.0/-1"])
def test_what_is_no_network_is_named(text):
    with pytest.raises(NotANetwork, match=text):
        read_networks(f"192.0.2.0/24 {text}")


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        ("192.0.2.255", True),
        ("192.0.3.0", False),
        ("::ffff:192.0.2.1", True),
        ("2001:db8:ffff::1", True),
        ("2001:db9::", False),
        ("fe80::1%eth0", False),
        ("", False),
        ("unix:", False),
    ],
)
def test_an_address_is_inside_or_not(address, inside):
    assert is_inside(address, read_networks("192.0.2.0/24 2001:db8::/32")) is inside


def test_no_network_lets_in_even_an_unknown_address():
    assert is_inside("", ())


def test_neighbours_share_an_ipv6_network_and_no_ipv4_address():
    assert neighbourhood("192.0.2.1") == "192.0.2.1"
    assert neighbourhood("::ffff:192.0.2.1") == "192.0.2.1"
    assert neighbourhood("2001:db8::1") == neighbourhood("2001:db8::ffff:1") == "2001:db8::/64"
    assert neighbourhood("2001:db8:0:1::1") == "2001:db8:0:1::/64"
    assert neighbourhood("nonsense") == "unknown"


# --- Scopes ---


def test_the_scopes_of_today_are_registered_in_words():
    assert scopes.names()[:4] == ["counts:read", "counts:write", "counts:approve", "counts:post"]
    assert {"live:read", "events:read", "jobs:write"} <= set(scopes.names())
    assert all(len(text) > 8 and text[-1] != ":" for text in scopes.descriptions().values())


def test_a_scope_is_registered_once_in_one_way(monkeypatch):
    monkeypatch.setattr(scopes, "_SCOPES", {})

    scopes.register("a_b:read", "See")
    scopes.register("a_b:read", "See")
    with pytest.raises(ValueError, match="another way"):
        scopes.register("a_b:read", "Look")
    for name in ("a", "a:", ":b", "A:b", "a b:c", "a:b:c", "_a:b"):
        with pytest.raises(ValueError, match="resource"):
            scopes.register(name, "See")

    assert scopes.descriptions() == {"a_b:read": "See"}


def test_what_needs_no_scope_is_open_to_every_identity():
    identity = Identity(1, frozenset({"a:read"}), 100, "key:1", "A")

    assert identity.may("")
    assert identity.may("a:read")
    assert not identity.may("a:write")


# --- Verdicts ---


def test_what_is_fine_is_not_refused():
    assert refusal(FINE, "", NOW) == ""
    assert refusal(changed(expires_at=None), "", NOW) == ""
    assert refusal(changed(sandbox=True, company_is_sandbox=True), "", NOW) == ""


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"revoked": True}, "key_revoked"),
        ({"kind": "token", "revoked": True}, "token_revoked"),
        ({"expires_at": NOW}, "key_expired"),
        ({"user_active": False}, "user_inactive"),
        ({"user_internal": False}, "user_inactive"),
        ({"company_open": False}, "company_refused"),
        ({"sandbox": True}, "sandbox_missing"),
        ({"networks": "198.51.100.0/24"}, "address_refused"),
    ],
)
def test_each_reason_refuses_by_itself(change, reason):
    assert refusal(changed(**change), "192.0.2.1", NOW) == reason
    assert STATUS[reason] in {401, 403}


# --- Quotas ---


@given(st.integers(1, 1000), st.integers(1, 2000), st.floats(0, 60))
def test_a_quota_adds_up(limit, used, elapsed):
    found = quota(limit, used, NOW, NOW + timedelta(seconds=elapsed))

    assert found.allowed == (used <= limit)
    assert found.remaining == max(0, limit - used)
    assert 1 <= found.reset_s <= 60


def test_another_servers_clock_that_is_behind_does_no_harm():
    assert quota(10, 1, NOW, NOW - timedelta(seconds=5)).reset_s == 60
