"""Slack's Block Kit: what is wrong with the blocks of a message.

Contract: https://docs.slack.dev/reference/block-kit/blocks and the pages of each block, element
and composition object below it. A property that a page does not list is refused.

Not simulated: rich_text, file, video, table, input and the other blocks and elements that need
a person's answer; only buttons among the elements.
"""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

BLOCKS_LIMIT = 50
MARKDOWN_LIMIT = 12_000  # over all the markdown blocks of a message
Problem = tuple[str, str]  # JSON pointer, what is wrong
Check = Callable[[Any, str], Iterator[Problem]]


def problems(blocks: Any) -> Iterator[Problem]:
    """Yield where a message's blocks break their contract, and how."""
    if not isinstance(blocks, list):
        yield "/blocks", "must be an array"
        return
    if len(blocks) > BLOCKS_LIMIT:
        yield "/blocks", f"no more than {BLOCKS_LIMIT} items allowed"
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        at = f"/blocks/{number}"
        kind = block.get("type") if isinstance(block, dict) else None
        if not isinstance(kind, str) or kind not in BLOCKS:
            yield f"{at}/type", "unsupported type"
            continue
        yield from _object(block, at, *BLOCKS[kind])
        if kind == "section" and not block.keys() & {"text", "fields"}:
            yield at, "missing required field: text or fields"
        name = block.get("block_id")
        if isinstance(name, str) and name in seen:
            yield f"{at}/block_id", "is used twice"
        seen.add(str(name))
    texts = [b.get("text") for b in blocks if isinstance(b, dict) and b.get("type") == "markdown"]
    if sum(len(text) for text in texts if isinstance(text, str)) > MARKDOWN_LIMIT:
        yield "/blocks", f"markdown of more than {MARKDOWN_LIMIT} characters"


def _object(
    value: dict[str, Any], at: str, required: dict[str, Check], optional: dict[str, Check]
) -> Iterator[Problem]:
    """Check an object: the properties it must have, may have, and each one's value."""
    for name in required.keys() - value.keys():
        yield at, f"missing required field: {name}"
    for name, part in value.items():
        check = required.get(name) or optional.get(name)
        if check:
            yield from check(part, f"{at}/{name}")
        elif name != "type":
            yield f"{at}/{name}", f"invalid additional property: {name}"


def _string(longest: int, shortest: int = 1) -> Check:
    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield at, "must be a string"
        elif len(value) < shortest:
            yield at, f"must be more than {shortest - 1} characters"
        elif len(value) > longest:
            yield at, f"must be less than {longest + 1} characters"

    return check


def _boolean(value: Any, at: str) -> Iterator[Problem]:
    if not isinstance(value, bool):
        yield at, "must be a boolean"


def _one_of(*allowed: str) -> Check:
    def check(value: Any, at: str) -> Iterator[Problem]:
        if value not in allowed:
            yield at, f"must be one of {', '.join(allowed)}"

    return check


def _url(value: Any, at: str) -> Iterator[Problem]:
    yield from _string(3000)(value, at)
    if isinstance(value, str) and not (
        urlsplit(value).scheme in {"http", "https"} and urlsplit(value).hostname
    ):
        yield at, "invalid url"


def _text(longest: int, *kinds: str) -> Check:
    """Check a text object; an emoji belongs to plain text, verbatim to mrkdwn."""
    kinds = kinds or ("plain_text", "mrkdwn")

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield at, "must be a text object"
            return
        kind = value.get("type")
        if kind not in kinds:
            yield f"{at}/type", f"must be one of {', '.join(kinds)}"
        name = "emoji" if kind == "plain_text" else "verbatim"
        yield from _object(value, at, {"text": _string(longest)}, {name: _boolean})

    return check


def _list(check: Check, most: int, least: int = 1) -> Check:
    def check_all(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield at, "must be an array"
            return
        if not least <= len(value) <= most:
            yield at, f"must have {least} to {most} items"
        for number, part in enumerate(value):
            yield from check(part, f"{at}/{number}")

    return check_all


def _image(value: dict[str, Any], at: str) -> Iterator[Problem]:
    yield from _object(value, at, {"image_url": _url, "alt_text": _string(2000)}, {})


def _button(value: dict[str, Any], at: str) -> Iterator[Problem]:
    optional: dict[str, Check] = {
        "action_id": _string(255),
        "url": _url,
        "value": _string(2000),
        "style": _one_of("primary", "danger"),
        "accessibility_label": _string(75),
    }
    yield from _object(value, at, {"text": _text(75, "plain_text")}, optional)


ELEMENTS: dict[str, Check] = {"button": _button, "image": _image}


def _element(*kinds: str) -> Check:
    def check(value: Any, at: str) -> Iterator[Problem]:
        kind = value.get("type") if isinstance(value, dict) else None
        if kind in ("plain_text", "mrkdwn") and "text" in kinds:
            yield from _text(3000)(value, at)
        elif isinstance(kind, str) and kind in kinds and kind in ELEMENTS:
            yield from ELEMENTS[kind](value, at)
        else:
            yield f"{at}/type", "unsupported type"

    return check


_NAME: dict[str, Check] = {"block_id": _string(255)}

# Type: properties that it must have, properties that it may have.
BLOCKS: dict[str, tuple[dict[str, Check], dict[str, Check]]] = {
    "section": (
        {},
        {
            **_NAME,
            "text": _text(3000),
            "fields": _list(_text(2000), 10),
            "accessory": _element("button", "image"),
            "expand": _boolean,
        },
    ),
    "header": ({"text": _text(150, "plain_text")}, _NAME),
    "divider": ({}, _NAME),
    "context": ({"elements": _list(_element("text", "image"), 10)}, _NAME),
    "actions": ({"elements": _list(_element("button"), 25)}, _NAME),
    "image": (
        {"image_url": _url, "alt_text": _string(2000)},
        {**_NAME, "title": _text(2000, "plain_text")},
    ),
    "markdown": ({"text": _string(MARKDOWN_LIMIT)}, _NAME),
}
