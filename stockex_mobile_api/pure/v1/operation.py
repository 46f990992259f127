"""What one route of the API is: its document, its validation and its place come from it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from pydantic import BaseModel

JSON = "application/json"
PROBLEM = "application/problem+json"
SAFE = ("GET", "HEAD")
# How long clients have from the notice that something ends until its end.
NOTICE = timedelta(days=365)


@dataclass(frozen=True)
class Operation:
    """One method of one path.

    :ivar description: a text, or what writes it when the document is made.
    :ivar path: below the version, `/counts/{count_id}`; a name that ends in `_id` is an
        identifier, any other one a text.
    :ivar scope: what a key needs; empty if any key, None if no key is needed at all.
    :ivar media: content types of the request's body; JSON is validated by `body`.
    :ivar answers: content types of the answer; JSON is described by `response`.
    :ivar refusals: statuses beyond the usual ones, with what they mean here.
    :ivar located: path of what was created, with `{id}` for its identifier.
    :ivar secret: the answer holds a secret, so it is not kept to be given again.
    :ivar versioned: answers carry an `ETag`; writing takes `If-Match`.
    :ivar deprecated: from when on clients should use something else.
    :ivar sunset: when it ends, at least `NOTICE` later.
    """

    name: str
    method: str
    path: str
    summary: str
    tag: str
    description: str | Callable[[], str] = ""
    scope: str | None = ""
    status: int = 200
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    media: tuple[str, ...] = ()
    response: type[BaseModel] | None = None
    answers: tuple[str, ...] = ()
    refusals: Mapping[int, str] = field(default_factory=dict)
    located: str = ""
    secret: bool = False
    versioned: bool = False
    deprecated: date | None = None
    sunset: date | None = None

    @property
    def about(self) -> str:
        """Return the description as it is by now."""
        return self.description() if callable(self.description) else self.description

    @property
    def is_safe(self) -> bool:
        """Tell whether it changes nothing."""
        return self.method in SAFE

    @property
    def takes_body(self) -> bool:
        """Tell whether a request has a body."""
        return bool(self.body or self.media)

    @property
    def parameters(self) -> list[str]:
        """List the names in the path."""
        return re.findall(r"{(\w+)}", self.path)
