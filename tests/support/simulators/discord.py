"""Discord: executing a webhook, with `?wait=true` or without.

Contract: https://docs.discord.com/developers/resources/webhook#execute-webhook (address
https://discord.com/api/webhooks/{id}/{token}, or with /v10 after /api), errors
https://docs.discord.com/developers/reference#error-messages and …/topics/opcodes-and-status-codes,
limits https://docs.discord.com/developers/topics/rate-limits, user agent
https://docs.discord.com/developers/reference#user-agent. `url` stands in place of the host.

There is no idempotency key. What Discord does not know it ignores; here it is a remark. Not
simulated: files (multipart), polls, components, forum threads, editing, the stripping of signs,
and the counting of requests: headers of a limit are there, their figures stand still.
"""

import itertools
from datetime import UTC, datetime
from math import ceil
from typing import Any

from .base import Simulator
from .discord_form import nested, problems, unknown
from .message import JSON, Answer, Refused, Request

EPOCH_MS = 1420070400000
PARAMETERS = {"wait", "thread_id", "with_components"}
TRUE = {"true", "True", "1"}
FALSE = {"false", "False", "0"}
LIMITS = {
    "X-RateLimit-Limit": "5",
    "X-RateLimit-Remaining": "4",
    "X-RateLimit-Reset-After": "2",
    "X-RateLimit-Bucket": "abcd1234",
}

# Code: status, message.
ERRORS: dict[str | int, tuple[int, str]] = {
    0: (405, "405: Method Not Allowed"),
    10003: (404, "Unknown Channel"),
    10015: (404, "Unknown Webhook"),
    40005: (413, "Request entity too large"),
    50001: (403, "Missing Access"),
    50006: (400, "Cannot send an empty message"),
    50013: (403, "Missing Permissions"),
    50027: (401, "Invalid Webhook Token"),
    50035: (400, "Invalid Form Body"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
}


class Discord(Simulator):
    """One webhook of one text channel."""

    name = "discord"
    codes = ERRORS.keys()

    def __init__(
        self,
        webhook_id: str = "223704706495545344",
        token: str = "3d89bb7572e0fb30d8128367b3b1b44fecd1726de135cbe28a41f8b2f777c372ba29",
        channel_id: str = "199737254929760256",
        threads: tuple[str, ...] = ("290926798626357250",),
    ) -> None:
        super().__init__()
        self.webhook_id = webhook_id
        self.token = token
        self.channel_id = channel_id
        self.threads = threads
        self._numbers = itertools.count(1)

    @property
    def hook_path(self) -> str:
        return f"/api/webhooks/{self.webhook_id}/{self.token}"

    # --- The days ---

    def answer_rate_limited(self, request: Request, retry_after: float) -> Answer:
        body = {
            "message": "You are being rate limited.",
            "retry_after": retry_after,
            "global": False,
        }
        headers = LIMITS | {
            "Retry-After": str(ceil(retry_after)),
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset": f"{request.at + retry_after:.3f}",
            "X-RateLimit-Reset-After": str(retry_after),
            "X-RateLimit-Scope": "user",
        }
        return Answer(429, Answer.json(429, body).body, headers=headers)

    def answer_unauthorised(self, _request: Request) -> Answer:
        return _error(50027)

    def answer_rejected(self, _request: Request, code: str | int) -> Answer:
        return _error(code)

    # --- A request ---

    def respond(self, request: Request) -> Answer:
        self._check_agent(request)
        self._check_door(request)
        channel = self._check_query(request)
        message = self._message(request)
        found = list(problems(message))
        if found:
            faults = [(code, f"{'.'.join(path)}: {text}") for path, code, text in found]
            raise Refused(_error(50035, errors=nested(found)), *faults)
        if not message.get("content") and not any(message.get("embeds") or ()):
            raise _refused(50006, "neither content nor embeds")
        self._remark_on(message)
        data = self._stored(request, channel, message)
        self.keep(request, channel, _shown(message), data, data["id"])
        if request.params.get("wait", ["false"])[0] in TRUE:
            return Answer(200, Answer.json(200, data).body, headers=LIMITS)
        return Answer(204, headers=LIMITS)

    def _check_agent(self, request: Request) -> None:
        """Refuse what the guard before Discord blocks."""
        agent = request.headers.get("User-Agent") or ""
        if not agent or agent.startswith("Python-urllib"):
            answer = Answer.text(403, "error code: 1010", "text/plain")
            raise Refused(answer, (1010, f"User-Agent {agent!r}"))

    def _check_door(self, request: Request) -> None:
        parts = request.path.removeprefix("/api/v10").removeprefix("/api").split("/")
        known = request.path.startswith("/api/") and parts[:2] == ["", "webhooks"]
        if not known or len(parts) != 4:
            body = Answer.json(404, {"message": "404: Not Found", "code": 0})
            raise Refused(body, (0, request.path))
        if not parts[2].isdecimal():
            path = ("webhook_id",)
            text = f'Value "{parts[2]}" is not snowflake.'
            errors = nested([(path, "NUMBER_TYPE_COERCE", text)])
            raise Refused(_error(50035, errors=errors), (50035, text))
        if parts[2] != self.webhook_id:
            raise _refused(10015, parts[2])
        if parts[3] != self.token:
            raise _refused(50027, "another token")
        if request.method != "POST":
            raise _refused(0, request.method)

    def _check_query(self, request: Request) -> str:
        """Return the channel or the thread that the message goes to."""
        params = request.params
        for name in params.keys() - PARAMETERS:
            self.remark(f"?{name}: Discord ignores it")
        for name in ("wait", "with_components"):
            value = params.get(name, ["false"])[0]
            if value not in TRUE | FALSE:
                text = "Must be either true or false."
                errors = nested([((name,), "BOOLEAN_TYPE_CONVERT", text)])
                raise Refused(_error(50035, errors=errors), (50035, f"?{name}={value}"))
        thread = params.get("thread_id", [""])[0]
        if thread and thread not in self.threads:
            raise _refused(10003, thread)
        return thread or self.channel_id

    def _message(self, request: Request) -> dict[str, Any]:
        if request.media_type != JSON:
            text = f'Expected "Content-Type" header to be one of {{{JSON!r}}}.'
            errors = nested([((), "CONTENT_TYPE_INVALID", text)])
            raise Refused(_error(50035, errors=errors), (50035, request.media_type))
        try:
            message = request.json()
        except ValueError as error:
            raise _refused(50109, str(error)) from error
        if not isinstance(message, dict):
            raise _refused(50035, "the body is no object")
        return message

    def _remark_on(self, message: dict[str, Any]) -> None:
        for name in unknown(message):
            self.remark(f"{name}: Discord ignores it")
        content = message.get("content") or ""
        if "allowed_mentions" not in message and ("@everyone" in content or "@here" in content):
            self.remark("everybody is called: no allowed_mentions")

    def _stored(self, request: Request, channel: str, message: dict[str, Any]) -> dict[str, Any]:
        """Describe the message as Discord gives it back."""
        code = (int(request.at * 1000) - EPOCH_MS << 22) + next(self._numbers) % 4096
        return {
            "id": str(code),
            "type": 0,
            "content": message.get("content") or "",
            "channel_id": channel,
            "author": {
                "bot": True,
                "id": self.webhook_id,
                "username": message.get("username") or "stockex",
                "avatar": None,
                "discriminator": "0000",
            },
            "attachments": [],
            "embeds": [{**embed, "type": "rich"} for embed in message.get("embeds") or ()],
            "mentions": [],
            "mention_roles": [],
            "mention_everyone": False,
            "pinned": False,
            "tts": bool(message.get("tts")),
            "timestamp": datetime.fromtimestamp(request.at, UTC).isoformat(),
            "edited_timestamp": None,
            "flags": message.get("flags") or 0,
            "components": [],
            "webhook_id": self.webhook_id,
        }


def _shown(message: dict[str, Any]) -> str:
    """Return the content, or what stands out in the first embed."""
    if message.get("content"):
        return str(message["content"])
    embed = next(embed for embed in message["embeds"] if embed)
    return str(embed.get("title") or embed.get("description") or "")


def _error(code: str | int, **more: object) -> Answer:
    status, message = ERRORS[code]
    return Answer.json(status, {"message": message, "code": code, **more})


def _refused(code: int, detail: str) -> Refused:
    return Refused(_error(code), (code, detail))
