"""Telegram's simulator: sendMessage."""

import json
from collections.abc import Iterator

import pytest

from .simulators.examples import call, telegram
from .simulators.telegram import ERRORS, Telegram

BUTTON = {"text": "Open", "url": "https://example.com/odoo/count/1"}


@pytest.fixture
def sim() -> Iterator[Telegram]:
    with Telegram() as running:
        yield running


def _keyboard(*buttons: object) -> dict:
    return {"reply_markup": {"inline_keyboard": [list(buttons)]}}


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({}, "Hello"),
        ({"text": "<b>Bolt</b> &lt;M8&gt;", "parse_mode": "HTML"}, "Bolt <M8>"),
        ({"text": "*Bolt* 12\\.5", "parse_mode": "MarkdownV2"}, "Bolt 12.5"),
        ({"chat_id": "@stockroom", "disable_notification": True}, "Hello"),
        ({"chat_id": "-1001234567890", "link_preview_options": {"is_disabled": True}}, "Hello"),
        (_keyboard(BUTTON, {"text": "Yes", "callback_data": "yes"}), "Hello"),
        ({"reply_markup": json.dumps(_keyboard(BUTTON)["reply_markup"])}, "Hello"),
        ({"text": "é" * 4096}, "é" * 4096),
        ({"text": "<b>" + "x" * 4096 + "</b>", "parse_mode": "HTML"}, "x" * 4096),
    ],
)
def test_the_documentations_messages_are_taken(sim: Telegram, change: dict, text: str):
    answer = telegram(sim, **change)

    body = answer.json()
    assert (answer.status_code, body["ok"]) == (200, True)
    assert body["result"]["text"] == text
    assert (body["result"]["from"]["id"], body["result"]["message_id"]) == (123456, 1)
    assert sim.texts() == [text]
    assert sim.sent[0].recipient == str(body["result"]["chat"]["id"])
    assert sim.remarks == []


@pytest.mark.parametrize(
    "more",
    [
        {"params": {"chat_id": "987654321", "text": "Hello"}},
        {"data": {"chat_id": "987654321", "text": "Hello"}},
        {"params": {"chat_id": "987654321"}, "json": {"text": "Hello"}},
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_parameters_come_in_the_address_a_form_or_json(sim: Telegram, method: str, more: dict):
    assert call(sim.url + sim.path, method, **more).json()["ok"]
    assert sim.texts() == ["Hello"]


@pytest.mark.parametrize(
    ("change", "status", "description"),
    [
        ({"text": None}, 400, "Bad Request: message text is empty"),
        ({"text": " \n"}, 400, "Bad Request: message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, 400, "Bad Request: message text is empty"),
        ({"text": "x" * 4097}, 400, "Bad Request: message is too long"),
        ({"text": "👍" * 2049}, 400, "Bad Request: message is too long"),
        ({"parse_mode": "Textile"}, 400, "Bad Request: unsupported parse_mode"),
        (
            {"text": "12.5", "parse_mode": "MarkdownV2"},
            400,
            "Bad Request: can't parse entities: Character '.' is reserved and must be escaped "
            "with the preceding '\\'",
        ),
        (
            {"text": "a <b>x", "parse_mode": "HTML"},
            400,
            "Bad Request: can't parse entities: Can't find end tag corresponding to start tag "
            '"b"',
        ),
        ({"chat_id": None}, 400, "Bad Request: chat_id is empty"),
        ({"chat_id": 42}, 400, "Bad Request: chat not found"),
        ({"chat_id": "@nobody"}, 400, "Bad Request: chat not found"),
        ({"chat_id": "stockroom"}, 400, "Bad Request: chat not found"),
        ({"chat_id": True}, 400, "Bad Request: chat not found"),
        ({"chat_id": 111111111}, 403, "Forbidden: bot was blocked by the user"),
        (_keyboard({"text": "Open"}), 400, "Text buttons are unallowed"),
        (_keyboard({"url": "https://example.com"}), 400, "Can't find field"),
        (_keyboard({**BUTTON, "text": ""}), 400, "button text must be non-empty"),
        (_keyboard({**BUTTON, "url": "/odoo/count/1"}), 400, "is invalid: Wrong HTTP URL"),
        (_keyboard({**BUTTON, "url": "http://localhost"}), 400, "is invalid: Wrong HTTP URL"),
        (_keyboard({**BUTTON, "callback_data": "x"}), 400, "exactly one optional field"),
        (
            _keyboard({"text": "x", "callback_data": "é" * 33}),
            400,
            "Bad Request: BUTTON_DATA_INVALID",
        ),
        (_keyboard(*[BUTTON] * 101), 400, "Bad Request: REPLY_MARKUP_TOO_LONG"),
        ({"reply_markup": "{"}, 400, "Bad Request: object expected as reply markup"),
        ({"reply_markup": {"inline_keyboard": [BUTTON]}}, 400, "Array of Arrays expected"),
        ({"reply_markup": {"keyboard": [[BUTTON]]}}, 400, "only inline_keyboard"),
        ({"link_preview_options": "x"}, 400, "can't parse link preview options JSON object"),
        ({"disable_notification": "yes"}, 400, "disable_notification must be a Boolean"),
    ],
)
def test_a_planted_error_is_refused_as_telegram_does(
    sim: Telegram, change: dict, status: int, description: str
):
    answer = telegram(sim, **change)

    body = answer.json()
    assert (answer.status_code, body["ok"], body["error_code"]) == (status, False, status)
    assert body["description"].endswith(description) or description in body["description"]
    assert sim.sent == []
    assert len(sim.take_faults()) == 1


def test_a_group_that_moved_tells_where(sim: Telegram):
    body = telegram(sim, chat_id=-222222222).json()

    assert body["parameters"] == {"migrate_to_chat_id": -1001234567890}
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert len(sim.take_faults()) == 1


@pytest.mark.parametrize(
    ("method", "path", "status", "description"),
    [
        ("POST", "/bot123456:wrong/sendMessage", 401, "Unauthorized"),
        ("POST", "/botwrong/sendMessage", 404, "Not Found"),
        ("POST", "/sendMessage", 404, "Not Found"),
        ("POST", "/bot{token}/sendMesage", 404, "Not Found: method not found"),
        ("DELETE", "/bot{token}/sendMessage", 404, "Not Found: method not found"),
    ],
)
def test_another_address_is_refused(
    sim: Telegram, method: str, path: str, status: int, description: str
):
    answer = call(sim.url + path.format(token=sim.token), method, json={"text": "x"})

    assert answer.status_code == status
    assert answer.json() == {"ok": False, "error_code": status, "description": description}
    assert len(sim.take_faults()) == 1


@pytest.mark.parametrize(
    ("more", "description"),
    [
        ({"data": b"{", "headers": {"Content-Type": "application/json"}}, "can't parse request"),
        ({"json": ["x"]}, "can't parse request: expected an Object"),
        (
            {"data": b'{"text": "\xff"}', "headers": {"Content-Type": "application/json"}},
            "strings must be encoded in UTF-8",
        ),
        (
            {"data": b"text=%ff", "headers": {"Content-Type": "application/x-www-form-urlencoded"}},
            "strings must be encoded in UTF-8",
        ),
        ({"data": '{"chat_id": 987654321, "text": "x"}'}, "message text is empty"),
    ],
)
def test_another_form_is_refused(sim: Telegram, more: dict, description: str):
    answer = call(sim.url + sim.path, **more)

    assert answer.status_code == 400
    assert answer.json()["description"].startswith(f"Bad Request: {description}")
    assert len(sim.take_faults()) == 1


def test_an_unknown_parameter_is_remarked_as_telegram_would_ignore_it(sim: Telegram):
    assert telegram(sim, subject="x").json()["ok"]
    assert sim.remarks == ["subject: sendMessage has no such parameter and ignores it"]


def test_too_many_requests_are_told_how_long_to_wait(sim: Telegram):
    sim.rate_limited(7.2, times=1)

    answer = telegram(sim)

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "8")
    assert answer.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 8",
        "parameters": {"retry_after": 8},
    }


@pytest.mark.parametrize("code", sorted(ERRORS, key=str))
def test_every_known_refusal_can_be_ordered(sim: Telegram, code: str):
    sim.reject(code, times=1)

    refused, taken = telegram(sim), telegram(sim)

    assert (refused.status_code, refused.json()["error_code"]) == (ERRORS[code], ERRORS[code])
    assert refused.json()["description"].endswith(code)
    assert (taken.status_code, len(sim.sent)) == (200, 1)
