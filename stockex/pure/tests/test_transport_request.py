"""Requests and answers as plain values."""

import pytest

from ..transport.request import Answer, Request


def test_a_request_needs_only_method_and_address():
    request = Request("GET", "/me")

    assert (request.headers, request.params, request.family) == ({}, {}, "default")
    assert (request.json, request.form, request.body, request.basic) == (None,) * 4


@pytest.mark.parametrize(
    "bodies",
    [{"json": {}, "form": {}}, {"json": [], "body": b""}, {"form": {}, "body": b""}],
)
def test_two_bodies_are_refused_even_if_empty(bodies):
    with pytest.raises(ValueError, match="at most one"):
        Request("POST", "/x", **bodies)


def test_an_answer_reads_its_body():
    answer = Answer(200, {}, '{"name": "Zoé"}'.encode(), 0.1)

    assert answer.text() == '{"name": "Zoé"}'
    assert answer.json() == {"name": "Zoé"}


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff\xfe{", b"[" * 100_000])
def test_what_is_no_json_is_a_value_error(body):
    with pytest.raises(ValueError, match=r".+"):
        Answer(200, {}, body, 0.1).json()


def test_text_that_is_no_utf8_is_replaced():
    assert Answer(200, {}, b"caf\xe9", 0.1).text() == "caf\ufffd"
