"""Slack's simulator: the webhook and chat.postMessage."""

import json
from collections.abc import Iterator

import pytest

from .simulators.examples import call, slack, slack_hook
from .simulators.slack import HOOK_ERRORS, METHOD, METHOD_ERRORS, Slack

HEADER = [{"type": "header", "text": {"type": "plain_text", "text": "Count"}}]


@pytest.fixture
def sim() -> Iterator[Slack]:
    with Slack() as running:
        yield running


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"blocks": HEADER},
        {"text": "And here's an attachment!", "attachments": [{"text": "x", "color": "#2eb886"}]},
        {"text": "This is a line of text.\nAnd this is another one."},
        {"text": "<https://example.com|Link> &amp; <@U2147483697> <!here> &lt;b&gt;"},
    ],
)
def test_the_documentations_messages_are_taken_by_both_doors(sim: Slack, change: dict):
    hook, method = slack_hook(sim, **change), slack(sim, **change)

    assert (hook.status_code, hook.text) == (200, "ok")
    assert hook.headers["Content-Type"] == "text/html"
    body = method.json()
    assert (body["ok"], body["channel"]) == (True, "C1234567890")
    assert body["message"]["ts"] == body["ts"] == sim.sent[1].reference
    assert [sent.text for sent in sim.sent] == [
        change.get("text", "Hello, world."),
        change.get("text", "Hello world"),
    ]
    assert "warning" not in body
    assert sim.remarks == []


@pytest.mark.parametrize(
    ("change", "hook_code", "method_code"),
    [
        ({"text": None}, "no_text", "no_text"),
        ({"text": ""}, "no_text", "no_text"),
        ({"text": "", "blocks": []}, "no_text", "no_text"),
        ({"text": 5}, "invalid_payload", "invalid_arguments"),
        ({"attachments": {"text": "x"}}, "invalid_payload", "invalid_arguments"),
        ({"attachments": [{"text": "x"}] * 101}, "too_many_attachments", "too_many_attachments"),
        ({"mrkdwn": "yes"}, "invalid_payload", "invalid_arguments"),
        ({"thread_ts": "1503435956"}, "invalid_payload", "invalid_arguments"),
    ],
)
def test_a_planted_error_in_a_message_is_refused_by_both_doors(
    sim: Slack, change: dict, hook_code: str, method_code: str
):
    hook, method = slack_hook(sim, **change), slack(sim, **change)

    assert (hook.status_code, hook.text) == (HOOK_ERRORS[hook_code], hook_code)
    assert method.json()["error"] == method_code
    assert [fault.code for fault in sim.take_faults()] == [hook_code, method_code]
    assert sim.sent == []


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/services/T1/B00000000/" + "X" * 24, 404, "no_team"),
        ("/services/T00000000/B1/" + "X" * 24, 404, "no_service"),
        ("/services/T00000000/B00000000/wrong", 403, "invalid_token"),
        ("/services/T00000000/B00000000", 404, "no_service"),
        ("/", 404, "no_service"),
    ],
)
def test_another_webhook_is_refused(sim: Slack, path: str, status: int, code: str):
    answer = call(sim.url + path, json={"text": "x"})

    assert (answer.status_code, answer.text) == (status, code)
    assert [fault.code for fault in sim.take_faults()] == [code]


@pytest.mark.parametrize(
    ("more", "text", "status"),
    [
        ({"data": {"payload": json.dumps({"text": "x"})}}, "ok", 200),
        ({"data": {"text": "x"}}, "invalid_payload", 400),
        ({"data": '{"text": "x"}'}, "invalid_payload", 400),
        ({"data": "{", "headers": {"Content-Type": "application/json"}}, "invalid_payload", 400),
        (
            {"data": b'"\xff"', "headers": {"Content-Type": "application/json"}},
            "invalid_payload",
            400,
        ),
        ({"json": ["x"]}, "invalid_payload", 400),
    ],
)
def test_a_webhook_takes_json_or_a_form_with_a_payload(
    sim: Slack, more: dict, text: str, status: int
):
    answer = call(sim.url + sim.hook_path, **more)

    assert (answer.status_code, answer.text) == (status, text)
    assert len(sim.take_faults()) == (status != 200)


def test_a_webhook_is_posted_to(sim: Slack):
    assert call(sim.url + sim.hook_path, "GET").status_code == 405
    assert len(sim.take_faults()) == 1


@pytest.mark.parametrize(
    ("channel", "found"),
    [
        ("C0987654321", "C0987654321"),
        ("#stock", "C0987654321"),
        ("U2147483697", "D0123456789"),
        ("#nowhere", "channel_not_found"),
        ("stock", "channel_not_found"),
        (None, "channel_not_found"),
        ("C00ARCHIVED", "is_archived"),
        ("C00ELSEWHERE", "not_in_channel"),
    ],
)
def test_a_message_goes_to_a_channel_that_the_bot_is_in(
    sim: Slack, channel: str | None, found: str
):
    body = slack(sim, channel=channel).json()

    assert body.get("channel" if body["ok"] else "error") == found
    assert [sent.recipient for sent in sim.sent] == [found] * body["ok"]
    assert len(sim.take_faults()) == (not body["ok"])


@pytest.mark.parametrize(
    ("header", "code"),
    [(None, "not_authed"), ("Bearer xoxb-1", "invalid_auth"), ("Basic eDp5", "not_authed")],
)
def test_a_bots_token_is_minded(sim: Slack, header: str | None, code: str):
    headers = {"Authorization": header} if header else {}

    answer = call(sim.url + METHOD, json={"channel": "C1234567890", "text": "x"}, headers=headers)

    assert (answer.status_code, answer.json()) == (200, {"ok": False, "error": code})
    assert [fault.code for fault in sim.take_faults()] == [code]


@pytest.mark.parametrize(
    ("method", "path", "more", "code"),
    [
        ("GET", METHOD, {}, "invalid_post_type"),
        ("POST", "/api/chat.post", {"json": {}}, "invalid_post_type"),
        (
            "POST",
            METHOD,
            {"data": "x", "headers": {"Content-Type": "text/plain"}},
            "invalid_post_type",
        ),
        (
            "POST",
            METHOD,
            {"data": "{", "headers": {"Content-Type": "application/json"}},
            "invalid_json",
        ),
        ("POST", METHOD, {"json": [1]}, "json_not_object"),
        ("POST", METHOD, {"data": {"blocks": "["}}, "invalid_form_data"),
        ("POST", METHOD, {"json": {"token": "xoxb-123456789012-abcdefghijkl"}}, "not_authed"),
    ],
)
def test_another_way_of_calling_is_refused(
    sim: Slack, method: str, path: str, more: dict, code: str
):
    answer = call(sim.url + path, method, **more)

    assert (answer.status_code, answer.json()["error"]) == (200, code)
    assert [fault.code for fault in sim.take_faults()] == [code]


def test_a_form_with_blocks_and_the_token_in_it_is_taken(sim: Slack):
    fields = {
        "token": sim.token,
        "channel": "C1234567890",
        "text": "x",
        "blocks": json.dumps(HEADER),
        "unfurl_links": "false",
    }

    assert call(sim.url + METHOD, data=fields).json()["ok"]
    assert sim.sent[0].data["blocks"] == HEADER


def test_a_missing_charset_is_warned_of(sim: Slack):
    headers = {"Authorization": f"Bearer {sim.token}"}

    answer = call(sim.url + METHOD, json={"channel": "#stock", "text": "x"}, headers=headers)

    assert answer.json()["warning"] == "missing_charset"


@pytest.mark.parametrize(
    ("change", "remark"),
    [
        ({"text": "a < b"}, "'<' at 2 is not escaped"),
        ({"text": "Bolt & nut"}, "'&' at 5 is not escaped"),
        ({"text": "<b>bold</b>"}, "'<' at 0 is not escaped"),
        ({"text": "x", "username": "stockex"}, "username: a webhook ignores it"),
        ({"text": "x" * 40_001}, "text is cut at 40000 characters"),
        ({"text": None, "blocks": HEADER}, "text is missing beside blocks"),
    ],
)
def test_what_slack_takes_in_silence_is_remarked(sim: Slack, change: dict, remark: str):
    assert slack_hook(sim, **change).status_code == 200
    assert sim.remarks[0].startswith(remark)
    assert len(sim.sent[0].text) <= 40_000


@pytest.mark.parametrize("code", sorted(HOOK_ERRORS))
def test_every_refusal_of_a_webhook_can_be_ordered(sim: Slack, code: str):
    sim.reject(code, times=1)

    refused, taken = slack_hook(sim), slack_hook(sim)

    assert (refused.status_code, refused.text) == (HOOK_ERRORS[code], code)
    assert (taken.status_code, len(sim.sent)) == (200, 1)


@pytest.mark.parametrize("code", sorted(METHOD_ERRORS))
def test_every_refusal_of_the_method_can_be_ordered(sim: Slack, code: str):
    sim.reject(code, times=1)

    assert slack(sim).json() == {"ok": False, "error": code}
    assert slack(sim).json()["ok"] is True


def test_the_method_says_in_its_own_way_that_it_is_too_much_or_unknown(sim: Slack):
    sim.rate_limited(30, times=1)
    limited = slack(sim)
    assert (limited.status_code, limited.headers["Retry-After"]) == (429, "30")
    assert limited.json() == {"ok": False, "error": "ratelimited"}
    sim.unauthorised(times=1)
    assert slack(sim).json()["error"] == "invalid_auth"
