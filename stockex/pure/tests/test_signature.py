"""Signatures of Standard Webhooks, checked by its own library."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from stockex.pure.transport.signature import secret_key, signature_headers

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_" + base64.b64encode(bytes(range(32))).decode()


def test_the_published_vector():
    headers = signature_headers(
        [SECRET], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
    )

    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


@pytest.mark.parametrize("secret", [SECRET, OTHER])
def test_during_a_rotation_either_secret_verifies(secret, monkeypatch):
    now = 1_800_000_000
    body = json.dumps({"type": "notification.sent"}).encode()
    headers = signature_headers([OTHER, SECRET], "m1", now, body)

    verified = _verify_at(now, secret, body, headers, monkeypatch)

    assert verified == {"type": "notification.sent"}
    assert len(headers["webhook-signature"].split(" ")) == 2


def test_a_changed_body_is_noticed(monkeypatch):
    now = 1_800_000_000
    headers = signature_headers([SECRET], "m1", now, b"{}")

    with pytest.raises(WebhookVerificationError):
        _verify_at(now, SECRET, b'{"a":1}', headers, monkeypatch)


def _verify_at(now, secret, body, headers, monkeypatch):
    monkeypatch.setattr(Webhook, "_Webhook__verify_timestamp", lambda _self, value: _at(value))
    return Webhook(secret).verify(body, headers)


def _at(value):
    from datetime import UTC, datetime

    return datetime.fromtimestamp(float(value), UTC)


@pytest.mark.parametrize(
    "secret",
    [
        *("", "whsec_", "whsec_short", "whsec_!!!!", "whsec_" + "A" * 30),
        "whsec_" + base64.b64encode(bytes(23)).decode(),
        "whsec_" + base64.b64encode(bytes(65)).decode(),
    ],
)
def test_what_is_no_secret_is_refused_without_showing_it(secret):
    with pytest.raises(ValueError, match="signing secret") as caught:
        secret_key(secret)

    assert not secret or secret not in str(caught.value)


@given(st.binary(min_size=24, max_size=64))
def test_a_secret_works_with_and_without_its_prefix(key):
    encoded = base64.b64encode(key).decode()

    assert secret_key(encoded) == secret_key(f"whsec_{encoded}") == key
