"""A counter's walk: which codes are scanned, and what the handheld answers to each."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

SEED = 5
LINES_A_PLACE = 4
UNKNOWN_EVERY = 10
# Two to three scans a second.
PAUSES_MS = (333, 500)
Line = dict[str, Any]


@dataclass(frozen=True)
class Scan:
    """One code.

    :ivar wanted: text that stands for the answer, and in which part of the screen.
    :ivar is_kept: it counts something, so that an operation must be safe.
    :ivar pause: ms between it and the one before.
    """

    code: str
    kind: str
    wanted: dict[str, str]
    is_kept: bool
    pause: float = 0


def walk(lines: list[Line], count: int) -> list[Scan]:
    """Return so many scans: places at random, some of what lies there, codes of nobody."""
    rng = random.Random(SEED)
    scans: list[Scan] = []
    for stop in _stops(lines, rng):
        scans += stop
        if len(scans) >= count:
            break
    for turn in range(UNKNOWN_EVERY - 1, count, UNKNOWN_EVERY):
        code = f"99{turn:010d}"
        scans[turn] = Scan(code, "unknown", {"where": "main", "text": code}, is_kept=False)
    return [replace(scan, pause=rng.uniform(*PAUSES_MS)) for scan in scans[:count]]


def _stops(lines: list[Line], rng: random.Random) -> Iterator[list[Scan]]:
    by_place: dict[int, list[Line]] = {}
    for line in lines:
        by_place.setdefault(line["place"], []).append(line)
    while True:
        there = by_place[rng.choice(list(by_place))]
        some = rng.sample(there, min(LINES_A_PLACE, len(there)))
        yield [_place(there[0]), *map(_article, some)]


def _place(line: Line) -> Scan:
    wanted = {"where": ".s_place", "text": line["place_name"]}
    return Scan(line["barcode"], "place", wanted, is_kept=False)


def _article(line: Line) -> Scan:
    code = f"]C1010{line['code']}10{line['lot']}" if line["lot"] else line["code"]
    wanted = {"where": ".s_last", "text": line["lot"] or line["name"]}
    return Scan(code, "lot" if line["lot"] else "product", wanted, is_kept=True)
