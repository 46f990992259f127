"""Discord's simulator."""

from collections.abc import Iterator

import pytest

from .simulators.discord import ERRORS, Discord
from .simulators.examples import call, discord

FIELD = {"name": "Counted", "value": "12"}
# From the documentation of embeds and of allowed mentions.
EMBED = {
    "title": "Hello, Embed!",
    "description": "This is an embedded message.",
    "url": "https://example.com/count/1",
    "timestamp": "2026-07-25T10:00:00Z",
    "color": 0xE3B505,
    "flags": 0,
    "footer": {"text": "stockex", "icon_url": "https://example.com/i.png"},
    "thumbnail": {"url": "https://example.com/t.png"},
    "author": {"name": "Amina"},
    "fields": [FIELD, {**FIELD, "inline": True}],
}


@pytest.fixture
def sim() -> Iterator[Discord]:
    with Discord() as running:
        yield running


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"text": None, "embeds": [EMBED]},
        {"embeds": [{"title": "x"}] * 10, "username": "Stock", "tts": False},
        {"text": "é" * 2000, "avatar_url": "https://example.com/a.png"},
        {"text": "@everyone hi there", "allowed_mentions": {"parse": []}},
        {"allowed_mentions": {"parse": ["roles"], "users": ["123", "125"]}},
        {"flags": 4096},
        {"embeds": [{"fields": [FIELD] * 25, "description": "x" * 4096}]},
    ],
)
def test_the_documentations_messages_are_taken(sim: Discord, change: dict):
    answer = discord(sim, **change)

    body = answer.json()
    assert answer.status_code == 200
    assert (body["channel_id"], body["webhook_id"]) == (sim.channel_id, sim.webhook_id)
    assert body["id"] == sim.sent[0].reference
    assert body["content"] == change.get("text", "Hello, world!") or not body["content"]
    assert sim.texts() == [change.get("text", "Hello, world!") or "Hello, Embed!"]
    assert answer.headers["X-RateLimit-Limit"] == "5"
    assert sim.remarks == []


@pytest.mark.parametrize("query", ["", "?wait=false", "?wait=0"])
def test_without_wait_there_is_no_content(sim: Discord, query: str):
    answer = call(sim.url + sim.hook_path + query, json={"content": "x"})

    assert (answer.status_code, answer.content) == (204, b"")
    assert "Content-Type" not in answer.headers
    assert sim.texts() == ["x"]


def test_a_thread_gets_its_own_messages(sim: Discord):
    call(f"{sim.url}{sim.hook_path}?thread_id={sim.threads[0]}", json={"content": "x"})

    assert sim.sent[0].recipient == sim.threads[0]


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"text": "x" * 2001}, "content", "BASE_TYPE_MAX_LENGTH"),
        ({"text": 5}, "content", "STRING_TYPE_CONVERT"),
        ({"username": "x" * 81}, "username", "BASE_TYPE_BAD_LENGTH"),
        ({"username": ""}, "username", "BASE_TYPE_BAD_LENGTH"),
        ({"username": "My Discord"}, "username", "USERNAME_INVALID_CONTAINS"),
        ({"avatar_url": "a.png"}, "avatar_url", "URL_TYPE_INVALID_SCHEME"),
        ({"tts": "no"}, "tts", "BOOLEAN_TYPE_CONVERT"),
        ({"flags": 1}, "flags", "BASE_TYPE_CHOICES"),
        ({"embeds": [{"title": "x"}] * 11}, "embeds", "BASE_TYPE_MAX_LENGTH"),
        ({"embeds": {"title": "x"}}, "embeds", "LIST_TYPE_CONVERT"),
        ({"embeds": ["x"]}, "embeds.0", "DICT_TYPE_CONVERT"),
        ({"embeds": [{"title": "x" * 257}]}, "embeds.0.title", "BASE_TYPE_MAX_LENGTH"),
        ({"embeds": [{"description": "x" * 4097}]}, "embeds.0.description", "BASE_TYPE_MAX_LENGTH"),
        ({"embeds": [{"description": "x" * 3001}] * 2}, "embeds", "MAX_EMBED_SIZE_EXCEEDED"),
        ({"embeds": [{"fields": [FIELD] * 26}]}, "embeds.0.fields", "BASE_TYPE_MAX_LENGTH"),
        (
            {"embeds": [{"fields": [{"name": "x"}]}]},
            "embeds.0.fields.0.value",
            "BASE_TYPE_REQUIRED",
        ),
        (
            {"embeds": [{"fields": [{"name": "", "value": "x"}]}]},
            "embeds.0.fields.0.name",
            "BASE_TYPE_REQUIRED",
        ),
        (
            {"embeds": [{"fields": [{"name": "x" * 257, "value": "x"}]}]},
            "embeds.0.fields.0.name",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            {"embeds": [{"fields": [{"name": "x", "value": "x" * 1025}]}]},
            "embeds.0.fields.0.value",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            {"embeds": [{"footer": {"text": "x" * 2049}}]},
            "embeds.0.footer.text",
            "BASE_TYPE_MAX_LENGTH",
        ),
        ({"embeds": [{"footer": "x"}]}, "embeds.0.footer", "DICT_TYPE_CONVERT"),
        ({"embeds": [{"author": {}}]}, "embeds.0.author.name", "BASE_TYPE_REQUIRED"),
        ({"embeds": [{"color": "#FF0000"}]}, "embeds.0.color", "NUMBER_TYPE_COERCE"),
        ({"embeds": [{"color": 0x1000000}]}, "embeds.0.color", "NUMBER_TYPE_MAX"),
        ({"embeds": [{"color": -1}]}, "embeds.0.color", "NUMBER_TYPE_MIN"),
        ({"embeds": [{"timestamp": "25/07/2026"}]}, "embeds.0.timestamp", "DATE_TIME_TYPE_PARSE"),
        ({"embeds": [{"url": "/odoo/count/1"}]}, "embeds.0.url", "URL_TYPE_INVALID_SCHEME"),
        ({"embeds": [{"url": "https:///x"}]}, "embeds.0.url", "URL_TYPE_INVALID_URL"),
        ({"allowed_mentions": {"parse": ["all"]}}, "allowed_mentions.parse.0", "BASE_TYPE_CHOICES"),
        ({"allowed_mentions": {"users": [123]}}, "allowed_mentions.users.0", "NUMBER_TYPE_COERCE"),
        (
            {"allowed_mentions": {"parse": ["users"], "users": ["1"]}},
            "allowed_mentions",
            "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
        ),
        ({"components": []}, "components", "NOT_SIMULATED"),
    ],
)
def test_a_planted_error_is_refused_as_discord_does(
    sim: Discord, change: dict, path: str, code: str
):
    answer = discord(sim, **change)

    body = answer.json()
    assert (answer.status_code, body["code"]) == (400, 50035)
    assert body["message"] == "Invalid Form Body"
    node = body["errors"]
    for name in path.split("."):
        node = node[name]
    assert [error["code"] for error in node["_errors"]] == [code]
    assert sim.sent == []
    assert [fault.code for fault in sim.take_faults()] == [code]


def test_all_that_is_wrong_is_named(sim: Discord):
    body = discord(sim, text="x" * 2001, embeds=[{"title": "x" * 257}, {}]).json()

    assert set(body["errors"]) == {"content", "embeds"}
    assert len(sim.take_faults()) == 2


@pytest.mark.parametrize("change", [{"text": None}, {"text": ""}, {"text": "", "embeds": [{}]}])
def test_an_empty_message_is_refused(sim: Discord, change: dict):
    answer = discord(sim, **change)

    assert answer.status_code == 400
    assert answer.json() == {"message": "Cannot send an empty message", "code": 50006}
    assert [fault.code for fault in sim.take_faults()] == [50006]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("POST", "/api/webhooks/1/{token}", 404, 10015),
        ("POST", "/api/webhooks/abc/{token}", 400, 50035),
        ("POST", "/api/webhooks/{id}/wrong", 401, 50027),
        ("POST", "/api/webhooks/{id}/{token}/", 404, 0),
        ("POST", "/webhooks/{id}/{token}", 404, 0),
        ("PUT", "/api/webhooks/{id}/{token}", 405, 0),
        ("POST", "/api/webhooks/{id}/{token}?wait=yes", 400, 50035),
        ("POST", "/api/webhooks/{id}/{token}?thread_id=1", 404, 10003),
    ],
)
def test_another_webhook_is_refused(sim: Discord, method: str, path: str, status: int, code: int):
    path = path.format(id=sim.webhook_id, token=sim.token)

    answer = call(sim.url + path, method, json={"content": "x"})

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert [fault.code for fault in sim.take_faults()] == [code]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"data": {"content": "x"}}, 50035),
        ({"data": "{}"}, 50035),
        ({"data": "{", "headers": {"Content-Type": "application/json"}}, 50109),
        ({"data": "NaN", "headers": {"Content-Type": "application/json"}}, 50109),
        ({"json": ["x"]}, 50035),
    ],
)
def test_another_form_is_refused(sim: Discord, more: dict, code: int):
    answer = call(sim.url + sim.hook_path, **more)

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert [fault.code for fault in sim.take_faults()] == [code]


@pytest.mark.parametrize("agent", ["", "Python-urllib/3.11"])
def test_a_sender_without_a_name_is_blocked(sim: Discord, agent: str):
    headers = {"User-Agent": agent}

    answer = call(sim.url + sim.hook_path, json={"content": "x"}, headers=headers)

    assert (answer.status_code, answer.text) == (403, "error code: 1010")
    assert [fault.code for fault in sim.take_faults()] == [1010]


@pytest.mark.parametrize(
    ("change", "remark"),
    [
        ({"subject": "x"}, "subject: Discord ignores it"),
        ({"embeds": [{"title": "x", "colour": 1}]}, "embeds.colour: Discord ignores it"),
        ({"text": "Hi @everyone"}, "everybody is called: no allowed_mentions"),
    ],
)
def test_what_discord_takes_in_silence_is_remarked(sim: Discord, change: dict, remark: str):
    assert discord(sim, **change).status_code == 200
    assert sim.remarks == [remark]


def test_the_versioned_address_is_the_same(sim: Discord):
    path = sim.hook_path.replace("/api/", "/api/v10/")

    assert call(sim.url + path, json={"content": "x"}).status_code == 204


def test_too_many_requests_are_told_how_long_to_wait(sim: Discord):
    sim.rate_limited(64.57, times=1)

    answer = discord(sim)

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "65")
    assert answer.headers["X-RateLimit-Scope"] == "user"
    assert answer.json() == {
        "message": "You are being rate limited.",
        "retry_after": 64.57,
        "global": False,
    }


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_every_known_refusal_can_be_ordered(sim: Discord, code: int):
    sim.reject(code, times=1)

    refused, taken = discord(sim), discord(sim)

    assert (refused.status_code, refused.json()["code"]) == (ERRORS[code][0], code)
    assert (taken.status_code, len(sim.sent)) == (200, 1)
