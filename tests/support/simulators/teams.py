"""Microsoft Teams: a workflow that posts the cards it gets to a channel.

Contract: https://support.microsoft.com/en-us/office/8ae491c7-0394-4861-ba59-055e33f75498 (create
incoming webhooks with Workflows for Teams), the trigger “When a Teams webhook request is received”
https://learn.microsoft.com/en-us/connectors/teams/#microsoft-teams-webhook with the message
https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
and the 28 KB of https://learn.microsoft.com/en-us/connectors/teams/; see `adaptive_card` for cards.

The trigger looks at the signature and at the outer form only and answers 202 before the flow runs.
A card that Teams cannot show is therefore a fault that the sender never hears of, as in reality.
There is no idempotency key. Not simulated: the card of the retired connectors (MessageCard),
triggers that ask for a token, loops over other lists than `attachments`. Microsoft documents the
errors of the trigger in general only; their codes here are those that senders have reported.
"""

import itertools
import json
from math import ceil
from typing import Any
from urllib.parse import urlencode

from .adaptive_card import first_text, problems
from .base import Simulator
from .message import JSON, Answer, Refused, Request

CARD = "application/vnd.microsoft.card.adaptive"
CARD_LIMIT = 28 * 1024

# Code: status, message.
ERRORS: dict[str | int, tuple[int, str]] = {
    "InvalidRequestContent": (
        400,
        "The input body for trigger 'manual' of type 'Request' must be of type JSON, but was of "
        "type '{}'.",
    ),
    "TriggerInputSchemaMismatch": (
        400,
        "The input body for trigger 'manual' of type 'Request' did not match its schema "
        "definition. Error details: '{}'.",
    ),
    "WorkflowTriggerIsNotEnabled": (
        400,
        "Could not execute workflow trigger 'manual' because it is not enabled.",
    ),
    "DirectApiAuthorizationRequired": (
        401,
        "The request must be authenticated only by Shared Access scheme.",
    ),
    "AuthorizationFailed": (401, "The authentication credentials are not valid."),
    "WorkflowNotFound": (404, "The workflow '{}' could not be found."),
    "MethodNotAllowed": (405, "The method {} is not allowed."),
    "RequestEntityTooLarge": (413, "The request is too large."),
    "TooManyRequests": (429, "The rate limit is exceeded. Try again in {} seconds."),
    "InternalServerError": (500, "Encountered internal server error."),
}


class Teams(Simulator):
    """One workflow of one channel, reachable at its old and at its present form of address."""

    name = "teams"
    codes = ERRORS.keys()

    def __init__(
        self,
        workflow: str = "0123456789abcdef" * 2,
        signature: str = "aB3_dE5-fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5z-A_B",
        channel: str = "19:general@thread.tacv2",
    ) -> None:
        super().__init__()
        self.workflow = workflow
        self.signature = signature
        self.channel = channel
        self._numbers = itertools.count(1)

    @property
    def hook_path(self) -> str:
        """Return path and query as Power Automate gives them since 2025."""
        return f"/powerautomate/automations/direct{self._path}?{self._query('1')}"

    @property
    def old_hook_path(self) -> str:
        """Return path and query of a workflow at logic.azure.com."""
        return f"{self._path}?{self._query('2016-06-01')}"

    @property
    def _path(self) -> str:
        return f"/workflows/{self.workflow}/triggers/manual/paths/invoke"

    def _query(self, version: str) -> str:
        parts = {"api-version": version, "sp": "/triggers/manual/run", "sv": "1.0"}
        return urlencode({**parts, "sig": self.signature})

    # --- The days ---

    def answer_rate_limited(self, _request: Request, retry_after: float) -> Answer:
        seconds = str(ceil(retry_after))
        answer = _error("TooManyRequests", seconds)
        return Answer(429, answer.body, headers={"Retry-After": seconds})

    def answer_unauthorised(self, _request: Request) -> Answer:
        return _error("AuthorizationFailed")

    def answer_rejected(self, _request: Request, code: str | int) -> Answer:
        return _error(code)

    # --- A request ---

    def respond(self, request: Request) -> Answer:
        self._check_door(request)
        message = self._message(request)
        run = f"{next(self._numbers):020d}"
        for attachment in message["attachments"]:
            self._post(request, attachment, run)
        return _accepted(run)

    def _check_door(self, request: Request) -> None:
        params = request.params
        path = request.path.removeprefix("/powerautomate/automations/direct")
        parts = path.split("/")
        if len(parts) < 3 or parts[1] != "workflows" or path != self._path:
            raise _refused("WorkflowNotFound", parts[2] if len(parts) > 2 else path)
        if request.headers.get("Authorization") or "sig" not in params:
            raise _refused("DirectApiAuthorizationRequired")
        given = {name: values[0] for name, values in params.items()}
        right = {"sig": self.signature, "sp": "/triggers/manual/run", "sv": "1.0"}
        versions = {"1", "2016-06-01"}
        if {name: given.get(name) for name in right} != right:
            raise _refused("AuthorizationFailed")
        if given.get("api-version") not in versions:
            raise _refused("AuthorizationFailed")
        if request.method != "POST":
            raise _refused("MethodNotAllowed", request.method)

    def _message(self, request: Request) -> dict[str, Any]:
        """Read the body as the trigger does."""
        if request.media_type != JSON:
            raise _refused("InvalidRequestContent", request.media_type)
        try:
            message = request.json()
        except ValueError as error:
            raise _refused("InvalidRequestContent", "text") from error
        if not isinstance(message, dict):
            raise _mismatch(f"Invalid type. Expected Object but got {type(message).__name__}.")
        if not isinstance(message.get("attachments"), list):
            raise _mismatch("Required properties are missing from object: attachments.")
        for attachment in message["attachments"]:
            if not isinstance(attachment, dict):
                raise _mismatch("Invalid type. Expected Object.")
            missing = [name for name in ("contentType", "content") if name not in attachment]
            if missing:
                text = "Required properties are missing from object: "
                raise _mismatch(f"{text}{', '.join(missing)}.")
        self._mind_the_envelope(message)
        return message

    def _mind_the_envelope(self, message: dict[str, Any]) -> None:
        """Refuse what the trigger lets pass and the flow loses without a word."""
        faults: list[tuple[str | int, str]] = []
        if message.get("type") != "message":
            faults.append(("type", f"{message.get('type')!r} must be message"))
        if not message["attachments"]:
            faults.append(("attachments", "there is no card: nothing is posted"))
        faults += [
            (name, "is not posted: the flow posts the attachments")
            for name in message.keys() - {"type", "attachments", "summary"}
        ]
        if faults:
            raise Refused(_accepted(f"{next(self._numbers):020d}"), *faults)

    def _post(self, request: Request, attachment: dict[str, Any], run: str) -> None:
        """Post a card as the flow does."""
        found = list(_card_problems(attachment))
        if found:
            raise Refused(_accepted(run), *found)
        card = attachment["content"]
        reference = f"{int(request.at * 1000)}-{next(self._numbers)}"
        self.keep(request, self.channel, first_text(card), card, reference)


def _card_problems(attachment: dict[str, Any]) -> Any:
    for name in attachment.keys() - {"contentType", "contentUrl", "content", "name"}:
        yield name, "an attachment has no such property"
    if attachment["contentType"] != CARD:
        yield "contentType", f"{attachment['contentType']!r} is not {CARD}"
    if attachment.get("contentUrl") is not None:
        yield "contentUrl", "must be null"
    size = len(json.dumps(attachment["content"], ensure_ascii=False).encode())
    if size > CARD_LIMIT:
        yield "RequestEntityTooLarge", f"{size} bytes, {CARD_LIMIT} are the limit"
    yield from problems(attachment["content"])


def _accepted(run: str) -> Answer:
    headers = {"x-ms-workflow-run-id": run, "x-ms-trigger-history-name": run}
    return Answer(202, headers=headers)


def _error(code: str | int, value: str = "") -> Answer:
    status, text = ERRORS[code]
    return Answer.json(status, {"error": {"code": code, "message": text.format(value)}})


def _refused(code: str, value: str = "") -> Refused:
    return Refused(_error(code, value), (code, ERRORS[code][1].format(value)))


def _mismatch(text: str) -> Refused:
    return _refused("TriggerInputSchemaMismatch", text)
