"""What a simulator keeps of the traffic: requests, answers, messages and faults."""

import json
from dataclasses import dataclass, field
from email.message import Message as Headers
from typing import Any
from urllib.parse import parse_qs

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


@dataclass(frozen=True)
class Request:
    """One request as it came over the line.

    :ivar at: when its last byte was read, in seconds since 1970.
    :ivar query: the part after the question mark, undecoded.
    :ivar line: the sender's port, equal for the requests of one connection.
    """

    at: float
    method: str
    path: str
    query: str
    headers: Headers
    body: bytes
    line: int = 0

    @property
    def media_type(self) -> str:
        """Return the content type without its parameters, empty if there is none."""
        return (self.headers.get("Content-Type") or "").partition(";")[0].strip().lower()

    @property
    def params(self) -> dict[str, list[str]]:
        """Return the query's parameters."""
        return parse_qs(self.query, keep_blank_values=True)

    def json(self) -> Any:
        """Return the body's value.

        :raise ValueError: if it is no JSON in UTF-8, or holds NaN or Infinity, which is none.
        """
        return json.loads(self.body.decode("utf-8"), parse_constant=_no_constant)

    def form(self) -> dict[str, list[str]]:
        """Return the body's form fields.

        :raise ValueError: if it is not in UTF-8.
        """
        return parse_qs(self.body.decode("utf-8"), keep_blank_values=True, errors="strict")


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


@dataclass(frozen=True)
class Answer:
    """What goes back; a status without a body has no content type.

    :ivar delay_s: how long to wait before its first byte.
    :ivar pause_s: how long to wait after each byte.
    """

    status: int
    body: bytes = b""
    content_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 0
    pause_s: float = 0

    @classmethod
    def json(cls, status: int, value: object, **headers: str) -> "Answer":
        """Build an answer from a value; `Retry_After` becomes `Retry-After`."""
        names = {name.replace("_", "-"): text for name, text in headers.items()}
        return cls(status, json.dumps(value).encode(), JSON, names)

    @classmethod
    def text(cls, status: int, text: str, content_type: str = "text/html") -> "Answer":
        return cls(status, text.encode(), content_type)


@dataclass(frozen=True)
class Fault:
    """A breach of the service's contract.

    :ivar code: the service's own name or number of the error.
    """

    code: str | int
    detail: str
    request: Request

    def __str__(self) -> str:
        return f"{self.request.method} {self.request.path}: {self.code} {self.detail}"


@dataclass(frozen=True)
class Sent:
    """A message that the service took on.

    :ivar recipient: number, channel, chat or path that it goes to.
    :ivar text: what a person would read of it first.
    :ivar data: the whole message as the service understood it.
    :ivar reference: the identifier that the service gave it.
    :ivar number: its place among the messages of all simulators.
    """

    at: float
    service: str
    recipient: str
    text: str
    data: Any
    reference: str
    request: Request
    number: int


class Refused(Exception):
    """Raised by a simulator for a request that its service would refuse.

    :ivar faults: pairs of the service's code and a sentence on what is wrong.
    """

    def __init__(self, answer: Answer, *faults: tuple[str | int, str]) -> None:
        super().__init__("; ".join(f"{code} {detail}" for code, detail in faults))
        self.answer = answer
        self.faults = faults
