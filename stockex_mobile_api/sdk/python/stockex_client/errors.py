"""What can go wrong."""

import json
from collections.abc import Mapping
from typing import Any

import requests


class StockexError(Exception):
    """Every error of this client."""


class NetworkError(StockexError):
    """No answer came; unless the call was repeatable, nobody knows whether it was done."""


class ApiError(StockexError):
    """The server refused (RFC 9457).

    :ivar status: of the answer, such as 409.
    :ivar code: stable, for programs, such as `refused`.
    :ivar title: the status in words.
    :ivar detail: what happened, to which record, and the way out.
    :ivar errors: one dict a fault, with where, message and code (422).
    :ivar request_id: names the request in the server's log.
    :ivar retry_after_s: seconds to wait, if the server said so.
    """

    def __init__(self, answer: requests.Response) -> None:
        problem = _problem(answer)
        self.status = answer.status_code
        self.code = str(problem.get("code") or f"http_{self.status}")
        self.title = str(problem.get("title") or answer.reason or "Error")
        self.detail = str(problem.get("detail") or f"The server answered {self.status}.")
        self.errors: list[dict[str, str]] = list(problem.get("errors") or [])
        self.request_id = str(problem.get("request_id") or answer.headers.get("X-Request-Id") or "")
        self.retry_after_s = retry_after_s(answer)
        super().__init__(f"{self.status} {self.code}: {self.detail}")


def _problem(answer: requests.Response) -> Mapping[str, Any]:
    """Read a problem; what a proxy says in HTML is none."""
    try:
        found = json.loads(answer.content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def retry_after_s(answer: requests.Response) -> int | None:
    """Return the seconds in `Retry-After`; None without it."""
    text = answer.headers.get("Retry-After", "")
    return int(text) if text.isascii() and text.isdigit() else None
