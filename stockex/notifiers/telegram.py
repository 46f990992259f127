"""Telegram, through a bot.

https://core.telegram.org/bots/api#sendmessage
Limits: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

import re
from collections.abc import Mapping
from datetime import datetime

from ..pure.notify.shorten import shorten, utf16
from ..pure.transport.outcome import LONGEST_WAIT_S, Hint, Kind, Outcome, classify
from ..pure.transport.request import Answer, Request
from .base import (
    SIGNS,
    Address,
    AddressFault,
    Credential,
    Message,
    Notifier,
    Trouble,
    _lt,
    answered,
    quoted,
)

# A chat that is closed to the bot, by the beginnings of Telegram's descriptions.
BLOCKED = ("bot was blocked", "bot was kicked", "bot is not a member", "bot can't initiate")
NO_CHAT = (
    *("chat not found", "user is deactivated", "user not found", "peer_id_invalid"),
    *("group chat was upgraded", "the group chat was deleted", "chat_write_forbidden"),
    *("have no rights", "not enough rights", "need administrator rights", "topic_closed"),
)


class Telegram(Notifier):
    """Bot API, sendMessage: https://core.telegram.org/bots/api#sendmessage."""

    code = "telegram"
    label = "Telegram"
    base_url = "https://api.telegram.org"
    rate = (30, 1)
    shared_rate = (20, 60)  # messages to one group
    limit = 4096  # UTF-16 units of what is shown: tags and escapes do not count
    shared = True
    documentation = "https://core.telegram.org/bots/features#creating-a-new-bot"
    address = Address(
        _lt("Chat ID"),
        help=_lt(
            "Write to the bot once, then ask @userinfobot for your ID; or @name of a public "
            "channel."
        ),
        placeholder="123456789",
    )
    credentials = (
        Credential(
            "token",
            _lt("Bot token"),
            secret=True,
            placeholder="123456789:AA…",
            help=_lt("What @BotFather answers when the bot is made."),
            pattern=r"\d{5,20}:[\w-]{20,80}",
        ),
    )
    steps = (
        _lt("In Telegram, write /newbot to @BotFather, follow it and copy the token."),
        _lt("Whoever wants messages opens the bot and presses “Start”: a bot cannot write first."),
        _lt("For a group: add the bot to it and enter the group's ID, which begins with a minus."),
    )

    def clean_address(self, text: str) -> str:
        """Return a chat id or the name of a public channel.

        :raise AddressFault:
        """
        cleaned = super().clean_address(text)
        if not re.fullmatch(r"-?[1-9]\d{0,15}|@[A-Za-z]\w{3,31}", cleaned):
            raise AddressFault("telegram")
        return cleaned

    def send(self, message: Message, credentials: Mapping[str, str]) -> Request:
        """Ask for one message in Telegram's own kind of HTML."""
        return Request(
            "POST",
            f"/bot{credentials['token']}/sendMessage",
            json={
                "chat_id": message.recipient,
                "text": self._html(message),
                "parse_mode": "HTML",
                "link_preview_options": {"is_disabled": True},
            },
        )

    def _html(self, message: Message) -> str:
        title = SIGNS.get(message.severity, "") + shorten(message.subject, 256, utf16)
        link = message.link_label if message.url else ""
        room = self.limit - utf16(title) - utf16(link) - 3
        parts = [
            f"<b>{_escape(title)}</b>" if title else "",
            _escape(shorten(message.text, room, utf16)),
            f'<a href="{_escape(message.url)}">{_escape(link)}</a>' if link else "",
        ]
        return "\n".join(part for part in parts if part)

    # pylint: disable-next=method-required-super
    def read(self, answer: Answer, now: datetime) -> Outcome:
        """Read `ok` with the message, or a description and what to do about it."""
        plain = classify(answer, now)
        found = answered(answer)
        if plain.kind == Kind.DONE:
            return _accepted(found)
        said = quoted(found.get("description"))
        if not said:
            return plain
        text = f"Telegram: {said}"
        if answer.status == 429:
            wait = _wait(found)
            wait = plain.retry_after_s if wait is None else wait
            return Outcome(Kind.RETRY, text, wait, hint=Hint.TOO_MANY)
        lowered = said.lower()
        if any(part in lowered for part in BLOCKED):
            return Outcome(Kind.REJECTED, text, hint=Trouble.UNSUBSCRIBED)
        # A token that may not is a 401: each 403 is about the chat.
        if answer.status == 403 or any(part in lowered for part in NO_CHAT):
            return Outcome(Kind.REJECTED, text, hint=Trouble.ADDRESS)
        if answer.status == 404:  # how Telegram answers a token that never was one
            return Outcome(Kind.UNAUTHORISED, text, hint=Hint.UNAUTHORISED)
        return Outcome(plain.kind, text, plain.retry_after_s, hint=plain.hint)


def _accepted(found: Mapping[str, object]) -> Outcome:
    result = found.get("result")
    if found.get("ok") is not True or not isinstance(result, dict):
        return Outcome(Kind.RETRY, "Telegram answered without a message", hint=Hint.BROKEN)
    return Outcome(Kind.DONE, reference=quoted(result.get("message_id")))


def _wait(found: Mapping[str, object]) -> float | None:
    parameters = found.get("parameters")
    value = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not value >= 0:
        return None
    return min(float(value), LONGEST_WAIT_S)


def _escape(text: str) -> str:
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )
