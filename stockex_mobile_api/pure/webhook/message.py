"""What a webhook tells: kind of event, time, data."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

# Standard Webhooks 1.0.0, "Payload size": below 20 kB.
MOST_BYTES = 20_000
FAMILY = ".*"
TESTED = "webhook.tested"


def message(name: str, time: datetime, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content of a message.

    :param time: naive UTC.
    :param data: plain JSON; if it makes the message too large, its long texts are cut and
        `"truncated": true` says so: the receiver asks the API for the rest.
    """
    content = {"type": name, "timestamp": f"{time.isoformat(timespec='seconds')}Z"}
    whole = {**content, "data": dict(data)}
    if len(body_of(whole)) < MOST_BYTES:
        return whole
    short = {key: _shortened(value) for key, value in data.items()}
    return {**content, "data": {**short, "truncated": True}}


def body_of(content: Mapping[str, Any]) -> bytes:
    """Write a message as bytes, the same ones whatever the order of its keys.

    What is signed is what is sent: a retry years later must give the same bytes.
    """
    first = {name: content[name] for name in ("type", "timestamp")}
    data = dict(sorted(content["data"].items()))
    text = json.dumps({**first, "data": data}, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def is_wanted(name: str, filters: Iterable[str]) -> bool:
    """Tell whether an event passes filters such as `count.posted` or `count.*`; none is all."""
    known = tuple(filters)
    return not known or any(
        name.startswith(one.removesuffix("*")) if one.endswith(FAMILY) else name == one
        for one in known
    )


def families(names: Iterable[str]) -> list[str]:
    """Return the filters of all events of one noun: `count.*`, sorted."""
    return sorted({name.split(".")[0] + FAMILY for name in names})


def _shortened(value: Any) -> Any:
    """Keep what identifies a thing: numbers, flags and the beginning of texts."""
    if isinstance(value, str):
        return value if len(value) <= 200 else value[:199] + "…"
    if isinstance(value, Mapping):
        small = {key: item for key, item in list(value.items())[:10] if _is_plain(item)}
        return {key: _shortened(item) for key, item in small.items()}
    return value if _is_plain(value) else None


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, (str, int, float, bool))
