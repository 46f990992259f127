"""Slack's simulator minds what Block Kit allows."""

from collections.abc import Iterator
from typing import Any

import pytest

from .simulators.examples import slack, slack_hook
from .simulators.slack import Slack

PLAIN = {"type": "plain_text", "text": "Hello"}
MRKDWN = {"type": "mrkdwn", "text": "*Hello*"}
BUTTON = {"type": "button", "text": PLAIN, "url": "https://example.com/count/1"}
IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"}
# From the reference pages of the blocks.
BLOCKS: list[dict[str, Any]] = [
    {
        "type": "header",
        "text": {"type": "plain_text", "text": "Budget Performance", "emoji": True},
    },
    {
        "type": "section",
        "text": {
            "type": "mrkdwn",
            "text": "Danny Torrence left the following review for your property:",
        },
    },
    {
        "type": "section",
        "block_id": "section567",
        "text": {
            "type": "mrkdwn",
            "text": "<https://example.com|Overlook Hotel> \n :star: \n Too many axe holes",
        },
        "accessory": {
            "type": "image",
            "image_url": "https://is5-ssl.mzstatic.com/image/thumb/Purple3/icon.png",
            "alt_text": "Haunted hotel image",
        },
    },
    {
        "type": "section",
        "block_id": "section789",
        "fields": [{"type": "mrkdwn", "text": "*Average Rating*\n1.0"}],
    },
    {"type": "divider"},
    {"type": "context", "elements": [IMAGE, {"type": "mrkdwn", "text": "Location: *Dogpatch*"}]},
    {"type": "actions", "elements": [{**BUTTON, "action_id": "b", "value": "1"}]},
    {
        "type": "image",
        "title": PLAIN,
        "image_url": "http://placekitten.com/500/500",
        "alt_text": "An incredibly cute kitten.",
    },
    {"type": "markdown", "text": "**Lots of information here!!**"},
]


@pytest.fixture
def sim() -> Iterator[Slack]:
    with Slack() as running:
        yield running


def test_the_documentations_blocks_are_taken_by_both_doors(sim: Slack):
    hook, method = slack_hook(sim, blocks=BLOCKS), slack(sim, blocks=BLOCKS)

    assert (hook.text, method.json()["ok"]) == ("ok", True)
    assert [sent.data["blocks"] for sent in sim.sent] == [BLOCKS, BLOCKS]


def test_fifty_blocks_are_taken(sim: Slack):
    assert slack_hook(sim, blocks=[{"type": "divider"}] * 50).text == "ok"


# What is wrong with a block, and where Slack says so.
BAD_BLOCKS: list[tuple[dict[str, Any], str]] = [
    ({"type": "sektion", "text": PLAIN}, "/blocks/0/type"),
    ({"text": PLAIN}, "/blocks/0/type"),
    ({"type": "section"}, "/blocks/0"),
    ({"type": "section", "text": "Hello"}, "/blocks/0/text"),
    ({"type": "section", "text": {"type": "markdown", "text": "x"}}, "/blocks/0/text/type"),
    ({"type": "section", "text": {**PLAIN, "text": "x" * 3001}}, "/blocks/0/text/text"),
    ({"type": "section", "text": {**PLAIN, "text": ""}}, "/blocks/0/text/text"),
    ({"type": "section", "text": {**MRKDWN, "emoji": True}}, "/blocks/0/text/emoji"),
    ({"type": "section", "fields": [PLAIN] * 11}, "/blocks/0/fields"),
    ({"type": "section", "fields": []}, "/blocks/0/fields"),
    ({"type": "section", "fields": [{**PLAIN, "text": "x" * 2001}]}, "/blocks/0/fields/0/text"),
    ({"type": "section", "text": PLAIN, "colour": "red"}, "/blocks/0/colour"),
    ({"type": "section", "text": PLAIN, "block_id": "x" * 256}, "/blocks/0/block_id"),
    ({"type": "section", "text": PLAIN, "accessory": PLAIN}, "/blocks/0/accessory/type"),
    ({"type": "header", "text": MRKDWN}, "/blocks/0/text/type"),
    ({"type": "header", "text": {**PLAIN, "text": "x" * 151}}, "/blocks/0/text/text"),
    ({"type": "header"}, "/blocks/0"),
    ({"type": "context", "elements": [MRKDWN] * 11}, "/blocks/0/elements"),
    ({"type": "context", "elements": []}, "/blocks/0/elements"),
    ({"type": "context", "elements": [BUTTON]}, "/blocks/0/elements/0/type"),
    ({"type": "actions", "elements": [BUTTON] * 26}, "/blocks/0/elements"),
    (
        {"type": "actions", "elements": [{**BUTTON, "text": MRKDWN}]},
        "/blocks/0/elements/0/text/type",
    ),
    (
        {"type": "actions", "elements": [{**BUTTON, "text": {**PLAIN, "text": "x" * 76}}]},
        "/blocks/0/elements/0/text/text",
    ),
    (
        {"type": "actions", "elements": [{**BUTTON, "url": "/odoo/count/1"}]},
        "/blocks/0/elements/0/url",
    ),
    (
        {"type": "actions", "elements": [{**BUTTON, "style": "warning"}]},
        "/blocks/0/elements/0/style",
    ),
    (
        {"type": "actions", "elements": [{**BUTTON, "disabled": True}]},
        "/blocks/0/elements/0/disabled",
    ),
    ({"type": "image", "image_url": "https://example.com/a.png"}, "/blocks/0"),
    ({"type": "markdown", "text": "x" * 12_001}, "/blocks/0/text"),
    ({"type": "divider", "text": PLAIN}, "/blocks/0/text"),
]


@pytest.mark.parametrize(("block", "at"), BAD_BLOCKS)
def test_a_planted_error_in_a_block_is_refused_by_both_doors(sim: Slack, block: dict, at: str):
    hook, method = slack_hook(sim, blocks=[block]), slack(sim, blocks=[block])

    body = method.json()
    assert (hook.status_code, hook.text) == (400, "invalid_blocks")
    assert (method.status_code, body["ok"], body["error"]) == (200, False, "invalid_blocks")
    assert f"[json-pointer:{at}]" in body["response_metadata"]["messages"][0]
    assert sim.sent == []
    assert {fault.code for fault in sim.take_faults()} == {"invalid_blocks"}


@pytest.mark.parametrize(
    "blocks",
    [
        [{"type": "divider"}] * 51,
        {"type": "divider"},
        ["divider"],
        [{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}],
        [{"type": "markdown", "text": "x" * 7000}] * 2,
    ],
)
def test_blocks_that_are_wrong_together_are_refused(sim: Slack, blocks: object):
    assert slack_hook(sim, blocks=blocks).text == "invalid_blocks"
    assert len(sim.take_faults()) == 1
