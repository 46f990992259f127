"""Telegram's Bot API: sendMessage.

Contract: https://core.telegram.org/bots/api#sendmessage, #making-requests, #formatting-options,
#inlinekeyboardbutton and #responseparameters (address https://api.telegram.org/bot<token>/METHOD);
sentences of the errors as in github.com/tdlib/telegram-bot-api. `url` stands in place of the host.

There is no idempotency key: a message sent twice is there twice. What the API does not know it
ignores; here it is a remark. The limit of 4096 is counted in UTF-16 units, after the formatting is
taken out. Not simulated: other methods, other keyboards than inline ones, replies, topics,
`entities`, paid broadcasts, business connections, files (multipart).
"""

import itertools
import json
import re
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from .base import Simulator
from .message import FORM, JSON, Answer, Refused, Request
from .telegram_text import CannotParse, parse, utf16

TEXT_LIMIT = 4096
BUTTONS_LIMIT = 100
DATA_LIMIT = 64
PARAMETERS = {
    "business_connection_id", "chat_id", "message_thread_id", "direct_messages_topic_id", "text",
    "parse_mode", "entities", "link_preview_options", "disable_notification", "protect_content",
    "allow_paid_broadcast", "message_effect_id", "suggested_post_parameters", "reply_parameters",
    "reply_markup", "disable_web_page_preview",
}  # fmt: skip
BUTTON_KINDS = {
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "copy_text",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "callback_game", "pay",
}  # fmt: skip

# Description without its prefix: the error code.
ERRORS: dict[str | int, int] = {
    "chat not found": 400,
    "chat_id is empty": 400,
    "message text is empty": 400,
    "message is too long": 400,
    "can't parse entities": 400,
    "unsupported parse_mode": 400,
    "BUTTON_DATA_INVALID": 400,
    "group chat was upgraded to a supergroup chat": 400,
    "not enough rights to send text messages to the chat": 400,
    "Unauthorized": 401,
    "bot was blocked by the user": 403,
    "bot was kicked from the group chat": 403,
    "bot can't initiate conversation with a user": 403,
    "user is deactivated": 403,
    "Not Found": 404,
    "method not found": 404,
    "Internal Server Error": 500,
}
PREFIX = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found"}


class Telegram(Simulator):
    """One bot and the chats that it may write to."""

    name = "telegram"
    codes = ERRORS.keys()

    def __init__(
        self,
        token: str = "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11",
        chats: dict[int, str] | None = None,
    ) -> None:
        super().__init__()
        self.token = token
        self.chats = chats or {987654321: "private", -1001234567890: "supergroup"}
        self.names = {"@stockroom": -1001234567890}
        self.blocked = {111111111}
        self.moved = {-222222222: -1001234567890}
        self._numbers = itertools.count(1)

    @property
    def path(self) -> str:
        return f"/bot{self.token}/sendMessage"

    # --- The days ---

    def answer_rate_limited(self, _request: Request, retry_after: float) -> Answer:
        seconds = ceil(retry_after)
        answer = _failure(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        return Answer(429, answer.body, headers={"Retry-After": str(seconds)})

    def answer_unauthorised(self, _request: Request) -> Answer:
        return _error("Unauthorized")

    def answer_rejected(self, _request: Request, code: str | int) -> Answer:
        return _error(code)

    # --- A request ---

    def respond(self, request: Request) -> Answer:
        self._check_door(request)
        arguments = self._arguments(request)
        for name in arguments.keys() - PARAMETERS:
            self.remark(f"{name}: sendMessage has no such parameter and ignores it")
        source = arguments.get("text") or ""
        text, entities = self._text(str(source), str(arguments.get("parse_mode") or ""))
        markup = _markup(arguments.get("reply_markup"))
        _check_options(arguments)
        chat = self._chat(arguments.get("chat_id"))
        data = self._result(request, chat, text, entities, markup)
        self.keep(request, str(chat), text, data, f"{chat}/{data['message_id']}")
        return Answer.json(200, {"ok": True, "result": data})

    def _check_door(self, request: Request) -> None:
        found = re.fullmatch(r"/bot([^/]+)/([^/]*)", request.path)
        if not found or not re.fullmatch(r"[1-9]\d*:[\w-]+", found[1]):
            raise _refused("Not Found", request.path)
        if found[1] != self.token:
            raise _refused("Unauthorized", "another token")
        if found[2].lower() != "sendmessage":
            raise _refused("method not found", found[2])
        if request.method not in {"GET", "POST"}:
            raise _refused("method not found", request.method)

    def _arguments(self, request: Request) -> dict[str, Any]:
        """Read the parameters from the address and the body; the body wins."""
        arguments: dict[str, Any] = {name: values[-1] for name, values in request.params.items()}
        if not request.body:
            return arguments
        try:
            if request.media_type == JSON:
                body = request.json()
                if not isinstance(body, dict):
                    raise _bad("can't parse request: expected an Object")
                return arguments | body
            if request.media_type == FORM:
                return arguments | {name: values[-1] for name, values in request.form().items()}
        except UnicodeDecodeError as error:
            raise _bad("strings must be encoded in UTF-8") from error
        except ValueError as error:
            raise _bad(f"can't parse request: {error}") from error
        self.remark(f"the body is ignored: Content-Type {request.media_type!r}")
        return arguments

    def _text(self, source: str, mode: str) -> tuple[str, list[dict[str, Any]]]:
        try:
            text, entities = parse(source, mode)
        except KeyError as error:
            raise _refused("unsupported parse_mode", mode) from error
        except CannotParse as error:
            raise _bad(f"can't parse entities: {error}", "can't parse entities") from error
        if not text.strip():
            raise _refused("message text is empty", repr(source))
        if utf16(text) > TEXT_LIMIT:
            raise _refused("message is too long", f"{utf16(text)} of {TEXT_LIMIT}")
        return text, entities

    def _chat(self, asked: Any) -> int:
        if asked is None or asked == "":
            raise _refused("chat_id is empty", repr(asked))
        chat = self.names.get(asked) if isinstance(asked, str) else None
        if chat is None:
            if isinstance(asked, bool) or not re.fullmatch(r"-?\d{1,15}", str(asked)):
                raise _refused("chat not found", repr(asked))
            chat = int(asked)
        if chat in self.moved:
            code = "group chat was upgraded to a supergroup chat"
            answer = _failure(400, f"Bad Request: {code}", migrate_to_chat_id=self.moved[chat])
            raise Refused(answer, (code, str(chat)))
        if chat in self.blocked:
            raise _refused("bot was blocked by the user", str(chat))
        if chat not in self.chats:
            raise _refused("chat not found", str(chat))
        return chat

    def _result(
        self,
        request: Request,
        chat: int,
        text: str,
        entities: list[dict[str, Any]],
        markup: dict[str, Any] | None,
    ) -> dict[str, Any]:
        bot = int(self.token.partition(":")[0])
        result: dict[str, Any] = {
            "message_id": next(self._numbers),
            "from": {"id": bot, "is_bot": True, "first_name": "Stock", "username": "stock_bot"},
            "chat": {"id": chat, "type": self.chats[chat]},
            "date": int(request.at),
            "text": text,
        }
        if entities:
            result["entities"] = entities
        if markup:
            result["reply_markup"] = markup
        return result


def _check_options(arguments: dict[str, Any]) -> None:
    options = arguments.get("link_preview_options")
    if options not in (None, "") and not isinstance(_decoded(options), dict):
        raise _bad("can't parse link preview options JSON object")
    for name in ("disable_notification", "protect_content", "disable_web_page_preview"):
        if arguments.get(name) not in (None, True, False, "true", "false", "True", "False"):
            raise _bad(f"{name} must be a Boolean")


def _decoded(value: Any) -> Any:
    """Return what an object is that came as JSON or as JSON in a string."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return None


def _markup(value: Any) -> dict[str, Any] | None:
    """Return an inline keyboard that holds."""
    if value in (None, ""):
        return None
    markup = _decoded(value)
    if not isinstance(markup, dict):
        raise _bad("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if not isinstance(rows, list) or set(markup) != {"inline_keyboard"}:
        raise _bad("can't parse reply keyboard markup JSON object: only inline_keyboard")
    if not all(isinstance(row, list) for row in rows):
        raise _bad("can't parse reply keyboard markup JSON object: Array of Arrays expected")
    buttons = [button for row in rows for button in row]
    if len(buttons) > BUTTONS_LIMIT:
        raise _bad("REPLY_MARKUP_TOO_LONG")
    for button in buttons:
        _check_button(button)
    return markup


def _check_button(button: Any) -> None:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise _bad("can't parse inline keyboard button: Can't find field \"text\"")
    if not button["text"]:
        raise _bad("inline keyboard button text must be non-empty")
    kinds = button.keys() & BUTTON_KINDS
    if not kinds:
        raise _bad("can't parse inline keyboard button: Text buttons are unallowed")
    if len(kinds) > 1 or button.keys() - BUTTON_KINDS - {"text", "style", "icon_custom_emoji_id"}:
        raise _bad("can't parse inline keyboard button: exactly one optional field expected")
    if "url" in button:
        address = str(button["url"])
        parts = urlsplit(address)
        known = parts.scheme in {"http", "https"} and "." in (parts.hostname or "")
        if not known and parts.scheme != "tg":
            raise _bad(f"inline keyboard button URL '{address}' is invalid: Wrong HTTP URL")
    if "callback_data" in button:
        if not 1 <= len(str(button["callback_data"]).encode()) <= DATA_LIMIT:
            raise _refused("BUTTON_DATA_INVALID", str(button["callback_data"]))


def _failure(code: int, description: str, **parameters: int) -> Answer:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Answer.json(code, body)


def _error(code: str | int) -> Answer:
    status = ERRORS[code]
    prefix = PREFIX.get(status, "")
    whole = str(code) if code == prefix or not prefix else f"{prefix}: {code}"
    return _failure(status, whole)


def _refused(code: str, detail: str) -> Refused:
    return Refused(_error(code), (code, detail))


def _bad(description: str, code: str = "") -> Refused:
    answer = _failure(400, f"Bad Request: {description}")
    return Refused(answer, (code or description.partition(":")[0], description))
