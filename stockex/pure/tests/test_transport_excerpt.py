"""What people see of a call afterwards."""

from hypothesis import given
from hypothesis import strategies as st

from ..transport.excerpt import LONGEST, answer_excerpt, request_excerpt
from ..transport.request import Answer, Request


def test_a_request_is_shown_as_it_went_without_its_secrets():
    request = Request(
        "POST",
        "/bot123456/send",
        headers={"Authorization": "Bearer x", "X-Id": "7"},
        params={"to": "a b"},
        json={"text": "é", "pin": "123456"},
    )

    text = request_excerpt(request, "https://x.example/bot123456/send").masked(["123456"])

    assert text == (
        "POST https://x.example/bot•••/send?to=a+b\n"
        "Authorization: •••\n"
        "X-Id: 7\n"
        "\n"
        '{"text": "é", "pin": "•••"}'
    )


def test_each_kind_of_body_is_shown():
    url = "https://x.example"
    form = request_excerpt(Request("POST", url, form={"a": "1", "password": "x"}), url)
    raw = request_excerpt(Request("PUT", url, body=b"caf\xe9\x00"), url)

    assert form.masked([]).endswith("\n\na=1&password=•••")
    assert raw.masked([]).endswith("\n\ncaf\ufffd\ufffd")
    assert request_excerpt(Request("GET", url), url).masked([]) == f"GET {url}"


def test_an_answer_is_shown_without_the_secrets_that_it_repeats():
    text = answer_excerpt(Answer(200, {"set-cookie": "a=b"}, b"you sent hunter22", 0.1))

    assert text.masked(["hunter22"]) == "HTTP 200\nset-cookie: •••\n\nyou sent •••"


@given(st.binary(max_size=40_000), st.text(min_size=4, max_size=10))
def test_no_excerpt_is_too_long_for_the_database_or_refused_by_it(body, secret):
    text = answer_excerpt(Answer(200, {}, body, 0.1)).masked([secret])

    assert len(text) <= LONGEST
    assert "\x00" not in text


def test_a_secret_at_the_cut_is_hidden_whole():
    body = b"x" * (LONGEST - 14) + b"hunter22"

    assert "hunt" not in answer_excerpt(Answer(200, {}, body, 0.1)).masked(["hunter22"])
