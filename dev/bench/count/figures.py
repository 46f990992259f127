"""From measures to rows: what is compared with what, and what is promised."""

import statistics
from collections import defaultdict
from dataclasses import dataclass, field

from ..rows import Row, Target, measured

NATIVE, OCA = "Odoo inventory", "OCA stock_inventory"
BUILD_SECONDS = 2.0
POST_SHARE = {"standard": 0.25, "average": 0.4}
POST_QUERIES = {"standard": 0.5, "average": 1.1}
# Room for the noise of one run; a cost that grows with the square would show as 5.
GROWTH = 1.1
# How far a process may grow in any step; Odoo's own posting grows with the lines.
MEMORY_MB = 20.0

Measures = dict[str, dict[str, float]]


@dataclass
class Runs:
    """The repetitions of one scenario, by side: "ours", "native", "oca".

    :ivar part: the same on a fifth of the lines.
    """

    sides: dict[str, list[Measures]] = field(default_factory=lambda: defaultdict(list))
    part: "Runs | None" = None

    def add(self, side: str, measures: Measures) -> None:
        self.sides[side].append(measures)

    def told(self, side: str) -> str:
        """Write the last repetition in one line."""
        last = self.sides[side][-1]
        return ", ".join(f"{name} {measure['seconds']:.1f} s" for name, measure in last.items())

    def values(self, side: str, phase: str, what: str = "seconds") -> list[float]:
        """List a figure over the repetitions; empty if the side was not measured."""
        return [measures[phase][what] for measures in self.sides.get(side, ())]

    def middle(self, side: str, phase: str, what: str = "seconds") -> float | None:
        """Return the median over the repetitions; None if the side was not measured."""
        values = self.values(side, phase, what)
        return statistics.median(values) if values else None

    def row(
        self,
        name: str,
        phase: str,
        side: str = "native",
        target: Target | None = None,
        what: str = "seconds",
        unit: str = "s",
    ) -> Row:
        """Compare the seconds of a phase with a peer's."""
        peer = self.middle(side, phase, what)
        return measured(
            name,
            self.values("ours", phase, what),
            unit,
            peer={"native": NATIVE, "oca": OCA}[side] if peer else "",
            peer_figure=peer,
            target=target,
        )


def rows(lines: int, *, standard: Runs, average: Runs, lots: Runs, large: Runs) -> list[Row]:
    """Write all figures of the first count."""
    return [
        *_scenario(f"{lines:,} lines, standard cost", lines, standard, "standard"),
        *_scenario(f"{lines:,} lines, average cost", lines, average, "average"),
        *_scenario(f"{lines:,} lines with lots", lines, lots, None),
        *_part(f"{lines // 5:,} lines, standard cost", standard.part),
        *_growth(5 * lines, large),
    ]


def _scenario(title: str, lines: int, runs: Runs, cost: str | None) -> list[Row]:
    share = Target(POST_SHARE[cost], "ratio") if cost else None
    queries = [count / lines for count in runs.values("ours", "post", "queries")]
    peer_queries = runs.middle("native", "post", "queries")
    return [
        runs.row(f"{title}: build", "build", target=Target(BUILD_SECONDS)),
        runs.row(f"{title}: enter", "enter"),
        measured(f"{title}: review and approve", runs.values("ours", "approve"), "s"),
        runs.row(f"{title}: post", "post", target=share),
        # Python's share: hardly touched by whatever else the machine does.
        runs.row(f"{title}: post, processor", "post", what="cpu_seconds"),
        measured(
            f"{title}: post",
            queries,
            "queries/line",
            peer=NATIVE,
            peer_figure=peer_queries / lines if peer_queries else None,
            target=Target(POST_QUERIES[cost]) if cost else None,
        ),
        runs.row(f"{title}: post, memory", "post", what="memory_mb", unit="MB"),
    ]


def _part(title: str, runs: Runs | None) -> list[Row]:
    if runs is None:
        return []
    return [
        runs.row(f"{title}: {phase}", phase, side="oca") for phase in ("build", "enter", "post")
    ]


def _growth(lines: int, large: Runs) -> list[Row]:
    """Compare five times the lines with five times the time, and memory with memory."""
    title = f"{lines:,} lines, standard cost"
    return [
        *(
            _grown(f"{title}: {phase}", large, phase, 5, "seconds", Target(GROWTH, "ratio"))
            for phase in ("build", "enter", "approve", "post")
        ),
        *(
            _grown(f"{title}: {phase}, processor", large, phase, 5, "cpu_seconds")
            for phase in ("enter", "post")
        ),
        *(
            _grown(
                f"{title}: {phase}, memory", large, phase, 1, "memory_mb", Target(MEMORY_MB), "MB"
            )
            for phase in ("build", "enter", "approve", "post")
        ),
    ]


def _grown(
    name: str,
    runs: Runs,
    phase: str,
    times: int,
    what: str,
    target: Target | None = None,
    unit: str = "s",
) -> Row:
    small = runs.part.middle("ours", phase, what) if runs.part else None
    return measured(
        name,
        runs.values("ours", phase, what),
        unit,
        peer="5 × a fifth of them" if times == 5 else "a fifth of them",
        peer_figure=times * small if small else None,
        target=target,
    )
