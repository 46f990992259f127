"""What is kept of a request and of an answer for people to look at."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from .mask import mask_headers, mask_text, storable
from .request import Answer, Request

LONGEST = 8_000


@dataclass(frozen=True)
class Excerpt:
    """First line, headers and the beginning of a body."""

    first: str
    headers: Mapping[str, str]
    body: str

    def masked(self, secrets: Iterable[str]) -> str:
        """Return it as text without secrets, and without what a database refuses."""
        known = tuple(secrets)
        # Masked before it is cut: half a secret would not be recognised.
        lines = [mask_text(self.first, known)]
        lines += [f"{name}: {value}" for name, value in mask_headers(self.headers, known).items()]
        text = "\n".join([*lines, "", mask_text(self.body, known)]).rstrip()
        text = storable(text)
        return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def request_excerpt(request: Request, url: str) -> Excerpt:
    """Return what is kept of a request.

    :param url: absolute.
    """
    query = f"?{urlencode(dict(request.params))}" if request.params else ""
    return Excerpt(f"{request.method} {url}{query}", request.headers, _body(request))


def answer_excerpt(answer: Answer) -> Excerpt:
    """Return what is kept of an answer."""
    return Excerpt(f"HTTP {answer.status}", answer.headers, answer.text())


def _body(request: Request) -> str:
    if request.json is not None:
        return json.dumps(request.json, ensure_ascii=False)
    if request.form is not None:
        return urlencode(dict(request.form))
    return (request.body or b"").decode("utf-8", errors="replace")
