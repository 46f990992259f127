"""Twilio's simulator takes what the documentation shows and refuses what it forbids."""

import re
from collections.abc import Iterator

import pytest

from .simulators.examples import call, twilio
from .simulators.twilio import ERRORS, Twilio

PICTURE = "https://c1.staticflickr.com/3/2899/14341091933_1e92e62d12_b.jpg"


@pytest.fixture
def sim() -> Iterator[Twilio]:
    with Twilio() as running:
        yield running


# The requests of https://www.twilio.com/docs/messaging/api/message-resource.
@pytest.mark.parametrize(
    ("change", "segments"),
    [
        ({}, "1"),
        ({"text": "Hello! 👍", "MediaUrl": PICTURE}, "1"),
        ({"text": "x" * 161}, "2"),
        ({"text": "é" * 160}, "1"),
        ({"text": "ê" * 71}, "2"),
        ({"text": "€" * 81}, "2"),
        ({"From": None, "MessagingServiceSid": "MG" + "a" * 32}, "0"),
        ({"From": "MyCompany", "StatusCallback": "http://example.com/MessageStatus"}, "1"),
        ({"text": "", "MediaUrl": [PICTURE, PICTURE]}, "1"),
        ({"To": "+212600000001", "ValidityPeriod": "600"}, "1"),
    ],
)
def test_the_documentations_requests_are_taken(sim: Twilio, change: dict, segments: str):
    answer = twilio(sim, **change)

    body = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Content-Type"] == "application/json"
    assert body["num_segments"] == segments
    assert re.fullmatch(r"(SM|MM)[0-9a-f]{32}", body["sid"])
    assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000", body["date_created"])
    assert (body["error_code"], body["direction"], body["price"]) == (None, "outbound-api", None)
    assert [(sent.recipient, sent.text, sent.reference) for sent in sim.sent] == [
        (body["to"], body["body"], body["sid"])
    ]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"To": None}, 400, 21604),
        ({"To": "0612345678"}, 400, 21211),
        ({"To": "+33 6 12 34 56 78"}, 400, 21211),
        ({"To": "+0612345678"}, 400, 21211),
        ({"To": "33612345678"}, 400, 21211),
        ({"To": "+1234567890123456"}, 400, 21211),
        ({"To": "+14155552345"}, 400, 21266),
        ({"From": None}, 400, 21603),
        ({"From": "+12"}, 400, 21212),
        ({"From": "Much Too Long A Name"}, 400, 21212),
        ({"From": "+14155550000"}, 400, 21606),
        ({"From": None, "MessagingServiceSid": "MG" + "b" * 32}, 404, 21701),
        ({"Body": None}, 400, 21602),
        ({"Body": ""}, 400, 21602),
        ({"Body": "x" * 1601}, 400, 21617),
        ({"Body": ["one", "two"]}, 400, 20001),
        ({"MediaUrl": [PICTURE] * 11}, 400, 21623),
        ({"MediaUrl": "photo.jpg"}, 400, 21620),
        ({"StatusCallback": "https://my_host.example/x"}, 400, 21609),
        ({"ValidityPeriod": "36001"}, 400, 20001),
        ({"ContentSid": "template"}, 400, 20001),
        ({"ScheduleType": "fixed"}, 400, 20001),
    ],
)
def test_a_planted_error_is_refused_as_twilio_does(
    sim: Twilio, change: dict, status: int, code: int
):
    answer = twilio(sim, **change)

    body = answer.json()
    assert (answer.status_code, body["code"], body["status"]) == (status, code, status)
    assert set(body) == {"code", "message", "more_info", "status"}
    assert body["more_info"] == f"https://www.twilio.com/docs/errors/{code}"
    assert sim.sent == []
    assert [fault.code for fault in sim.take_faults()] == [code]


@pytest.mark.parametrize(
    ("auth", "status"),
    [
        (None, 401),
        (("AC" + "0" * 32, "1f2e3d4c5b6a79880123456789abcdef"), 401),
        (("AC" + "0123456789abcdef" * 2, "wrong"), 401),
        (("SK" + "b" * 32, "a secret of an API key"), 201),
    ],
)
def test_only_the_accounts_own_keys_open(sim: Twilio, auth: tuple | None, status: int):
    fields = {"From": sim.numbers[0], "To": "+15558675310", "Body": "x"}

    answer = call(sim.url + sim.path, data=fields, auth=auth)

    assert answer.status_code == status
    assert len(sim.sent) == (status == 201)
    assert [fault.code for fault in sim.take_faults()] == [20003] * (status == 401)
    assert ("WWW-Authenticate" in answer.headers) == (status == 401)


@pytest.mark.parametrize(
    ("method", "path", "more", "status", "code"),
    [
        ("GET", "", {}, 405, 20004),
        ("POST", "/2010-04-01/Accounts/AC1/Messages.json", {}, 404, 20404),
        ("POST", "/Messages.json", {}, 404, 20404),
        ("POST", "", {"json": {"To": "+15558675310", "Body": "x"}}, 400, 20001),
        ("POST", "", {"params": {"To": "+15558675310"}}, 404, 20404),
        ("POST", "", {"data": b"To=%ff", "headers": {"Content-Type": "text/plain"}}, 400, 20001),
    ],
)
def test_another_method_path_or_form_is_refused(
    sim: Twilio, method: str, path: str, more: dict, status: int, code: int
):
    auth = (sim.account_sid, sim.auth_token)

    answer = call(sim.url + (path or sim.path), method, auth=auth, **more)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert [fault.code for fault in sim.take_faults()] == [code]


def test_bytes_that_are_no_utf8_are_refused(sim: Twilio):
    answer = call(
        sim.url + sim.path,
        data=b"To=%2B15558675310&From=%2B14155552345&Body=%ff",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        auth=(sim.account_sid, sim.auth_token),
    )

    assert answer.json()["code"] == 20001
    assert len(sim.take_faults()) == 1


def test_a_misspelt_parameter_is_remarked_as_twilio_would_ignore_it(sim: Twilio):
    assert twilio(sim, Boddy="x").status_code == 201
    assert sim.remarks == ["Boddy: Twilio has no such parameter and ignores it"]


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_every_known_refusal_can_be_ordered(sim: Twilio, code: int):
    sim.reject(code, times=1)

    refused, taken = twilio(sim), twilio(sim)

    assert (refused.status_code, refused.json()["code"]) == (ERRORS[code][0], code)
    assert taken.status_code == 201
    assert len(sim.sent) == 1


def test_an_unknown_refusal_cannot_be_ordered(sim: Twilio):
    with pytest.raises(ValueError, match="99999"):
        sim.reject(99999)
