"""What an answer's status means."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..transport.outcome import (
    LONGEST_WAIT_S,
    Hint,
    Kind,
    Outcome,
    classify,
    retry_after_s,
    unanswered,
)
from ..transport.request import Answer

NOW = datetime(2026, 3, 2, 10, 0)


def outcome(status, **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return classify(Answer(status, names, b"secret", 0.2), NOW)


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_success_is_done(status):
    assert outcome(status) == Outcome(Kind.DONE)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (301, Outcome(Kind.REJECTED, "HTTP 301 Moved Permanently", hint=Hint.REDIRECTED)),
        (304, Outcome(Kind.REJECTED, "HTTP 304 Not Modified", hint=Hint.REDIRECTED)),
        (400, Outcome(Kind.REJECTED, "HTTP 400 Bad Request", hint=Hint.REJECTED)),
        (401, Outcome(Kind.UNAUTHORISED, "HTTP 401 Unauthorized", hint=Hint.UNAUTHORISED)),
        (403, Outcome(Kind.UNAUTHORISED, "HTTP 403 Forbidden", hint=Hint.UNAUTHORISED)),
        (404, Outcome(Kind.REJECTED, "HTTP 404 Not Found", hint=Hint.NOT_FOUND)),
        (408, Outcome(Kind.RETRY, "HTTP 408 Request Timeout", hint=Hint.BROKEN)),
        (410, Outcome(Kind.REJECTED, "HTTP 410 Gone", hint=Hint.GONE)),
        (425, Outcome(Kind.RETRY, "HTTP 425 Too Early", hint=Hint.BROKEN)),
        (429, Outcome(Kind.RETRY, "HTTP 429 Too Many Requests", hint=Hint.TOO_MANY)),
        (500, Outcome(Kind.RETRY, "HTTP 500 Internal Server Error", hint=Hint.BROKEN)),
        (503, Outcome(Kind.RETRY, "HTTP 503 Service Unavailable", hint=Hint.BROKEN)),
        (599, Outcome(Kind.RETRY, "HTTP 599", hint=Hint.BROKEN)),
        (799, Outcome(Kind.REJECTED, "HTTP 799", hint=Hint.REJECTED)),
    ],
)
def test_each_failure_has_its_kind(status, expected):
    assert outcome(status) == expected


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("1.5", 1.5),
        ("0", 0),
        ("-5", 0),
        ("99999999999999999999", LONGEST_WAIT_S),
        ("inf", LONGEST_WAIT_S),
        ("Mon, 02 Mar 2026 10:01:30 GMT", 90),
        ("Mon, 02 Mar 2026 09:00:00 GMT", 0),
        ("Mon, 02 Mar 2026 10:01:30 +0100", 0),
        ("nan", None),
        ("", None),
        ("soon", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value, seconds):
    assert outcome(429, retry_after=value).retry_after_s == seconds
    assert outcome(503, retry_after=value).retry_after_s == seconds


def test_only_a_retry_asks_to_wait():
    assert outcome(404, retry_after="5").retry_after_s is None


@given(st.integers(0, 86_400))
def test_a_date_says_the_same_as_its_seconds(seconds):
    date = format_datetime(NOW.replace(tzinfo=UTC) + timedelta(seconds=seconds), usegmt=True)

    assert retry_after_s({"retry-after": date}, NOW) == seconds
    assert retry_after_s({"retry-after": str(seconds)}, NOW) == seconds


@given(st.text(max_size=60))
def test_any_header_gives_a_wait_in_bounds_or_none(value):
    seconds = retry_after_s({"retry-after": value}, NOW)

    assert seconds is None or 0 <= seconds <= LONGEST_WAIT_S


@given(st.integers(100, 999))
def test_the_answers_text_never_reaches_the_message(status):
    assert "secret" not in classify(Answer(status, {}, b"secret", 0.2), NOW).message


@pytest.mark.parametrize(
    ("hint", "sent", "safely", "expected"),
    [
        (Hint.NO_ANSWER, False, False, Outcome(Kind.RETRY, "cut", hint=Hint.NO_ANSWER)),
        (Hint.NO_ANSWER, True, True, Outcome(Kind.RETRY, "cut", hint=Hint.NO_ANSWER)),
        (Hint.TOO_SLOW, True, False, Outcome(Kind.UNKNOWN, "cut", hint=Hint.UNKNOWN_EFFECT)),
        (Hint.NO_NAME, False, True, Outcome(Kind.RETRY, "cut", hint=Hint.NO_NAME)),
        (Hint.PRIVATE_ADDRESS, False, True, Outcome(Kind.REJECTED, "cut", hint="private_address")),
        (Hint.BAD_ADDRESS, False, False, Outcome(Kind.REJECTED, "cut", hint="bad_address")),
    ],
)
def test_without_an_answer_only_what_surely_was_not_done_is_repeated(hint, sent, safely, expected):
    assert unanswered(hint, "cut", sent=sent, repeats_safely=safely) == expected
