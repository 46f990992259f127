"""What holds for every service behind HTTP; a new one is covered by being in the registry."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockex import notifiers
from stockex.notifiers.base import Notifier, Trouble
from stockex.pure.transport.outcome import Hint, Kind, Outcome
from stockex.pure.transport.request import Answer, Request

from .helpers import CREDENTIALS, NOW, message, opened

NOTIFIERS = [one for one in notifiers.services() if isinstance(one, Notifier)]
SAMPLES = Path(__file__).parent / "samples"
HINTS = {*Hint, *Trouble, ""}
FILES = sorted(SAMPLES.glob("*/*.json"))

each = pytest.mark.parametrize("service", NOTIFIERS, ids=lambda service: service.code)


def answer(sample: dict) -> Answer:
    body = json.dumps(sample["body"]) if "body" in sample else sample["text"]
    return Answer(sample["status"], sample["headers"], body.encode(), 0.1)


def read_samples(code: str) -> list[dict]:
    return [json.loads(path.read_text()) for path in FILES if path.parent.name == code]


def sent_text(request: Request) -> str:
    """Everything that leaves, as one text."""
    parts = [request.url, request.headers, request.params, request.json, request.form]
    return (
        json.dumps(parts, ensure_ascii=False) + opened(request.body) + "|".join(request.basic or ())
    )


def test_the_services_of_the_suite_are_there():
    assert [one.code for one in NOTIFIERS] == [
        *("discord", "web_push", "teams", "slack", "telegram", "twilio", "vonage", "webhook"),
    ]


@each
def test_each_service_has_samples_of_every_ending(service):
    kinds = {sample["expected"]["kind"] for sample in read_samples(service.code)}

    assert kinds >= {Kind.DONE, Kind.RETRY, Kind.REJECTED, Kind.UNAUTHORISED}


def test_no_sample_belongs_to_nobody():
    assert {path.parent.name for path in FILES} == {one.code for one in NOTIFIERS}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_an_official_answer_is_understood(path):
    sample = json.loads(path.read_text())
    service = notifiers.service(path.parent.name)

    outcome = service.read(answer(sample), NOW)

    expected = {"hint": "", "retry_after_s": None, "reference": "", **sample["expected"]}
    assert sample["source"].startswith("https://")
    assert {name: getattr(outcome, name) for name in expected} == expected
    assert outcome.message or outcome.kind == Kind.DONE


@each
def test_a_message_becomes_one_post_to_the_service(service):
    request = service.send(message(service.code), CREDENTIALS[service.code])

    assert request.method == "POST"
    assert request.url.startswith(("https://", "/"))
    assert request.url.startswith("https://") or service.base_url.startswith("https://")
    assert not (request.url.startswith("/") and service.base_url.endswith("/"))
    # Escapes aside, the reader finds what was said and where to go on.
    plain = sent_text(request).replace("\\", "").replace("“", '"').replace("”", '"')
    assert "12 lines differ" in plain
    assert "erp.example.com/odoo/stockex-counts/7" in plain.replace("\\/", "/")


@each
def test_the_credentials_of_the_tests_are_complete_and_of_the_right_form(service):
    values = CREDENTIALS[service.code]

    assert service.missing(values) == []
    fields = {one.name: one for one in service.credentials}
    assert all(fields[name].accepts(value) for name, value in values.items())


@each
def test_without_credentials_something_is_missing(service):
    typed = [one for one in service.credentials if not one.supplied]

    assert bool(service.missing(())) == bool(typed)


@each
@given(text=st.text(max_size=400), subject=st.text(min_size=1, max_size=300))
def test_any_text_makes_a_request_that_can_be_sent(service, text, subject):
    request = service.send(
        message(service.code, text=text, subject=subject), CREDENTIALS[service.code]
    )

    assert json.dumps([request.json, request.form])
    assert opened(request.body) or not request.body


@each
def test_a_huge_text_is_shortened_and_says_so(service):
    words = "Bolt M8 <b>& *nut* @everyone_ €\n" * 10_000

    request = service.send(message(service.code, text=words), CREDENTIALS[service.code])

    size = len(json.dumps([request.json, request.form])) + len(request.body or b"")
    assert size < 28_000
    assert (
        "…" in sent_text(request) or "..." in sent_text(request) or "\\u2026" in sent_text(request)
    )


@each
@given(
    status=st.integers(100, 599),
    body=st.one_of(
        st.binary(max_size=200),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(
                        [
                            *("ok", "error", "code", "message", "retry_after", "parameters"),
                            *("description", "result", "type", "detail", "title", "sid", "id"),
                        ]
                    ),
                    inner,
                    max_size=6,
                )
            ),
            max_leaves=8,
        ).map(lambda value: json.dumps(value).encode()),
    ),
    wait=st.none() | st.text(max_size=12),
)
def test_no_answer_breaks_the_reading(service, status, body, wait):
    headers = {} if wait is None else {"retry-after": wait}

    outcome = service.read(Answer(status, headers, body, 0.1), NOW)

    assert isinstance(outcome, Outcome)
    assert outcome.hint in HINTS
    assert outcome.retry_after_s is None or 0 <= outcome.retry_after_s <= 86_400
    assert len(outcome.message) < 240
    assert "\n" not in outcome.message
    if not 200 <= status < 300:
        assert outcome.kind != Kind.DONE or service.code == "vonage"  # “already sent”


@each
def test_what_failed_never_repeats_a_secret_that_an_answer_echoes(service):
    secrets = [value for value in CREDENTIALS[service.code].values() if "s3cret" in value]
    for secret in secrets:
        body = json.dumps({"error": secret, "ok": False}).encode()
        for status in (200, 400, 401, 404, 500):
            outcome = service.read(Answer(status, {}, body, 0.1), NOW)
            assert secret not in outcome.message + outcome.reference


@each
def test_an_address_that_is_good_stays_as_it_is(service):
    address = message(service.code).recipient

    assert service.clean_address(address) == address
