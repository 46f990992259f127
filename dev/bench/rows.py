"""What a measurement says: rows, their targets, the table and the file."""

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

HEADS = ("measurement", "figure", "spread", "peer", "its figure", "ratio", "target", "")
# The columns of figures stand right.
RIGHT = {1, 4, 5}


@dataclass(frozen=True)
class Target:
    """At most so much, of the figure itself or of its ratio to the peer's."""

    limit: float
    of: str = "figure"

    def text(self) -> str:
        """Write the target as a reader wants it."""
        return f"{'ratio ' if self.of == 'ratio' else ''}≤ {number(self.limit)}"


@dataclass(frozen=True)
class Row:
    """One figure of ours, the peer's beside it if there is one.

    :ivar spread: lowest and highest of the repetitions.
    """

    name: str
    figure: float
    unit: str
    peer: str = ""
    peer_figure: float | None = None
    target: Target | None = None
    spread: tuple[float, float] | None = None
    runs: int = 1

    @property
    def ratio(self) -> float | None:
        """Return our figure as a share of the peer's."""
        return self.figure / self.peer_figure if self.peer_figure else None

    @property
    def is_ok(self) -> bool | None:
        """Tell whether the target is met; None without a target or without the peer."""
        if self.target is None:
            return None
        value = self.ratio if self.target.of == "ratio" else self.figure
        return None if value is None else value <= self.target.limit

    def plain(self) -> dict[str, Any]:
        """Return the row as it goes into the file."""
        target = self.target.text() if self.target else None
        return {**asdict(self), "ratio": self.ratio, "target": target, "ok": self.is_ok}


def measured(name: str, values: Sequence[float], unit: str, **more: Any) -> Row:
    """Make a row of repetitions: their median and their spread.

    :param values: at least one.
    """
    return Row(
        name=name,
        figure=statistics.median(values),
        unit=unit,
        spread=(min(values), max(values)),
        runs=len(values),
        **more,
    )


def number(value: float) -> str:
    """Write a figure with three digits that matter."""
    if value == 0:
        return "0"
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def table(rows: Sequence[Row]) -> str:
    """Write the rows under one another."""
    cells = [HEADS, *(_cells(row) for row in rows)]
    widths = [max(len(line[index]) for line in cells) for index in range(len(HEADS))]
    lines = [
        "  ".join(
            text.rjust(width) if index in RIGHT else text.ljust(width)
            for index, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]
    return "\n".join([lines[0], "─" * max(map(len, lines)), *lines[1:]])


def _cells(row: Row) -> tuple[str, ...]:
    verdict = {None: "", True: "✓", False: "✗"}[row.is_ok]
    peer_figure = "" if row.peer_figure is None else f"{number(row.peer_figure)} {row.unit}"
    spread = ""
    if row.spread and row.runs > 1:
        spread = f"{number(row.spread[0])}–{number(row.spread[1])} ({row.runs})"
    return (
        row.name,
        f"{number(row.figure)} {row.unit}".strip(),
        spread,
        row.peer,
        peer_figure,
        "" if row.ratio is None else number(row.ratio),
        row.target.text() if row.target else "",
        verdict,
    )


def missed(rows: Sequence[Row]) -> list[Row]:
    """Return the rows whose target is not met."""
    return [row for row in rows if row.is_ok is False]
