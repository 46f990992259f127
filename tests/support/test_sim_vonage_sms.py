"""Vonage's simulator: the older SMS API."""

import time
from collections.abc import Iterator

import pytest

from .simulators.examples import call, vonage_sms
from .simulators.vonage import Vonage
from .simulators.vonage_sms import ANSWERS, signature
from .simulators.vonage_sms import PATH as SMS_PATH


@pytest.fixture
def sim() -> Iterator[Vonage]:
    with Vonage() as running:
        yield running


@pytest.mark.parametrize(
    ("change", "count", "text"),
    [
        ({}, 1, "Hello World!"),
        ({"text": "x" * 161}, 2, "x" * 161),
        ({"text": "été ê", "type": "text"}, 1, "été ?"),
        ({"text": "été ê 你", "type": "unicode"}, 1, "été ê 你"),
        ({"text": "a" * 71, "type": "unicode"}, 2, "a" * 71),
        ({"from": "447700900001", "ttl": "900000"}, 1, "Hello World!"),
        ({"from": "Acme Inc", "client-ref": "my-personal-reference"}, 1, "Hello World!"),
        ({"callback": "https://example.com/sms-dlr", "message-class": "1"}, 1, "Hello World!"),
    ],
)
def test_the_documentations_sms_are_taken(sim: Vonage, change: dict, count: int, text: str):
    answer = vonage_sms(sim, **change)

    body = answer.json()
    assert answer.status_code == 200
    assert (body["message-count"], len(body["messages"])) == (str(count), count)
    assert {message["status"] for message in body["messages"]} == {"0"}
    assert ("client-ref" in body["messages"][0]) == ("client-ref" in change)
    assert (sim.texts(), sim.sent[0].recipient) == ([text], "+447700900000")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"api_key": None}, "2"),
        ({"api_key": "other"}, "4"),
        ({"api_secret": None}, "4"),
        ({"api_secret": "wrong"}, "4"),
        ({"from": None}, "2"),
        ({"from": "Much Too Long A Name"}, "15"),
        ({"from": "+447700900001"}, "15"),
        ({"to": None}, "2"),
        ({"to": "+447700900000"}, "3"),
        ({"to": "00447700900000"}, "3"),
        ({"to": "4477"}, "3"),
        ({"text": None}, "2"),
        ({"text": ""}, "2"),
        ({"text": ["a", "b"]}, "3"),
        ({"type": "binary"}, "3"),
        ({"ttl": "600"}, "3"),
        ({"client-ref": "x" * 101}, "3"),
        ({"message-class": "4"}, "3"),
        ({"callback": "example.com"}, "23"),
        ({"client_ref": "x"}, "3"),
        ({"sig": "0" * 64}, "14"),
    ],
)
def test_a_planted_error_in_an_sms_is_answered_with_200_and_its_status(
    sim: Vonage, change: dict, code: str
):
    answer = vonage_sms(sim, **change)

    body = answer.json()
    assert (answer.status_code, body["message-count"]) == (200, "1")
    assert [message["status"] for message in body["messages"]] == [code]
    assert set(body["messages"][0]) == {"status", "error-text"}
    assert sim.sent == []
    assert [fault.code for fault in sim.take_faults()] == [code]


def test_an_sms_as_json_has_no_parameters_for_vonage(sim: Vonage):
    answer = call(sim.url + SMS_PATH, json={"api_key": sim.api_key})

    assert answer.json()["messages"][0]["status"] == "2"
    assert len(sim.take_faults()) == 1


def test_the_key_may_come_in_the_header(sim: Vonage):
    fields = {"from": "AcmeInc", "to": "447700900000", "text": "x"}

    call(sim.url + SMS_PATH, data=fields, auth=(sim.api_key, sim.api_secret))

    assert sim.texts() == ["x"]


@pytest.mark.parametrize(("age", "secret", "code"), [(0, "", "0"), (301, "", "14"), (0, "x", "14")])
def test_a_signature_is_minded(sim: Vonage, age: int, secret: str, code: str):
    fields = {
        "api_key": sim.api_key,
        "from": "AcmeInc",
        "to": "447700900000",
        "text": "a&b=c",
        "timestamp": str(int(time.time()) - age),
    }
    fields["sig"] = signature(fields, secret or sim.signature_secret)

    answer = call(sim.url + SMS_PATH, data=fields)

    assert answer.json()["messages"][0]["status"] == code
    assert len(sim.take_faults()) == (code != "0")


def test_the_signatures_base_is_the_documented_one():
    fields = {"b": "2&=", "a": "1", "sig": "ignored"}

    # printf '&a=1&b=2__' | openssl dgst -sha256 -hmac key
    right = "5c9f61e955f6d095117ae6def1d8be011c9567db2e44f16aca53e60f1f264334"
    assert signature(fields, "key") == right


@pytest.mark.parametrize("code", sorted(ANSWERS))
def test_every_refusal_of_the_sms_api_can_be_ordered(sim: Vonage, code: str):
    sim.reject(code, times=1)

    assert vonage_sms(sim).json()["messages"][0]["status"] == code
    assert vonage_sms(sim).json()["messages"][0]["status"] == "0"


def test_the_sms_api_says_in_its_own_way_that_it_is_too_much_or_unknown(sim: Vonage):
    sim.rate_limited(5, times=1)
    assert vonage_sms(sim).json()["messages"][0]["status"] == "1"
    sim.unauthorised(times=1)
    assert vonage_sms(sim).json()["messages"][0]["status"] == "4"
