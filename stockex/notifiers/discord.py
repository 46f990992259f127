"""Discord, through a channel's webhook.

https://docs.discord.com/developers/resources/webhook#execute-webhook
Error codes: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
"""

import re
from collections.abc import Mapping
from datetime import datetime

from ..pure.notify.shorten import shorten, utf16
from ..pure.transport.outcome import LONGEST_WAIT_S, Hint, Kind, Outcome, classify
from ..pure.transport.request import Answer, Request
from .base import Credential, Message, Notifier, _lt, answered, quoted

TITLE = 256
COLOURS = {"info": 0x2E7D32, "warning": 0xF9A825, "critical": 0xC62828}
MARKDOWN = re.compile(r"([\\*_~`|>#\[\]()<:\-])")
ADDRESS = re.compile(r"https?://\S+")
# 10015: the webhook was deleted; 50027: its token is wrong; 50013: it may not post.
NOT_ALLOWED = {10015, 40001, 50001, 50013, 50027}
# Slow mode, a shared resource, or the guard before Discord's own servers.
AGAIN = {20016, 20028, 20029, 40062, 40333}


class Discord(Notifier):
    """Execute webhook: https://docs.discord.com/developers/resources/webhook."""

    code = "discord"
    label = "Discord"
    rate = (1, 1)  # theirs varies and is told in each answer
    limit = 4096  # of an embed's description, in UTF-16 units, escapes included
    per_user = False
    shared = True
    documentation = "https://support.discord.com/hc/en-us/articles/228383668-Intro-to-Webhooks"
    credentials = (
        Credential(
            "webhook_url",
            _lt("Webhook URL"),
            secret=True,
            url=True,
            placeholder="https://discord.com/api/webhooks/…",
            help=_lt("Channel settings, “Integrations”, “Webhooks”, “Copy webhook URL”."),
            pattern=r"https://((ptb|canary)\.)?discord(app)?\.com/api(/v\d+)?/webhooks/\d+/[\w-]+",
        ),
    )
    steps = (
        _lt("In Discord, open the channel's settings, “Integrations”, “Webhooks”."),
        _lt("Create a webhook, give it a name and copy its URL."),
        _lt("Enter the URL here and send a test."),
    )

    def send(self, message: Message, credentials: Mapping[str, str]) -> Request:
        """Post one embed that mentions nobody, and wait for what was stored."""
        embed: dict[str, object] = {
            "title": _escape(shorten(message.subject, TITLE, _escaped_length)),
            "description": _escape(shorten(message.text, self.limit, _escaped_length)),
            "color": COLOURS.get(message.severity, COLOURS["info"]),
        }
        if message.url:
            embed["url"] = message.url
        return Request(
            "POST",
            credentials["webhook_url"],
            params={"wait": "true"},
            json={"embeds": [embed], "allowed_mentions": {"parse": []}},
        )

    # pylint: disable-next=method-required-super
    def read(self, answer: Answer, now: datetime) -> Outcome:
        """Read the stored message, or an error with a code of theirs."""
        plain = classify(answer, now)
        found = answered(answer)
        if plain.kind == Kind.DONE:
            return Outcome(Kind.DONE, reference=quoted(found.get("id")))
        if answer.status == 429:
            wait = _seconds(found.get("retry_after"))
            wait = plain.retry_after_s if wait is None else wait
            return Outcome(Kind.RETRY, "Discord: rate limited", wait, hint=Hint.TOO_MANY)
        code = found.get("code")
        if not isinstance(code, int) or isinstance(code, bool):
            return plain
        text = f"Discord {code}: {quoted(found.get('message'))}"
        if code in AGAIN:
            return Outcome(Kind.RETRY, text, plain.retry_after_s, hint=Hint.TOO_MANY)
        if code in NOT_ALLOWED:
            return Outcome(Kind.UNAUTHORISED, text, hint=Hint.UNAUTHORISED)
        return Outcome(plain.kind, text, plain.retry_after_s, hint=plain.hint)


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not value >= 0:
        return None
    return min(float(value), LONGEST_WAIT_S)


def _escape(text: str) -> str:
    """Take Markdown and mentions out of a text; addresses in it stay as they are."""
    parts, end = [], 0
    for match in ADDRESS.finditer(text):
        parts += [_escape_words(text[end : match.start()]), match.group()]
        end = match.end()
    return "".join([*parts, _escape_words(text[end:])])


def _escape_words(text: str) -> str:
    escaped = MARKDOWN.sub(r"\\\1", text)
    escaped = re.sub(r"(?m)^(\s*\d+)\.", r"\1\\.", escaped)  # a numbered list
    return re.sub("@(?=everyone|here)", "@\u200b", escaped)


def _escaped_length(text: str) -> int:
    return utf16(_escape(text))
