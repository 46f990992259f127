"""Signatures that strangers verify."""

import base64
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from ..webhook.signature import key_of, secret_of, sign

KEYS = st.binary(min_size=24, max_size=64)
BODIES = st.dictionaries(st.text(), st.integers()).map(lambda one: json.dumps(one).encode())
NOW = int(datetime.now(UTC).timestamp())


def headers(message_id, timestamp, signature):
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature,
    }


def test_the_published_vector():
    signature = sign(
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
    )

    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(KEYS, BODIES)
def test_a_stranger_verifies_what_we_sign(key, body):
    secret = secret_of(key)
    signed = headers("msg_1", NOW, sign([secret], "msg_1", NOW, body))

    assert Webhook(secret).verify(body, signed) == json.loads(body)


@given(KEYS, KEYS, BODIES)
def test_during_a_rotation_both_secrets_verify(old, new, body):
    secrets = [secret_of(new), secret_of(old)]
    signed = headers("msg_1", NOW, sign(secrets, "msg_1", NOW, body))

    for secret in secrets:
        assert Webhook(secret).verify(body, signed) == json.loads(body)


@given(KEYS, BODIES, st.sampled_from(["id", "timestamp", "body", "secret"]))
def test_a_stranger_refuses_what_was_changed(key, body, changed):
    secret = secret_of(key)
    other = secret_of(bytes(byte ^ 1 for byte in key))
    signed = headers(
        "msg_2" if changed == "id" else "msg_1",
        NOW + (changed == "timestamp"),
        sign([secret], "msg_1", NOW, body),
    )

    with pytest.raises(WebhookVerificationError):
        Webhook(other if changed == "secret" else secret).verify(
            body + b" " if changed == "body" else body, signed
        )


@given(KEYS)
def test_a_secret_is_written_and_read_back(key):
    assert key_of(secret_of(key)) == key
    assert base64.b64decode(secret_of(key).removeprefix("whsec_")) == key


@pytest.mark.parametrize("size", [0, 23, 65])
def test_a_key_of_another_size_is_refused(size):
    with pytest.raises(ValueError, match="24 to 64"):
        secret_of(b"x" * size)


@pytest.mark.parametrize(
    "secret", ["", "whsec_", "whsec_!!!", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_YWJj"]
)
def test_what_is_no_secret_is_refused(secret):
    with pytest.raises(ValueError, match=r"base64|secret"):
        key_of(secret)
