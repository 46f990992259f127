"""Let several people act at the same moment."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

TIMEOUT_S = 120


@dataclass
class Answer:
    """What one of them got: a value, or the error that the client saw."""

    value: Any = None
    error: Exception | None = None


def at_once(*calls: Callable[[], Any]) -> list[Answer]:
    """Make all calls together, each in a thread of its own; return their answers in order."""
    barrier = threading.Barrier(len(calls))
    answers = [Answer() for _call in calls]

    def run(call: Callable[[], Any], answer: Answer) -> None:
        barrier.wait(TIMEOUT_S)
        try:
            answer.value = call()
        except Exception as error:  # noqa: BLE001  the test judges whatever it is
            answer.error = error

    threads = [
        threading.Thread(target=run, args=pair, daemon=True)
        for pair in zip(calls, answers, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(TIMEOUT_S)
        assert not thread.is_alive(), f"no answer within {TIMEOUT_S} s"
    return answers


def winner(answers: list[Answer]) -> int:
    """Return the position of the only one who got a value."""
    errors = [answer.error for answer in answers]
    assert errors.count(None) == 1, errors
    return errors.index(None)
