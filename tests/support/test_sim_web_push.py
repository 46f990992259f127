"""The push service, tried with the RFCs' own examples and with the reference client."""

import base64
import json
import struct
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from py_vapid import Vapid02
from pywebpush import WebPusher, webpush

from .simulators.examples import VAPID, call, subscriber, vapid, web_push
from .simulators.sealed import P256, derived, encode, point_of
from .simulators.web_push import DAY_S, PushService, Subscriber

# RFC 8291, 5.
RFC_AGENT = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
RFC_AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
RFC_BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
    "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qu"
    "lcy4a-fN"
)


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.fixture
def sim() -> Iterator[PushService]:
    with PushService() as running:
        yield running


def test_the_example_of_rfc_8291_is_opened(sim: PushService):
    one = subscriber(sim)
    one.key = ec.derive_private_key(int.from_bytes(raw(RFC_AGENT)), P256)
    one.auth = raw(RFC_AUTH)

    assert web_push(sim, body=raw(RFC_BODY)).status_code == 400

    # It is no JSON, which our pages read; nothing but that is wrong with it.
    [fault] = sim.take_faults()
    assert fault.code == "content"


def test_the_reference_client_is_understood(sim: PushService):
    one = subscriber(sim)
    key = Vapid02(VAPID)

    answer = webpush(
        sim.given(one),
        json.dumps({"title": "Hello"}),
        vapid_private_key=key,
        vapid_claims={"sub": "mailto:a@example.com"},
        ttl=60,
        headers={"Urgency": "high", "Topic": "a-b_c"},
    )

    assert (answer.status_code, sim.texts()) == (201, ["Hello"])
    assert answer.headers["Location"] == sim.sent[0].reference


def sealed(one: Subscriber, plain: bytes, size: int = 4096) -> bytes:
    """Encrypt by hand, with whatever record size and padding."""
    key = ec.generate_private_key(P256)
    point, salt = point_of(key), bytes(range(16))
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(P256, one.public))
    secret = derived(one.auth, b"WebPush: info\0" + one.public + point, 32, shared)
    cek = derived(salt, b"Content-Encoding: aes128gcm\0", 16, secret)
    nonce = derived(salt, b"Content-Encoding: nonce\0", 12, secret)
    head = salt + struct.pack("!LB", size, 65) + point
    return head + AESGCM(cek).encrypt(nonce, plain, None)


def test_padding_is_taken_off(sim: PushService):
    body = sealed(subscriber(sim), b'{"title": "Hello"}\x02' + bytes(200))

    assert web_push(sim, body=body).status_code == 201
    assert sim.texts() == ["Hello"]


HOUR = 3600


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"TTL": None}, 400, "ttl"),
        ({"TTL": "-1"}, 400, "ttl"),
        ({"TTL": "1 h"}, 400, "ttl"),
        ({"Urgency": "urgent"}, 400, "urgency"),
        ({"Topic": "x" * 33}, 400, "topic"),
        ({"Topic": "a+b="}, 400, "topic"),
        ({"Content-Encoding": None}, 415, "content-encoding"),
        ({"Content-Encoding": "aesgcm"}, 415, "encoding"),
        ({"Authorization": None}, 401, "authorization"),
        ({"Authorization": "WebPush eyJ.eyJ.x"}, 401, "authorization"),
        ({"claims": {"aud": "https://push.example.net"}}, 403, "aud"),
        ({"claims": {"aud": None}}, 403, "aud"),
        ({"claims": {"exp": 1_700_000_000}}, 403, "exp"),
        ({"claims": {"exp": 10**11}}, 403, "exp"),
        ({"claims": {"exp": "2026-01-01"}}, 403, "exp"),
        ({"claims": {"sub": "a@example.com"}}, 403, "sub"),
        ({"claims": {"sub": ""}}, 403, "sub"),
        ({"data": "no json"}, 400, "content"),
        ({"data": "[]"}, 400, "content"),
        ({"body": b"Hello"}, 400, "body"),
        ({"body": b""}, 400, "body"),
        ({"body": bytes(4097)}, 413, "size"),
        ({"body": bytes(20) + b"\x41" + bytes(200)}, 400, "record"),
    ],
)
def test_a_planted_error_is_refused_and_blamed(sim: PushService, change, status, code):
    answer = web_push(sim, **change)

    assert answer.status_code == status
    assert [fault.code for fault in sim.take_faults()] == [code]
    assert sim.sent == []


def test_a_token_of_more_than_a_day_is_refused_and_one_of_a_day_is_taken(sim: PushService):
    sim.clock = lambda: 1_800_000_000.0

    assert web_push(sim, claims={"exp": 1_800_000_000 + DAY_S}).status_code == 201
    assert web_push(sim, claims={"exp": 1_800_000_001 + DAY_S}).status_code == 403
    assert [fault.code for fault in sim.take_faults()] == ["exp"]


def test_another_key_than_the_subscriptions_is_refused(sim: PushService):
    stranger = Vapid02(ec.derive_private_key(4711, P256))

    assert web_push(sim, Authorization=vapid(sim, stranger)).status_code == 403
    assert [fault.code for fault in sim.take_faults()] == ["key"]


def test_a_forged_signature_is_refused(sim: PushService):
    good = vapid(sim)
    stranger = vapid(sim, Vapid02(ec.derive_private_key(4711, P256)))
    own_key = good.rpartition(",")[2]
    forged = f"{stranger.rpartition(',')[0]},{own_key}"

    assert web_push(sim, Authorization=forged).status_code == 401
    assert [fault.code for fault in sim.take_faults()] == ["signature"]


def test_a_token_without_a_signature_is_refused(sim: PushService):
    claims = {"aud": sim.origin, "exp": int(sim.clock()) + HOUR, "sub": "mailto:a@example.com"}
    parts = [encode(json.dumps(part).encode()) for part in ({"alg": "none"}, claims)]
    token = f"vapid t={'.'.join(parts)}.,k={encode(point_of(VAPID))}"

    assert web_push(sim, Authorization=token).status_code == 401
    assert [fault.code for fault in sim.take_faults()] == ["alg"]


def test_what_is_for_another_browser_is_refused(sim: PushService):
    one, other = sim.subscribe(point_of(VAPID), 1), sim.subscribe(point_of(VAPID), 2)
    body = WebPusher(sim.given(other)).encode(b"{}", content_encoding="aes128gcm")["body"]

    assert web_push(sim, to=one, body=body).status_code == 400
    assert [fault.code for fault in sim.take_faults()] == ["decrypt"]


def test_a_message_in_two_records_or_without_its_end_is_refused(sim: PushService):
    one = subscriber(sim)

    assert web_push(sim, body=sealed(one, b"{}\x01")).status_code == 400
    assert web_push(sim, body=sealed(one, b'{"title": "Hello"}\x02', size=20)).status_code == 400
    assert [fault.code for fault in sim.take_faults()] == ["padding", "record"]


def test_a_message_sent_twice_as_it_is_is_remarked_on(sim: PushService):
    body = WebPusher(sim.given(subscriber(sim))).encode(b"{}", content_encoding="aes128gcm")["body"]

    assert web_push(sim, body=body).status_code == 201
    assert sim.remarks == []
    assert web_push(sim, body=body).status_code == 201
    assert sim.remarks == ["salt and key of an earlier message"]


def test_only_posts_are_taken(sim: PushService):
    one = subscriber(sim)

    assert call(sim.url + one.path, "GET").status_code == 405
    assert [fault.code for fault in sim.take_faults()] == ["method"]


def test_a_subscription_that_is_over_is_nobodys_fault(sim: PushService):
    one = subscriber(sim)
    one.is_gone = True

    assert web_push(sim, to=one).status_code == 410
    assert (sim.sent, sim.faults) == ([], [])
    assert call(sim.url + "/push/99", data=b"x").status_code == 404
    assert [fault.code for fault in sim.take_faults()] == ["path"]


def test_a_browser_that_wakes_gets_the_last_of_each_topic_that_still_lives(sim: PushService):
    now = 1_800_000_000.0
    sim.clock = lambda: now
    one = subscriber(sim)
    one.is_asleep = True
    for text, topic, life in (
        ("first", "a", "60"),
        ("other", "b", "60"),
        ("plain", None, "60"),
        ("second", "a", "60"),
        ("short", "c", "5"),
        ("never", "d", "0"),
    ):
        assert web_push(sim, text, Topic=topic, TTL=life).status_code == 201
    assert sim.sent == []
    now += 30

    sim.wake(one)

    assert sim.texts() == ["other", "plain", "second"]
