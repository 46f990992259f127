"""A call between two transactions: made without a database."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...pure.transport.outcome import Outcome
from ...pure.transport.request import Answer, Request
from . import http


@dataclass(frozen=True)
class Errand:
    """A call that is ready to be made.

    :ivar line: how to reach the other side, for `http.send`.
    :ivar secrets: what must not be shown of it.
    """

    request: Request
    line: Mapping[str, Any]
    secrets: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """What came of it: an answer, a failure, or nothing if it could not be made."""

    answer: Answer | None = None
    failure: http.Unanswered | None = None
    duration_s: float = 0.0


def run(errand: Errand | Outcome) -> Result:
    """Make the call."""
    if isinstance(errand, Outcome):
        return Result()
    started = time.monotonic()
    try:
        answer = http.send(errand.request, **errand.line)
    except http.Unanswered as failure:
        return Result(failure=failure, duration_s=time.monotonic() - started)
    return Result(answer, duration_s=answer.duration_s)
