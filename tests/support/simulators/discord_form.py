"""What Discord says of a webhook's message that is not as its documents have it.

Contract: https://docs.discord.com/developers/resources/webhook#execute-webhook, the embed limits of
https://docs.discord.com/developers/resources/message#embed-object-embed-limits and the OpenAPI
document (github.com/discord/discord-api-spec, specs/openapi.json: `IncomingWebhookRequestPartial`,
`RichEmbed…`, `MessageAllowedMentionsRequest`). A null counts as left out.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

EMBED_TOTAL = 6000
FLAGS = 1 << 2 | 1 << 12  # SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS
Problem = tuple[tuple[str, ...], str, str]  # path, code, message
Check = Callable[[Any, tuple[str, ...]], Iterator[Problem]]


def problems(message: dict[str, Any]) -> Iterator[Problem]:
    """Yield the path, the code and the text of all that is wrong."""
    yield from _object(MESSAGE)(message, ())
    embeds = message.get("embeds")
    if isinstance(embeds, list) and sum(map(_size, embeds)) > EMBED_TOTAL:
        text = f"Embed size exceeds maximum size of {EMBED_TOTAL}"
        yield ("embeds",), "MAX_EMBED_SIZE_EXCEEDED", text


def nested(found: list[Problem]) -> dict[str, Any]:
    """Put problems into the tree that Discord answers with."""
    tree: dict[str, Any] = {}
    for path, code, text in found:
        node = tree
        for name in path:
            node = node.setdefault(name, {})
        node.setdefault("_errors", []).append({"code": code, "message": text})
    return tree


def unknown(message: dict[str, Any]) -> Iterator[str]:
    """Yield the names that Discord does not know and ignores."""
    yield from message.keys() - MESSAGE.keys()
    for embed in message.get("embeds") or ():
        yield from (f"embeds.{name}" for name in embed.keys() - EMBED.keys())


def _size(embed: Any) -> int:
    """Count an embed's signs as the common limit does."""
    if not isinstance(embed, dict):
        return 0
    texts = [embed.get("title"), embed.get("description")]
    for part, name in (("footer", "text"), ("author", "name")):
        texts.append(embed[part].get(name) if isinstance(embed.get(part), dict) else None)
    for field in embed.get("fields") or ():
        if isinstance(field, dict):
            texts += [field.get("name"), field.get("value")]
    return sum(len(text) for text in texts if isinstance(text, str))


def _string(longest: int, shortest: int = 0) -> Check:
    def check(value: Any, path: tuple[str, ...]) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield path, "STRING_TYPE_CONVERT", "Only strings are accepted."
        elif shortest and not shortest <= len(value) <= longest:
            text = f"Must be between {shortest} and {longest} in length."
            yield path, "BASE_TYPE_BAD_LENGTH", text
        elif len(value) > longest:
            yield path, "BASE_TYPE_MAX_LENGTH", f"Must be {longest} or fewer in length."

    return check


def _name(value: Any, path: tuple[str, ...]) -> Iterator[Problem]:
    yield from _string(80, 1)(value, path)
    for word in ("discord", "clyde"):
        if isinstance(value, str) and word in value.lower():
            yield path, "USERNAME_INVALID_CONTAINS", f'Username cannot contain "{word}"'


def _url(value: Any, path: tuple[str, ...]) -> Iterator[Problem]:
    yield from _string(2048)(value, path)
    if not isinstance(value, str):
        return
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"}:
        text = f"Scheme {parts.scheme!r} must be one of ('http', 'https')."
        yield path, "URL_TYPE_INVALID_SCHEME", text
    elif not parts.hostname or " " in value:
        yield path, "URL_TYPE_INVALID_URL", "Not a well formed URL."


def _integer(least: int, most: int) -> Check:
    def check(value: Any, path: tuple[str, ...]) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield path, "NUMBER_TYPE_COERCE", f"Value {value!r} is not int."
        elif value < least:
            text = f"int value should be greater than or equal to {least}."
            yield path, "NUMBER_TYPE_MIN", text
        elif value > most:
            text = f"int value should be less than or equal to {most}."
            yield path, "NUMBER_TYPE_MAX", text

    return check


def _flags(value: Any, path: tuple[str, ...]) -> Iterator[Problem]:
    yield from _integer(0, 2**31 - 1)(value, path)
    if isinstance(value, int) and value & ~FLAGS:
        yield path, "BASE_TYPE_CHOICES", f"Value must be made of {FLAGS:b}."


def _boolean(value: Any, path: tuple[str, ...]) -> Iterator[Problem]:
    if not isinstance(value, bool):
        yield path, "BOOLEAN_TYPE_CONVERT", "Must be either true or false."


def _time(value: Any, path: tuple[str, ...]) -> Iterator[Problem]:
    try:
        datetime.fromisoformat(value)
    except (TypeError, ValueError):
        text = f'Could not parse "{value}". Should be ISO8601.'
        yield path, "DATE_TIME_TYPE_PARSE", text


def _snowflake(value: Any, path: tuple[str, ...]) -> Iterator[Problem]:
    if not (isinstance(value, str) and value.isdecimal() and int(value) < 2**64):
        yield path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.'


def _mention_kind(value: Any, path: tuple[str, ...]) -> Iterator[Problem]:
    if value not in ("roles", "users", "everyone"):
        text = "Value must be one of ('everyone', 'roles', 'users')."
        yield path, "BASE_TYPE_CHOICES", text


def _mentions(value: Any, path: tuple[str, ...]) -> Iterator[Problem]:
    yield from _object(MENTIONS)(value, path)
    if isinstance(value, dict):
        for kind in ("users", "roles"):
            if kind in (value.get("parse") or ()) and value.get(kind):
                text = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
                yield path, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", text


def _list(check: Check, most: int) -> Check:
    def check_all(value: Any, path: tuple[str, ...]) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"
            return
        if len(value) > most:
            yield path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length."
        for number, part in enumerate(value):
            yield from check(part, (*path, str(number)))

    return check_all


def _object(checks: dict[str, Check], required: tuple[str, ...] = ()) -> Check:
    def check(value: Any, path: tuple[str, ...]) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType"
            return
        for name in required:
            if value.get(name) in (None, ""):
                yield (*path, name), "BASE_TYPE_REQUIRED", "This field is required"
        for name, part in value.items():
            if part is not None and name in checks:
                yield from checks[name](part, (*path, name))

    return check


def _never(value: Any, path: tuple[str, ...]) -> Iterator[Problem]:
    yield path, "NOT_SIMULATED", f"{value!r} is not simulated"


_PICTURE = _object({"url": _url}, ("url",))
EMBED: dict[str, Check] = {
    "title": _string(256),
    "type": _string(152133),
    "description": _string(4096),
    "url": _url,
    "timestamp": _time,
    "color": _integer(0, 0xFFFFFF),
    "flags": _integer(0, 2**31 - 1),
    "footer": _object({"text": _string(2048), "icon_url": _url}, ("text",)),
    "image": _PICTURE,
    "thumbnail": _PICTURE,
    "author": _object({"name": _string(256), "url": _url, "icon_url": _url}, ("name",)),
    "fields": _list(
        _object(
            {"name": _string(256), "value": _string(1024), "inline": _boolean}, ("name", "value")
        ),
        25,
    ),
}
MENTIONS: dict[str, Check] = {
    "parse": _list(_mention_kind, 3),
    "users": _list(_snowflake, 100),
    "roles": _list(_snowflake, 100),
    "replied_user": _boolean,
}
MESSAGE: dict[str, Check] = {
    "content": _string(2000),
    "username": _name,
    "avatar_url": _url,
    "tts": _boolean,
    "embeds": _list(_object(EMBED), 10),
    "allowed_mentions": _mentions,
    "flags": _flags,
    "components": _never,
    "attachments": _never,
    "poll": _never,
    "thread_name": _never,
    "applied_tags": _never,
}
