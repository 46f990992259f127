"""Signatures that strangers verify."""

import base64
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from stockex.pure.transport.signature import secret_key, secret_of, signature_headers

KEYS = st.binary(min_size=24, max_size=64)
BODIES = st.dictionaries(st.text(), st.integers()).map(lambda one: json.dumps(one).encode())
NOW = int(datetime.now(UTC).timestamp())


@given(KEYS, BODIES)
def test_a_stranger_verifies_what_we_sign(key, body):
    secret = secret_of(key)
    signed = signature_headers([secret], "msg_1", NOW, body)

    assert Webhook(secret).verify(body, signed) == json.loads(body)


@given(KEYS, KEYS, BODIES)
def test_during_a_rotation_both_secrets_verify(old, new, body):
    secrets = [secret_of(new), secret_of(old)]
    signed = signature_headers(secrets, "msg_1", NOW, body)

    for secret in secrets:
        assert Webhook(secret).verify(body, signed) == json.loads(body)


@given(KEYS, BODIES, st.sampled_from(["id", "timestamp", "body", "secret"]))
def test_a_stranger_refuses_what_was_changed(key, body, changed):
    secret = secret_of(key)
    other = secret_of(bytes(byte ^ 1 for byte in key))
    signed = signature_headers([secret], "msg_1", NOW, body)
    if changed == "id":
        signed["webhook-id"] = "msg_2"
    elif changed == "timestamp":
        signed["webhook-timestamp"] = str(NOW + 1)

    with pytest.raises(WebhookVerificationError):
        Webhook(other if changed == "secret" else secret).verify(
            body + b" " if changed == "body" else body, signed
        )


@given(KEYS)
def test_a_secret_is_written_and_read_back(key):
    assert secret_key(secret_of(key)) == key
    assert base64.b64decode(secret_of(key).removeprefix("whsec_")) == key


@pytest.mark.parametrize("size", [0, 23, 65])
def test_a_key_of_another_size_is_refused(size):
    with pytest.raises(ValueError, match="24 to 64"):
        secret_of(b"x" * size)
