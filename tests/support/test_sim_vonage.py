"""Vonage's simulator: the Messages API."""

import time
import uuid
from collections.abc import Iterator

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from .simulators.examples import call, vonage
from .simulators.vonage import ERRORS, PATH, Vonage


@pytest.fixture
def sim() -> Iterator[Vonage]:
    with Vonage() as running:
        yield running


def _token(sim: Vonage, algorithm: str = "RS256", **change: object) -> str:
    now = int(time.time())
    claims = {"application_id": sim.application_id, "iat": now, "exp": now + 900, "jti": "1"}
    for name, value in change.items():
        # Seconds from now, and not from when the parameters of the test were collected.
        claims[name.removesuffix("_in")] = now + value if name.endswith("_in") else value
    key = RSAKey.import_key(sim.private_key)
    if algorithm == "HS256":
        key = OctKey.import_key("a secret of at least thirty-two signs")
    claims = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode({"alg": algorithm}, claims, key)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"text": "é" * 1000},
        {"from": "AcmeInc"},
        {"client_ref": "abc123", "ttl": 90000, "sms": {"encoding_type": "unicode"}},
        {"webhook_url": "https://example.com/status", "webhook_version": "v1"},
        {"sms": {"content_id": "1107457532145798767", "entity_id": "1101456324675322134"}},
    ],
)
def test_the_documentations_messages_are_taken(sim: Vonage, change: dict):
    answer = vonage(sim, **change)

    assert answer.status_code == 202
    assert list(answer.json()) == ["message_uuid"]
    assert str(uuid.UUID(answer.json()["message_uuid"])) == sim.sent[0].reference
    assert sim.sent[0].recipient == "+447700900000"
    assert sim.sent[0].text == change.get("text", "Hello from Vonage!")


@pytest.mark.parametrize(
    ("change", "code", "name"),
    [
        ({"text": None}, 1010, "text"),
        ({"text": ""}, 1010, "text"),
        ({"text": "x" * 1001}, 1020, "text"),
        ({"text": 5}, 1020, "text"),
        ({"to": None}, 1010, "to"),
        ({"to": "+447700900000"}, 1020, "to"),
        ({"to": "00447700900000"}, 1020, "to"),
        ({"to": "123456"}, 1020, "to"),
        ({"to": "1234567890123456"}, 1020, "to"),
        ({"to": "٤٤٧٧٠٠٩٠٠٠٠٠"}, 1020, "to"),
        ({"from": None}, 1010, "from"),
        ({"from": "+447700900001"}, 1120, "from"),
        ({"from": "A Name Too Long"}, 1120, "from"),
        ({"channel": None}, 1010, "channel"),
        ({"channel": "pigeon"}, 1020, "channel"),
        ({"channel": "whatsapp"}, 1020, "channel"),
        ({"message_type": "image"}, 1020, "message_type"),
        ({"message_type": None}, 1010, "message_type"),
        ({"client_ref": "x" * 101}, 1020, "client_ref"),
        ({"ttl": "90"}, 1020, "ttl"),
        ({"ttl": 5}, 1130, "ttl"),
        ({"webhook_url": "example.com"}, 1020, "webhook_url"),
        ({"webhook_version": "v2"}, 1020, "webhook_version"),
        ({"sms": {"encoding_type": "gsm"}}, 1020, "sms.encoding_type"),
        ({"sms": {"encoding": "text"}}, 1020, "sms.encoding"),
        ({"body": "x"}, 1020, "body"),
    ],
)
def test_a_planted_error_in_a_message_is_refused(sim: Vonage, change: dict, code: int, name: str):
    answer = vonage(sim, **change)

    body = answer.json()
    assert answer.status_code == 422
    assert body["type"] == f"https://developer.vonage.com/api-errors/messages#{code}"
    assert set(body) == {"type", "title", "detail", "instance", "invalid_parameters"}
    assert [problem["name"] for problem in body["invalid_parameters"]] == [name]
    assert sim.sent == []
    assert [fault.code for fault in sim.take_faults()] == [code]


def test_all_that_is_wrong_with_a_message_is_named(sim: Vonage):
    answer = vonage(sim, to="+1", text=None)

    assert {problem["name"] for problem in answer.json()["invalid_parameters"]} == {"to", "text"}
    assert {fault.code for fault in sim.take_faults()} == {1010, 1020}


@pytest.mark.parametrize(
    ("method", "path", "more", "status"),
    [
        ("GET", PATH, {}, 405),
        ("POST", "/v0.1/messages", {"json": {}}, 404),
        ("POST", PATH, {"data": {"text": "x"}}, 415),
        ("POST", PATH, {"data": b"{", "headers": {"Content-Type": "application/json"}}, 422),
        ("POST", PATH, {"json": ["x"]}, 422),
    ],
)
def test_another_method_path_or_type_is_refused(
    sim: Vonage, method: str, path: str, more: dict, status: int
):
    answer = call(sim.url + path, method, auth=(sim.api_key, sim.api_secret), **more)

    assert answer.status_code == status
    assert len(sim.take_faults()) == 1


def test_a_good_token_opens(sim: Vonage):
    body = {
        "message_type": "text",
        "text": "x",
        "to": "447700900000",
        "from": "A",
        "channel": "sms",
    }

    answer = call(sim.url + PATH, json=body, headers={"Authorization": f"Bearer {_token(sim)}"})

    assert answer.status_code == 202


@pytest.mark.parametrize(
    "change",
    [
        {"application_id": "another"},
        {"application_id": None},
        {"exp_in": -60},
        {"exp_in": 100_000},
        {"iat": None},
        {"iat_in": 600},
        {"jti": None},
        {"algorithm": "HS256"},
    ],
)
def test_a_bad_token_does_not_open(sim: Vonage, change: dict):
    token = _token(sim, **change)

    answer = call(sim.url + PATH, json={}, headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 401
    assert answer.json()["type"] == "https://developer.vonage.com/api-errors#unauthorized"
    assert [fault.code for fault in sim.take_faults()] == ["unauthorized"]


@pytest.mark.parametrize("auth", [None, ("abcd1234", "wrong"), ("x", "abcdef0123456789")])
def test_only_the_accounts_own_key_opens(sim: Vonage, auth: tuple | None):
    assert call(sim.url + PATH, json={}, auth=auth).status_code == 401
    assert [fault.code for fault in sim.take_faults()] == ["unauthorized"]


def test_signs_that_the_ordered_encoding_lacks_arrive_damaged(sim: Vonage):
    vonage(sim, text="Comptage terminé à Fès, ê", sms={"encoding_type": "text"})

    assert sim.texts() == ["Comptage terminé à Fès, ?"]


@pytest.mark.parametrize("code", sorted(ERRORS, key=str))
def test_every_refusal_of_the_messages_api_can_be_ordered(sim: Vonage, code: str | int):
    sim.reject(code, times=1)

    refused, taken = vonage(sim), vonage(sim)

    assert (refused.status_code, taken.status_code) == (ERRORS[code][0], 202)
    assert refused.json()["type"].endswith(f"#{code}")
    assert len(sim.sent) == 1
