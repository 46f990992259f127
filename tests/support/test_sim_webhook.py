"""The receiver of Standard Webhooks, itself tried with the published vector."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator

import pytest
import requests

from .simulators.examples import call, webhook, webhook_headers
from .simulators.webhook import WebhookReceiver

VECTOR = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}
VECTOR_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
VECTOR_BODY = b'{"test": 2432232314}'
NEW = "whsec_" + base64.b64encode(b"a new secret of 24 bytes").decode()


@pytest.fixture
def sim() -> Iterator[WebhookReceiver]:
    with WebhookReceiver() as running:
        yield running


def test_the_published_vector_is_taken_at_its_time_and_not_at_another():
    with WebhookReceiver(VECTOR_SECRET, clock=lambda: 1614265330.0) as sim:
        assert call(sim.url + sim.hook_path, data=VECTOR_BODY, headers=VECTOR).status_code == 200
        assert sim.sent[0].data == {"test": 2432232314}
    with WebhookReceiver(VECTOR_SECRET, clock=lambda: 1614265330.0 + 301) as sim:
        assert call(sim.url + sim.hook_path, data=VECTOR_BODY, headers=VECTOR).status_code == 401
        assert len(sim.take_faults()) == 1
    with WebhookReceiver(VECTOR_SECRET) as sim:
        assert call(sim.url + sim.hook_path, data=VECTOR_BODY, headers=VECTOR).status_code == 401
        assert len(sim.take_faults()) == 1


def test_a_signature_made_by_hand_is_taken(sim: WebhookReceiver):
    body = json.dumps({"type": "a.b", "timestamp": "2026-01-01T00:00:00Z", "data": {}}).encode()
    stamp = str(int(time.time()))
    key = base64.b64decode(sim.secrets[0].removeprefix("whsec_"))
    digest = hmac.new(key, b"msg_1." + stamp.encode() + b"." + body, hashlib.sha256).digest()
    headers = {
        "Content-Type": "application/json",
        "webhook-id": "msg_1",
        "webhook-timestamp": stamp,
        "webhook-signature": "v1," + base64.b64encode(digest).decode(),
    }

    answer = call(sim.url + sim.hook_path, data=body, headers=headers)

    assert (answer.status_code, answer.json()) == (200, {"received": True})
    assert [(sent.reference, sent.text) for sent in sim.sent] == [("msg_1", "a.b")]
    assert sim.remarks == []


GOOD = "v1," + "A" * 43 + "="


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"webhook-id": ""}, 400, "id"),
        ({"webhook-id": "msg.1"}, 400, "id"),
        ({"webhook-id": "msg 1"}, 400, "id"),
        ({"webhook-id": "x" * 256}, 400, "id"),
        ({"webhook-id": None}, 400, "headers"),
        ({"webhook-timestamp": None}, 400, "headers"),
        ({"webhook-timestamp": "2026-07-25T10:00:00Z"}, 400, "timestamp"),
        ({"webhook-timestamp": "1614265330.5"}, 400, "timestamp"),
        ({"webhook-timestamp": str(int(time.time() * 1000))}, 400, "timestamp"),
        ({"webhook-signature": None}, 400, "headers"),
        ({"webhook-signature": GOOD.removeprefix("v1,")}, 400, "signature"),
        ({"webhook-signature": f"{GOOD},{GOOD}"}, 400, "signature"),
        ({"webhook-signature": f"{GOOD}  {GOOD}"}, 400, "signature"),
        ({"webhook-signature": "v1," + "0" * 64}, 400, "signature"),
        ({"webhook-signature": GOOD}, 401, "signature"),
        ({"in": -400}, 401, "signature"),
        ({"in": 400}, 401, "signature"),
        ({"body": b"{"}, 422, "payload"),
        ({"body": b"[1]"}, 422, "payload"),
    ],
)
def test_a_planted_error_is_refused(sim: WebhookReceiver, change: dict, status: int, code: str):
    if "in" in change:  # seconds from now, not from when the parameters were collected
        change = {"at": time.time() + change["in"]}

    answer = webhook(sim, **change)

    assert (answer.status_code, answer.json()) == (status, {"error": code})
    assert sim.sent == []
    assert [fault.code for fault in sim.take_faults()] == [code]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/hooks/stock", 405, "method"),
        ("PUT", "/hooks/stock", 405, "method"),
        ("POST", "/hooks/other", 404, "path"),
    ],
)
def test_another_address_is_refused(
    sim: WebhookReceiver, method: str, path: str, status: int, code: str
):
    assert call(sim.url + path, method, json={}).status_code == status
    assert [fault.code for fault in sim.take_faults()] == [code]


def test_a_body_that_was_serialised_again_after_signing_is_refused(sim: WebhookReceiver):
    headers = webhook_headers(sim.secrets[0], "msg_1", b'{"type":"a.b"}', time.time())

    assert call(sim.url + sim.hook_path, data=b'{"type": "a.b"}', headers=headers).ok is False
    assert [fault.code for fault in sim.take_faults()] == ["signature"]


@pytest.mark.parametrize(
    ("payload", "remark"),
    [
        ({"timestamp": "2026-01-01T00:00:00Z", "data": {}}, "type None"),
        ({"type": "a-b", "timestamp": "2026-01-01T00:00:00Z", "data": {}}, "type 'a-b'"),
        ({"type": "a.b", "timestamp": "2026-01-01 00:00:00", "data": {}}, "timestamp '2026"),
        ({"type": "a.b", "timestamp": 1614265330, "data": {}}, "timestamp 1614265330"),
        ({"type": "a.b", "timestamp": "2026-01-01T00:00:00Z"}, "there is no data"),
        ({"type": "a.b", "timestamp": "2026-01-01T00:00:00Z", "data": "x" * 20_000}, "20064 bytes"),
    ],
)
def test_what_is_only_recommended_is_remarked(sim: WebhookReceiver, payload: dict, remark: str):
    assert webhook(sim, body=json.dumps(payload).encode()).status_code == 200
    assert len(sim.remarks) == 1
    assert sim.remarks[0].startswith(remark)
    with pytest.raises(AssertionError):
        sim.check(remarks=True)


def test_a_message_that_comes_again_is_acknowledged_and_not_taken_twice(sim: WebhookReceiver):
    assert [webhook(sim, name="msg_1").status_code for _ in range(2)] == [200, 200]

    assert len(sim.sent) == 1
    assert sim.repeats == ["msg_1"]


def test_an_identifier_that_comes_again_with_another_body_is_a_fault(sim: WebhookReceiver):
    webhook(sim, "a.b", name="msg_1")

    assert webhook(sim, "a.c", name="msg_1").status_code == 409
    assert [fault.code for fault in sim.take_faults()] == ["changed"]


def test_a_retry_that_changes_its_body_is_found_out_though_the_first_was_refused(
    sim: WebhookReceiver,
):
    sim.down(times=1)
    webhook(sim, "a.b", name="msg_1")

    assert webhook(sim, "a.c", name="msg_1").status_code == 200
    assert [fault.code for fault in sim.take_faults()] == ["changed"]


def test_a_retry_with_an_old_timestamp_is_found_out(
    sim: WebhookReceiver, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("tests.support.simulators.webhook.RENEWED_S", 0.05)
    at = time.time()
    sim.down(times=1)
    webhook(sim, name="msg_1", at=at)
    time.sleep(0.1)

    assert webhook(sim, name="msg_1", at=at).status_code == 200
    assert [fault.code for fault in sim.take_faults()] == ["timestamp"]


def test_two_signatures_carry_over_a_change_of_the_secret(sim: WebhookReceiver):
    old = sim.secrets[0]
    sim.rotate(NEW)
    body = b'{"type":"a.b","timestamp":"2026-01-01T00:00:00Z","data":{}}'
    both = webhook_headers(NEW, "msg_1", body, time.time())
    by_old = webhook_headers(old, "msg_1", body, time.time())["webhook-signature"]
    both["webhook-signature"] += f" {by_old}"
    asymmetric = "v1a," + "A" * 86 + "=="

    url = sim.url + sim.hook_path
    assert call(url, data=body, headers=both).status_code == 200
    assert webhook(sim, **{"webhook-signature": by_old}).status_code == 401
    assert [fault.code for fault in sim.take_faults()] == ["signature"]
    sim.rotate(old, keep_old=True)
    both["webhook-signature"] = f"{asymmetric} {by_old}"
    assert call(url, data=body, headers=both).status_code == 200


def test_who_follows_a_redirect_is_found_out(sim: WebhookReceiver):
    sim.redirect(times=1)
    answer = webhook(sim)
    assert (answer.status_code, answer.headers["Location"]) == (307, f"{sim.url}/followed")
    assert (sim.sent, sim.faults) == ([], [])

    sim.redirect(times=1)
    requests.post(sim.url + sim.hook_path, data=b"{}", timeout=5)

    assert "redirect" in [fault.code for fault in sim.take_faults()]


def test_who_comes_after_the_end_is_found_out(
    sim: WebhookReceiver, monkeypatch: pytest.MonkeyPatch
):
    sim.reject(410)
    assert [webhook(sim).status_code for _ in range(2)] == [410, 410]
    assert sim.faults == []
    monkeypatch.setattr("tests.support.simulators.webhook.RENEWED_S", 0.05)
    time.sleep(0.1)
    webhook(sim)
    assert [fault.code for fault in sim.take_faults()] == ["after_410"]
    sim.normal()
    assert webhook(sim).status_code == 200


def test_a_flood_acknowledges_with_ten_megabytes(sim: WebhookReceiver):
    sim.flood()

    assert len(webhook(sim).content) == 10 * 2**20
    assert len(sim.sent) == 1


def test_a_trickle_outlasts_the_time_out_of_each_read(sim: WebhookReceiver):
    sim.trickle(0.05)
    began = time.monotonic()
    answers: list[requests.Response] = []
    thread = threading.Thread(target=lambda: answers.append(webhook(sim)))
    thread.start()
    sim.wait_for(1, timeout_s=5)
    time.sleep(0.5)
    assert answers == []

    sim.normal()
    thread.join(10)

    assert (answers[0].status_code, answers[0].json()) == (200, {"received": True})
    assert time.monotonic() - began > 0.5


@pytest.mark.parametrize("code", WebhookReceiver.codes)
def test_every_refusal_can_be_ordered(sim: WebhookReceiver, code: int):
    sim.reject(code, times=1)

    assert webhook(sim).status_code == code
    assert webhook(sim).status_code == 200
