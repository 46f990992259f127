"""How large the files are, and how often they are imported."""

import os
from statistics import median

from dev.lib.connection import Connection
from dev.lib.say import line, step

from ..lib import Lab, setting
from ..rows import Row, Target, measured

MS_A_ROW = 2.0
MEMORY_MB = 250.0
EXCEL_SECONDS, PDF_SECONDS = 15.0, 5.0
LARGER = 5
EXCEL_LINES, PDF_LINES = 50_000, 1_000
STEPS = ("check", "import")


def run(connection: Connection) -> list[Row]:
    """Measure the import of count files and the documents of counts; return the rows."""
    repeat = setting(os.environ, "REPEAT", 3)
    rows = setting(os.environ, "LINES", 20_000, least=1_000)
    with Lab(connection) as lab:
        base = lab.installed(lab.copy(), "stockex")
        small = [_import(lab, base, rows) for _ in range(repeat)]
        large = _import(lab, base, rows * LARGER)
        documents = _documents(lab, base)
    return [*_import_rows(rows, small, large), *_document_rows(documents)]


def _filled(lab: Lab, base: str, lines: int) -> str:
    name = lab.copy(base)
    lab.call(name, "count.fixture:fill", lines=lines, cost="standard", lots=False)
    lab.settle(name)
    return name


def _import(lab: Lab, base: str, rows: int) -> dict:
    with step(f"{rows:,} rows: check and import"):
        found = lab.call(_filled(lab, base, rows), "exchange.ours:whole", rows=rows)
    line("    " + ", ".join(f"{name} {one['seconds']:.1f} s" for name, one in found.items()))
    return found


def _documents(lab: Lab, base: str) -> dict:
    with step(f"{EXCEL_LINES:,} lines to Excel, {PDF_LINES:,} to PDF"):
        name = _filled(lab, base, EXCEL_LINES)
        values = {"lines": EXCEL_LINES, "printed": PDF_LINES}
        return lab.call(name, "exchange.ours:documents", **values)


def _seconds(found: dict) -> float:
    return sum(found[name]["seconds"] for name in STEPS)


def _import_rows(rows: int, small: list[dict], large: dict) -> list[Row]:
    each = [_seconds(found) * 1000 / rows for found in small]
    peak = max(one[name]["memory_mb"] for one in (*small, large) for name in STEPS)
    queries = [sum(found[name]["queries"] for name in STEPS) / rows for found in small]
    return [
        measured(f"Check and import {rows:,} rows, a row", each, "ms", target=Target(MS_A_ROW)),
        *(
            measured(f"  {name}, a row", [f[name]["seconds"] * 1000 / rows for f in small], "ms")
            for name in STEPS
        ),
        measured("  queries a row", queries, ""),
        # For the reader: one run of minutes is at the mercy of whatever else runs.
        Row(
            f"{rows * LARGER:,} rows beside {LARGER} times {rows:,}",
            _seconds(large),
            "s",
            peer=f"{LARGER} × {rows:,}",
            peer_figure=LARGER * median(_seconds(found) for found in small),
        ),
        Row("Memory while importing", peak, "MB", target=Target(MEMORY_MB)),
        measured(f"Result file of {rows:,} rows", [f["result"]["cpu_seconds"] for f in small], "s"),
    ]


def _document_rows(found: dict) -> list[Row]:
    return [
        Row(
            f"{EXCEL_LINES:,} lines to Excel, processor",
            found["excel"]["cpu_seconds"],
            "s",
            target=Target(EXCEL_SECONDS),
        ),
        Row(
            f"PDF of {PDF_LINES:,} differing lines",
            found["pdf"]["seconds"],
            "s",
            target=Target(PDF_SECONDS),
        ),
        Row(
            f"Count sheet of {PDF_LINES:,} lines",
            found["sheet"]["seconds"],
            "s",
            target=Target(PDF_SECONDS),
        ),
    ]
