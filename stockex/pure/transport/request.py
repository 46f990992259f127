"""What an adapter wants sent, and what came back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Request:
    """One HTTP call; at most one of `json`, `form` and `body` is set.

    :ivar url: absolute, or a path below the account's base address.
    :ivar basic: user and password of HTTP basic authentication.
    :ivar family: kind of operation; each has its own token bucket.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)
    json: object | None = None
    form: Mapping[str, str] | None = None
    body: bytes | None = None
    basic: tuple[str, str] | None = None
    family: str = "default"

    def __post_init__(self) -> None:
        """Refuse two bodies.

        :raise ValueError:
        """
        if sum(part is not None for part in (self.json, self.form, self.body)) > 1:
            raise ValueError("a request has at most one of json, form and body")


@dataclass(frozen=True)
class Answer:
    """What the other side said.

    :ivar headers: names in lower case.
    :ivar body: the beginning of it, as far as it was read.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    duration_s: float

    def text(self) -> str:
        """Return the body as text; what is no UTF-8 is replaced."""
        return self.body.decode("utf-8", errors="replace")

    def json(self) -> object:
        """Return the body as JSON.

        :raise ValueError: if it is none.
        """
        try:
            return json.loads(self.body)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error
