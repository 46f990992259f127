"""Slack: incoming webhooks and the Web API's chat.postMessage.

Contract: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks (address
https://hooks.slack.com/services/T…/B…/…), https://docs.slack.dev/reference/methods/chat.postMessage
(address https://slack.com/api/chat.postMessage), https://docs.slack.dev/apis/web-api/rate-limits,
https://docs.slack.dev/messaging/formatting-message-text. `url` stands in place of both hosts.

A webhook answers with a status and one word, the Web API with 200 and `ok`. Neither has an
idempotency key. Not simulated: threads beyond the form of `thread_ts`, attachments beyond their
number and fallback, scopes, scheduled messages, unfurling; see `slack_blocks` for blocks.
"""

import itertools
import json
import re
from math import ceil
from typing import Any
from urllib.parse import parse_qs

from .base import Simulator
from .headers import bearer
from .message import FORM, JSON, Answer, Refused, Request
from .slack_blocks import problems

METHOD = "/api/chat.postMessage"
ATTACHMENTS_LIMIT = 100
TEXT_LIMIT = 40_000  # what is beyond is cut off in silence

HOOK_ERRORS = {
    "invalid_payload": 400, "invalid_blocks": 400, "no_text": 400, "user_not_found": 400,
    "too_many_attachments": 400, "missing_text_or_fallback_or_attachments": 400,
    "action_prohibited": 403, "invalid_token": 403, "posting_to_general_channel_denied": 403,
    "team_disabled": 403, "channel_not_found": 404, "no_service": 404, "no_team": 404,
    "channel_is_archived": 410, "rollup_error": 500,
}  # fmt: skip
METHOD_ERRORS = {
    "account_inactive", "channel_not_found", "ekm_access_denied", "fatal_error", "internal_error",
    "invalid_arguments", "invalid_auth", "invalid_blocks", "invalid_form_data", "invalid_json",
    "invalid_post_type", "is_archived", "json_not_object", "missing_scope", "msg_too_long",
    "no_permission", "no_text", "not_authed", "not_in_channel", "ratelimited", "restricted_action",
    "service_unavailable", "token_expired", "token_revoked", "too_many_attachments",
}  # fmt: skip
MESSAGE = {
    "text", "blocks", "attachments", "mrkdwn", "thread_ts", "unfurl_links", "unfurl_media",
    "link_names", "parse", "metadata", "reply_broadcast",
}  # fmt: skip
ARGUMENTS = MESSAGE | {"channel", "token", "username", "icon_emoji", "icon_url", "as_user"}
BOOLEANS = {"mrkdwn", "unfurl_links", "unfurl_media", "link_names", "reply_broadcast", "as_user"}

# A `<` that begins no link, mention or date, and an `&` that begins none of the three entities.
RAW_SIGN = re.compile(r"<(?![@#!]|https?://|mailto:)|&(?!amp;|lt;|gt;)")


class Slack(Simulator):
    """One workspace with one webhook and one bot.

    :param channels: identifier and name of those that the bot is in.
    :param hook_channel: the one that the webhook posts to.
    """

    name = "slack"
    codes = {*HOOK_ERRORS, *METHOD_ERRORS}

    def __init__(
        self,
        hook: tuple[str, str, str] = ("T00000000", "B00000000", "X" * 24),
        token: str = "xoxb-123456789012-abcdefghijkl",
        channels: dict[str, str] | None = None,
        hook_channel: str = "C1234567890",
    ) -> None:
        super().__init__()
        self.hook = hook
        self.token = token
        self.channels = channels or {"C1234567890": "general", "C0987654321": "stock"}
        self.users = {"U2147483697": "D0123456789"}
        self.archived = {"C00ARCHIVED"}
        self.elsewhere = {"C00ELSEWHERE"}
        self.hook_channel = hook_channel
        self._numbers = itertools.count(1)

    @property
    def hook_path(self) -> str:
        return "/services/" + "/".join(self.hook)

    # --- The days ---

    def answer_rate_limited(self, request: Request, retry_after: float) -> Answer:
        headers = {"Retry-After": str(ceil(retry_after))}
        if _is_method(request):
            return Answer(429, _failure("ratelimited").body, headers=headers)
        return Answer(429, b"rate_limited", "text/plain", headers)

    def answer_unauthorised(self, request: Request) -> Answer:
        return self.answer_rejected(
            request, "invalid_auth" if _is_method(request) else "invalid_token"
        )

    def answer_rejected(self, request: Request, code: str | int) -> Answer:
        if _is_method(request):
            return _failure(str(code))
        return Answer.text(HOOK_ERRORS.get(str(code), 400), str(code))

    # --- A request ---

    def respond(self, request: Request) -> Answer:
        if _is_method(request):
            return self._post_message(request)
        return self._post_to_hook(request)

    def _post_to_hook(self, request: Request) -> Answer:
        self._check_hook(request)
        message = self._payload(request)
        for name in message.keys() - MESSAGE:
            self.remark(f"{name}: a webhook ignores it")
        self._check_message(message, _hook_refused)
        text, data = self._shown(message)
        self.keep(request, self.hook_channel, text, data, self._stamp(request))
        return Answer.text(200, "ok")

    def _check_hook(self, request: Request) -> None:
        _, _, *parts = request.path.split("/")
        if not request.path.startswith("/services/") or len(parts) != 3:
            raise _hook_refused("no_service", request.path)
        for part, own, code in zip(
            parts, self.hook, ("no_team", "no_service", "invalid_token"), strict=True
        ):
            if part != own:
                raise _hook_refused(code, part)
        if request.method != "POST":
            raise Refused(Answer.text(405, "Method Not Allowed"), ("method", request.method))

    def _payload(self, request: Request) -> dict[str, Any]:
        try:
            if request.media_type == FORM:
                fields = request.form()
                message = json.loads(fields["payload"][0])
            else:
                message = request.json()
        except (ValueError, KeyError) as error:
            raise _hook_refused("invalid_payload", f"no JSON: {error}") from error
        if not isinstance(message, dict) or request.media_type not in {JSON, FORM}:
            raise _hook_refused("invalid_payload", request.media_type)
        return message

    def _post_message(self, request: Request) -> Answer:
        if request.method != "POST" or request.path != METHOD:
            raise _refused("invalid_post_type", f"{request.method} {request.path}")
        arguments = self._arguments(request)
        token = bearer(request.headers.get("Authorization"))
        if token is None and request.media_type == FORM:
            token = arguments.get("token")
        if token != self.token:
            raise _refused("invalid_auth" if token else "not_authed", "token")
        for name in arguments.keys() - ARGUMENTS:
            self.remark(f"{name}: chat.postMessage has no such argument and ignores it")
        channel = self._channel(arguments)
        self._check_message(arguments, _refused)
        text, data = self._shown(arguments)
        stamp = self._stamp(request)
        self.keep(request, channel, text, data, stamp)
        message = {**data, "type": "message", "subtype": "bot_message", "ts": stamp}
        answer = {"ok": True, "channel": channel, "ts": stamp, "message": message}
        charset = (request.headers.get("Content-Type") or "").partition("charset=")[2]
        if request.media_type == JSON and not charset:
            answer |= {
                "warning": "missing_charset",
                "response_metadata": {"warnings": ["missing_charset"]},
            }
        return Answer.json(200, answer)

    def _arguments(self, request: Request) -> dict[str, Any]:
        if request.media_type == FORM:
            return self._form_arguments(request)
        if request.media_type != JSON:
            raise _refused("invalid_post_type", request.media_type)
        try:
            arguments = request.json()
        except ValueError as error:
            raise _refused("invalid_json", str(error)) from error
        if not isinstance(arguments, dict):
            raise _refused("json_not_object", type(arguments).__name__)
        return arguments

    def _form_arguments(self, request: Request) -> dict[str, Any]:
        """Read a form, where blocks and attachments are JSON in a field."""
        try:
            fields = parse_qs(request.body.decode(), keep_blank_values=True)
            arguments: dict[str, Any] = {name: values[-1] for name, values in fields.items()}
            for name in ("blocks", "attachments", "metadata"):
                if arguments.get(name):
                    arguments[name] = json.loads(arguments[name])
        except ValueError as error:
            raise _refused("invalid_form_data", str(error)) from error
        for name in BOOLEANS & arguments.keys():
            arguments[name] = arguments[name] in {"true", "1"}
        return arguments

    def _channel(self, arguments: dict[str, Any]) -> str:
        asked = arguments.get("channel")
        if not isinstance(asked, str) or not asked:
            raise _refused("channel_not_found", repr(asked))
        names = {f"#{name}": code for code, name in self.channels.items()}
        channel = self.users.get(asked) or names.get(asked, asked)
        if channel in self.archived:
            raise _refused("is_archived", channel)
        if channel in self.elsewhere:
            raise _refused("not_in_channel", channel)
        if channel not in self.channels and channel not in self.users.values():
            raise _refused("channel_not_found", channel)
        return channel

    def _check_message(self, message: dict[str, Any], refused: Any) -> None:
        text, attachments = message.get("text"), message.get("attachments")
        wrong = "invalid_payload" if refused is _hook_refused else "invalid_arguments"
        if not isinstance(text, str | None) or not isinstance(attachments, list | None):
            raise refused(wrong, "text or attachments of a wrong type")
        for name in BOOLEANS & message.keys():
            if not isinstance(message[name], bool):
                raise refused(wrong, f"{name} is no boolean")
        if "thread_ts" in message and not re.fullmatch(r"\d{10}\.\d{6}", str(message["thread_ts"])):
            raise refused(wrong, "thread_ts")
        found = list(problems(message["blocks"])) if message.get("blocks") is not None else []
        if found:
            raise refused("invalid_blocks", *(f"{text} [json-pointer:{at}]" for at, text in found))
        if len(attachments or ()) > ATTACHMENTS_LIMIT:
            raise refused("too_many_attachments", str(len(attachments or ())))
        if not text and not message.get("blocks") and not attachments:
            raise refused("no_text", "neither text nor blocks nor attachments")

    def _shown(self, message: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """Return the text for notifications, and the message as Slack keeps it."""
        text = message.get("text") or ""
        if not text:
            self.remark("text is missing beside blocks: notifications and screen readers need it")
        if len(text) > TEXT_LIMIT:
            self.remark(f"text is cut at {TEXT_LIMIT} characters")
            text = text[:TEXT_LIMIT]
        for found in RAW_SIGN.finditer(text):
            self.remark(f"{found[0]!r} at {found.start()} is not escaped")
        return text, {**message, "text": text}

    def _stamp(self, request: Request) -> str:
        return f"{int(request.at)}.{next(self._numbers):06d}"


def _is_method(request: Request) -> bool:
    return request.path.startswith("/api/")


def _failure(code: str, *messages: str) -> Answer:
    body: dict[str, Any] = {"ok": False, "error": code}
    if messages and code == "invalid_blocks":
        body["errors"] = list(messages)
        body["response_metadata"] = {"messages": [f"[ERROR] {text}" for text in messages]}
    return Answer.json(200, body)


def _refused(code: str, *details: str) -> Refused:
    return Refused(_failure(code, *details), *((code, detail) for detail in details))


def _hook_refused(code: str, *details: str) -> Refused:
    answer = Answer.text(HOOK_ERRORS[code], code)
    return Refused(answer, *((code, detail) for detail in details))
