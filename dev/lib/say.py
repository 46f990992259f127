"""What the tools print: one line a step with its time, one block a failure."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Failure(Exception):
    """A step failed: what happened, and what the reader can do about it."""

    def __init__(self, what: str, todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.todo = todo

    def __str__(self) -> str:
        return failure_text(self.what, self.todo)


def failure_text(what: str, todo: str) -> str:
    """Write a failure as the block that ends a run."""
    lines = ["✗ " + what.rstrip().replace("\n", "\n  ")]
    if todo:
        lines.append("→ " + todo.rstrip().replace("\n", "\n  "))
    return "\n".join(lines)


def duration(seconds: float) -> str:
    """Write a duration as a person reads it: 0.4 s, 12 s, 3 min 05 s."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60:02d} s"


def line(text: str = "") -> None:
    """Print one line at once, also through a pipe."""
    print(text, flush=True)


def warn(text: str) -> None:
    """Print one line that the reader should not overlook."""
    print("! " + text, file=sys.stderr, flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Say what is being done, then how long it took."""
    line(f"• {text} …")
    started = time.monotonic()
    yield
    line(f"  done in {duration(time.monotonic() - started)}")
