"""Teams' simulator: the trigger, the envelope and the cards."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from .simulators.examples import call, teams, teams_message
from .simulators.teams import CARD, ERRORS, Teams

TEXT = {"type": "TextBlock", "text": "Count closed"}
OPEN = {"type": "Action.OpenUrl", "title": "Open", "url": "https://example.com/odoo/count/1"}
IMAGE = {"type": "Image", "url": "https://example.com/a.png", "altText": "a"}
# In the manner of the samples of adaptivecards.io.
BODY: list[dict[str, Any]] = [
    {**TEXT, "size": "Medium", "weight": "Bolder", "style": "heading", "wrap": True, "id": "t"},
    {
        "type": "ColumnSet",
        "columns": [
            {
                "type": "Column",
                "items": [{**IMAGE, "style": "Person", "size": "Small"}],
                "width": "auto",
            },
            {
                "type": "Column",
                "items": [TEXT, {**TEXT, "isSubtle": True, "spacing": "None"}],
                "width": "stretch",
            },
            {"width": "50px", "items": []},
        ],
    },
    {"type": "FactSet", "facts": [{"title": "Counted", "value": "12"}]},
    {"type": "Container", "style": "attention", "items": [TEXT], "bleed": True},
    {"type": "RichTextBlock", "inlines": ["a", {"type": "TextRun", "text": "b", "italic": True}]},
    {"type": "ActionSet", "actions": [OPEN]},
    {
        "type": "Table",
        "columns": [{"width": 1}, {"width": 2}],
        "rows": [{"type": "TableRow", "cells": [{"type": "TableCell", "items": [TEXT]}]}],
    },
]
ACTIONS: list[dict[str, Any]] = [
    OPEN,
    {"type": "Action.ToggleVisibility", "title": "More", "targetElements": ["t"]},
    {"type": "Action.ShowCard", "title": "Lines", "card": {"type": "AdaptiveCard", "body": [TEXT]}},
]


@pytest.fixture
def sim() -> Iterator[Teams]:
    with Teams() as running:
        yield running


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({}, "Hello"),
        ({"version": "1.5", "body": BODY, "actions": ACTIONS}, "Count closed"),
        ({"msteams": {"width": "Full"}, "fallbackText": "x", "speak": "x", "lang": "fr"}, "Hello"),
        ({"backgroundImage": "https://example.com/b.png", "minHeight": "80px"}, "Hello"),
        ({"body": [IMAGE], "actions": [OPEN]}, "Open"),
    ],
)
def test_the_documentations_cards_are_posted(sim: Teams, change: dict, text: str):
    answer = teams(sim, **change)

    assert (answer.status_code, answer.content) == (202, b"")
    assert answer.headers["x-ms-workflow-run-id"]
    assert [(sent.recipient, sent.text) for sent in sim.sent] == [(sim.channel, text)]


def test_the_documentations_message_is_taken_at_the_old_address_too(sim: Teams):
    call(sim.url + sim.old_hook_path, json=teams_message())

    assert sim.texts() == ["For samples, see [here](https://adaptivecards.io)"]


def test_each_attachment_becomes_a_message(sim: Teams):
    message = teams_message("one")
    message["attachments"] += teams_message("two")["attachments"]

    call(sim.url + sim.hook_path, json=message)

    assert sim.texts() == ["one", "two"]


# What the flow loses after the trigger has said 202, and where.
@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"type": "Adaptive"}, "content.type"),
        ({"version": "2.0"}, "content.version"),
        ({"version": 1.2}, "content.version"),
        ({"body": []}, "content.body"),
        ({"body": TEXT}, "content.body"),
        ({"title": "x"}, "content.title"),
        ({"body": [{"type": "TextBlock"}]}, "content.body[0].text"),
        ({"body": [{**TEXT, "text": ""}]}, "content.body[0].text"),
        ({"body": [{**TEXT, "text": 5}]}, "content.body[0].text"),
        ({"body": [{**TEXT, "color": "red"}]}, "content.body[0].color"),
        ({"body": [{**TEXT, "size": "huge"}]}, "content.body[0].size"),
        ({"body": [{**TEXT, "weight": "bold"}]}, "content.body[0].weight"),
        ({"body": [{**TEXT, "wrap": "true"}]}, "content.body[0].wrap"),
        ({"body": [{**TEXT, "colour": "good"}]}, "content.body[0].colour"),
        ({"body": [{"type": "Text", "text": "x"}]}, "content.body[0].type"),
        ({"body": [{"text": "x"}]}, "content.body[0].type"),
        ({"body": [{"type": ["TextBlock"], "text": "x"}]}, "content.body[0].type"),
        ({"body": ["x"]}, "content.body[0]"),
        ({"body": [{"type": "FactSet"}]}, "content.body[0].facts"),
        (
            {"body": [{"type": "FactSet", "facts": [{"title": "x"}]}]},
            "content.body[0].facts[0].value",
        ),
        (
            {"body": [{"type": "FactSet", "facts": [{"title": "x", "value": 12}]}]},
            "content.body[0].facts[0].value",
        ),
        ({"body": [{"type": "Container"}]}, "content.body[0].items"),
        (
            {"body": [{"type": "Container", "items": [{"type": "x"}]}]},
            "content.body[0].items[0].type",
        ),
        (
            {"body": [{"type": "ColumnSet", "columns": [{"width": "wide"}]}]},
            "content.body[0].columns[0].width",
        ),
        ({"body": [{**IMAGE, "url": "/web/image/1"}]}, "content.body[0].url"),
        ({"body": [{"type": "Input.Text", "id": "x"}]}, "content.body[0].type"),
        ({"actions": [{"type": "Action.Submit", "title": "x"}]}, "content.actions[0].type"),
        ({"actions": [{"type": "Action.OpenUrl", "title": "x"}]}, "content.actions[0].url"),
        ({"actions": [{**OPEN, "url": "/odoo/count/1"}]}, "content.actions[0].url"),
        ({"actions": [{**OPEN, "url": "javascript:alert(1)"}]}, "content.actions[0].url"),
        ({"actions": [{**OPEN, "style": "primary"}]}, "content.actions[0].style"),
        ({"actions": [{"type": "Action.ToggleVisibility", "targetElements": ["gone"]}]}, "content"),
        ({"body": [{**TEXT, "id": "a"}, {**TEXT, "id": "a"}]}, "content"),
        ({"body": [{**TEXT, "text": "x" * 28 * 1024}]}, "RequestEntityTooLarge"),
        ({"body": [{**TEXT, "text": "é" * 14 * 1024}]}, "RequestEntityTooLarge"),
    ],
)
def test_a_planted_error_in_a_card_loses_it_after_202(sim: Teams, change: dict, at: str):
    answer = teams(sim, **change)

    assert answer.status_code == 202
    assert sim.sent == []
    assert [fault.code for fault in sim.take_faults()] == [at]


def test_a_card_without_a_version_is_lost(sim: Teams):
    message = teams_message()
    del message["attachments"][0]["content"]["version"]

    call(sim.url + sim.hook_path, json=message)

    assert [fault.code for fault in sim.take_faults()] == ["content.version"]


@pytest.mark.parametrize(
    ("change", "attachment", "code"),
    [
        ({"type": "AdaptiveCard"}, {}, "type"),
        ({"type": None}, {}, "type"),
        ({"attachments": []}, {}, "attachments"),
        ({"text": "Hello"}, {}, "text"),
        ({}, {"contentType": "application/json"}, "contentType"),
        ({}, {"contentType": "application/vnd.microsoft.teams.card.o365connector"}, "contentType"),
        ({}, {"contentUrl": "https://example.com"}, "contentUrl"),
        ({}, {"content": json.dumps({"type": "AdaptiveCard"})}, "content"),
        ({}, {"thumbnail": "x"}, "thumbnail"),
    ],
)
def test_a_planted_error_in_the_envelope_loses_the_card_after_202(
    sim: Teams, change: dict, attachment: dict, code: str
):
    message = teams_message()
    message["attachments"][0].update(attachment)
    message.update(change)

    answer = call(sim.url + sim.hook_path, json=message)

    assert answer.status_code == 202
    assert sim.sent == []
    assert [fault.code for fault in sim.take_faults()] == [code]


@pytest.mark.parametrize(
    ("more", "code", "text"),
    [
        ({"data": {"text": "x"}}, "InvalidRequestContent", "form-urlencoded"),
        (
            {"data": b"{", "headers": {"Content-Type": "application/json"}},
            "InvalidRequestContent",
            "text",
        ),
        ({"json": {"text": "x"}}, "TriggerInputSchemaMismatch", "attachments"),
        (
            {"json": {"type": "AdaptiveCard", "body": []}},
            "TriggerInputSchemaMismatch",
            "attachments",
        ),
        ({"json": {"attachments": {}}}, "TriggerInputSchemaMismatch", "attachments"),
        (
            {"json": {"attachments": [{"contentType": CARD}]}},
            "TriggerInputSchemaMismatch",
            "missing from object: content",
        ),
        ({"json": {"attachments": [{}]}}, "TriggerInputSchemaMismatch", "contentType, content"),
        ({"json": ["x"]}, "TriggerInputSchemaMismatch", "Expected Object"),
    ],
)
def test_the_trigger_refuses_another_form(sim: Teams, more: dict, code: str, text: str):
    answer = call(sim.url + sim.hook_path, **more)

    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (400, code)
    assert text in error["message"]
    assert [fault.code for fault in sim.take_faults()] == [code]


@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "code"),
    [
        ("GET", "", {}, 405, "MethodNotAllowed"),
        ("POST", "/workflows/abc/triggers/manual/paths/invoke?sig=x", {}, 404, "WorkflowNotFound"),
        ("POST", "/", {}, 404, "WorkflowNotFound"),
        ("POST", "path without query", {}, 401, "DirectApiAuthorizationRequired"),
        ("POST", "", {"Authorization": "Bearer x"}, 401, "DirectApiAuthorizationRequired"),
        ("POST", "another signature", {}, 401, "AuthorizationFailed"),
        ("POST", "another version", {}, 401, "AuthorizationFailed"),
    ],
)
def test_another_address_is_refused(
    sim: Teams, method: str, path: str, headers: dict, status: int, code: str
):
    known = {
        "": sim.hook_path,
        "path without query": sim.hook_path.partition("?")[0],
        "another signature": sim.hook_path[:-1] + "X",
        "another version": sim.hook_path.replace("api-version=1", "api-version=9"),
    }

    answer = call(sim.url + known.get(path, path), method, json=teams_message(), headers=headers)

    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert [fault.code for fault in sim.take_faults()] == [code]


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_every_known_refusal_can_be_ordered(sim: Teams, code: str):
    sim.reject(code, times=1)

    refused, taken = teams(sim), teams(sim)

    assert (refused.status_code, refused.json()["error"]["code"]) == (ERRORS[code][0], code)
    assert (taken.status_code, len(sim.sent)) == (202, 1)
