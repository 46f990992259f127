"""Measure: `python -m dev.bench`.

ONLY=count picks a part, REPEAT=, LINES= and SECONDS= shorten it, BENCH_BASE= names a database
with Odoo's modules to start from instead of the prepared one.
"""

import json
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dev.lib import places, setup
from dev.lib.connection import Connection, query
from dev.lib.say import Failure, line

from . import api, count, entering, exchange, handheld
from .lib import chosen
from .rows import Row, missed, table

RESULTS = Path(__file__).with_name("results.json")


@dataclass(frozen=True)
class Part:
    """:ivar run: measures and returns rows."""

    title: str
    run: Callable[[Connection], list[Row]]


PARTS = {
    "api": Part("The REST API beside JSON-2", api.run),
    "count": Part("The first count", count.run),
    "entering": Part("Ten counters at once", entering.run),
    "exchange": Part("Count files", exchange.run),
    "handheld": Part("A handheld without a network", handheld.run),
}


def main() -> int:
    """Run the chosen parts; 1 if a target is missed."""
    names = chosen(list(PARTS), os.environ)
    connection = setup.server()
    found: dict[str, list[Row]] = {}
    for name in names:
        line(f"\n── {PARTS[name].title} " + "─" * 50)
        found[name] = PARTS[name].run(connection)
        _write(connection, {name: found[name]})
    for name, rows in found.items():
        line(f"\n{PARTS[name].title}\n\n{table(rows)}")
    late = [row for rows in found.values() for row in missed(rows)]
    line(f"\n{len(late)} targets missed; all figures: {RESULTS.relative_to(places.ROOT)}")
    return 1 if late else 0


def _write(connection: Connection, found: dict[str, list[Row]]) -> None:
    """Put the parts' rows into the file; the rows of other parts stay."""
    try:
        before = json.loads(RESULTS.read_text())["parts"]
    except (OSError, ValueError, KeyError):
        before = {}
    parts = {
        name: {"machine": _machine(connection), "rows": [row.plain() for row in rows]}
        for name, rows in found.items()
    }
    RESULTS.write_text(json.dumps({"parts": {**before, **parts}}, indent=1, ensure_ascii=False))


def _machine(connection: Connection) -> dict[str, Any]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
        "python": platform.python_version(),
        "postgresql": query(connection, "SHOW server_version")[0][0],
    }


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        print(failure, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("\nStopped; the databases of this run are dropped.", file=sys.stderr)
        sys.exit(130)
