"""What a browser is sent: its encryption, its signature, and how much fits."""

import json
from dataclasses import replace
from datetime import timedelta

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st
from py_vapid import Vapid02
from py_vapid.jwt import decode

from stockex import notifiers
from stockex.notifiers.base import AddressFault
from stockex.notifiers.web_push import (
    LONGEST,
    ORDER,
    SEED_SIZE,
    Subscription,
    encrypted,
    new_private_key,
    padless,
    public_key,
    public_of,
    sealed,
    subject,
    topic,
    unpadded,
)

from .helpers import BROWSER, BROWSER_AUTH, CREDENTIALS, NOW, SUBSCRIPTION, message, opened, send

SERVICE = notifiers.service("web_push")
# https://www.rfc-editor.org/rfc/rfc8291#section-5 and its appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
SALT = unpadded("DGv6ra1nlYgDCS1FRnbzlw")
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SENT = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
    "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qu"
    "lcy4a-fN"
)


def shown(request):
    return json.loads(opened(request.body))


def claims(request):
    scheme, _space, values = request.headers["Authorization"].partition(" ")
    parts = dict(part.split("=", 1) for part in values.split(","))
    assert scheme == "vapid"
    return parts["k"], decode(parts["t"], parts["k"])


# --- Encryption ---


def test_the_example_of_rfc_8291_comes_out_byte_for_byte():
    key = ec.derive_private_key(int.from_bytes(unpadded(SENDER)), ec.SECP256R1())

    body = sealed(PLAIN, SUBSCRIPTION, SALT, key)

    assert padless(body) == SENT
    assert opened(body).encode() == PLAIN


@given(entropy=st.binary(min_size=64, max_size=64), plain=st.binary(min_size=1, max_size=LONGEST))
def test_the_browser_reads_what_was_encrypted_for_it(entropy, plain):
    body = encrypted(plain, SUBSCRIPTION, entropy)

    assert http_ece.decrypt(body, private_key=BROWSER, auth_secret=BROWSER_AUTH) == plain
    assert len(body) == len(plain) + 86 + 17 <= 4096


def test_nobody_else_reads_it():
    body = encrypted(PLAIN, SUBSCRIPTION, bytes(64))
    stranger = ec.derive_private_key(7, ec.SECP256R1())

    with pytest.raises(http_ece.ECEException):
        http_ece.decrypt(body, private_key=stranger, auth_secret=BROWSER_AUTH)
    with pytest.raises(http_ece.ECEException):
        http_ece.decrypt(body, private_key=BROWSER, auth_secret=bytes(16))


def test_two_messages_share_neither_salt_nor_key():
    first, second = (send("web_push", entropy=bytes([number]) * 64).body for number in (1, 2))

    assert first[:16] != second[:16]
    assert first[21:86] != second[21:86]


@pytest.mark.parametrize("size", [0, 63, 65])
def test_without_its_random_bytes_nothing_is_encrypted(size):
    with pytest.raises(ValueError, match=f"{size} random bytes"):
        encrypted(PLAIN, SUBSCRIPTION, bytes(size))


# --- Who sends ---


def test_a_request_is_signed_for_the_push_service_alone():
    request = send("web_push")

    key, signed = claims(request)
    assert key == public_key(CREDENTIALS["web_push"]["private_key"])
    assert signed == {
        "aud": "https://push.example.net",
        "exp": int((NOW + timedelta(hours=12)).timestamp()),
        "sub": "mailto:stock@example.com",
    }
    assert Vapid02.verify(request.headers["Authorization"])


@pytest.mark.parametrize("entropy", [bytes(SEED_SIZE), b"\xff" * SEED_SIZE])
def test_every_new_key_is_one(entropy):
    private = new_private_key(entropy)

    assert 0 < int.from_bytes(unpadded(private)) < ORDER
    assert len(unpadded(private)) == 32
    assert len(unpadded(public_key(private))) == 65


@pytest.mark.parametrize(
    ("email", "site", "expected"),
    [
        ("stock@example.com", "https://example.com", "mailto:stock@example.com"),
        ("", "https://www.example.com/shop?x=1", "https://www.example.com"),
        ("stock@localhost", "https://example.com:8443", "https://example.com"),
        ("no address", "http://example.com", ""),
        ("", "https://localhost", ""),
        ("", "", ""),
    ],
)
def test_push_services_are_told_whom_to_write_to(email, site, expected):
    assert subject(email, site) == expected


# --- How it is sent ---


def test_the_headers_say_how_long_and_how_urgently():
    request = send("web_push", severity="warning", topic="stockex.count.session,7")

    assert request.url == SUBSCRIPTION.endpoint
    assert {name: request.headers[name] for name in ("TTL", "Urgency", "Content-Encoding")} == {
        "TTL": "86400",
        "Urgency": "high",
        "Content-Encoding": "aes128gcm",
    }
    assert request.headers["Topic"] == topic("stockex.count.session,7") == shown(request)["tag"]


def test_messages_about_one_thing_replace_each_other_and_no_others():
    about = {send("web_push", topic=name).headers["Topic"] for name in ("a,1", "a,1", "a,2")}

    assert len(about) == 2
    assert "Topic" not in send("web_push").headers


@pytest.mark.parametrize(("hours", "left"), [(0, 86400), (23, 3600), (24, 0), (100, 0)])
def test_what_waited_lives_for_what_is_left_of_its_day(hours, left):
    request = send("web_push", written_at=NOW - timedelta(hours=hours))

    assert request.headers["TTL"] == str(left)


# --- What is shown ---


def test_title_text_and_link_arrive():
    assert shown(send("web_push", severity="critical")) == {
        "title": "Count “Aisle 4” posted",
        "text": "12 lines differ, worth 1,240.50 EUR.",
        "url": "https://erp.example.com/odoo/stockex-counts/7",
        "tag": topic(message().key),
        "urgent": True,
    }


@given(
    text=st.text(max_size=6000), subject=st.text(max_size=400), url=st.text("ab/é", max_size=2000)
)
def test_no_message_is_longer_than_every_push_service_takes(text, subject, url):
    request = send("web_push", text=text, subject=subject, url=url)

    assert len(request.body) <= 4096
    assert shown(request)["url"] in (url, "")


def test_a_long_text_fills_what_there_is_and_ends_with_a_sign():
    request = send("web_push", text="é" * 9000)

    assert 4090 <= len(request.body) <= 4096
    assert shown(request)["text"].endswith("…")


def test_half_a_sign_breaks_nothing():
    assert shown(send("web_push", text="a\ud800b"))["text"] == "a?b"


# --- Subscriptions ---


def written(**change):
    found = {"endpoint": "https://push.example.net/p/1", "expirationTime": None}
    keys = {"p256dh": padless(SUBSCRIPTION.public), "auth": padless(BROWSER_AUTH)}
    return json.dumps({**found, "keys": keys, **change})


def test_a_subscription_has_one_form_however_it_was_written():
    plain = SERVICE.clean_address(f"  {written()} ")

    assert plain == SERVICE.clean_address(plain)
    assert Subscription.parsed(plain) == replace(
        SUBSCRIPTION, endpoint="https://push.example.net/p/1"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "karim",
        "[]",
        "null",
        "[" * 100_000,
        written(endpoint=""),
        written(endpoint="ftp://push.example.net/1"),
        written(endpoint="https://push.example.net/a b"),
        written(endpoint="https://pûsh.example.net/1"),
        written(keys=None),
        written(keys={"p256dh": padless(SUBSCRIPTION.public)}),
        written(keys={"p256dh": padless(SUBSCRIPTION.public), "auth": padless(bytes(15))}),
        written(keys={"p256dh": padless(b"\x04" + bytes(64)), "auth": padless(bytes(16))}),
        written(keys={"p256dh": "é", "auth": padless(bytes(16))}),
        written(
            keys={
                "p256dh": padless(b"\x02" + SUBSCRIPTION.public[1:33]),
                "auth": padless(bytes(16)),
            }
        ),
    ],
)
def test_what_is_no_subscription_is_refused(text):
    with pytest.raises(AddressFault):
        SERVICE.clean_address(text)


def test_the_key_of_a_browser_is_its_point():
    assert public_of(BROWSER) == SUBSCRIPTION.public
