"""Databases and processes of the measurements."""

import itertools
import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dev.lib import builds, databases, odoo_conf, odoo_run, places
from dev.lib.connection import Connection, query
from dev.lib.say import Failure
from dev.lib.shell import run

_numbers = itertools.count(1)


class Lab:
    """Makes databases that are dropped at the end, and runs functions in them."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._made: list[str] = []
        self._base = os.environ.get("BENCH_BASE", "")

    def __enter__(self) -> "Lab":
        if not self._base:
            builds.ensure_base(self.connection)
            self._base = databases.BASE
        return self

    def __exit__(self, *_exception: object) -> None:
        for name in self._made:
            databases.drop(self.connection, name)

    def copy(self, source: str = "") -> str:
        """Copy a database of ours, or the base with Odoo's modules only."""
        name = f"{databases.BASE}_bench{os.getpid()}_{next(_numbers)}"
        self._made.append(name)
        databases.copy(self.connection, source or self._base, name)
        return name

    @contextmanager
    def copied(self, source: str) -> Iterator[str]:
        """Copy a database for a moment."""
        name = self.copy(source)
        try:
            yield name
        finally:
            databases.drop(self.connection, name)
            self._made.remove(name)

    def installed(self, source: str, addon: str) -> str:
        """Copy a database and install an addon in the copy."""
        name = self.copy(source)
        odoo_run.install(self.connection, name, new=[addon])
        self.settle(name)
        return name

    def settle(self, name: str) -> None:
        """Bring the planner's statistics up to what was filled in."""
        query(self.connection, "VACUUM ANALYZE", name)

    def call(self, database: str, path: str, **values: Any) -> Any:
        """Run `module:function` of dev.bench in an Odoo process of its own."""
        conf = odoo_conf.write(self.connection, database, max_cron_threads=0, channels="root:0")
        places.RUN.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=places.RUN) as folder:
            answer = Path(folder) / "answer.json"
            run(
                [
                    *(places.PYTHON, "-m", "dev.bench.worker", conf, database),
                    *(f"dev.bench.{path}", json.dumps(values), answer),
                ],
                log=places.LOGS / f"bench-{os.getpid()}.log",
                what=f"The measurement {path} failed",
                env=self.connection.environment(),
                cwd=places.ROOT,
            )
            return json.loads(answer.read_text())


def setting(environ: Mapping[str, str], name: str, default: int, least: int = 1) -> int:
    """Read a whole number from the environment.

    :raise Failure: if it is none, or less than the least.
    """
    text = environ.get(name, "").strip() or str(default)
    if not text.isdigit() or int(text) < least:
        raise Failure(
            f"{name}={text} is not a number from {least} up.", f"For example {name}={default}"
        )
    return int(text)


def chosen(parts: Sequence[str], environ: Mapping[str, str]) -> list[str]:
    """Return the parts that ONLY= names; all without it.

    :raise Failure: for a name that does not exist.
    """
    wanted = [name for name in environ.get("ONLY", "").split(",") if name.strip()]
    unknown = [name for name in wanted if name.strip() not in parts]
    if unknown:
        raise Failure(f"ONLY={','.join(unknown)} is not known.", f"Choose from: {', '.join(parts)}")
    return [name for name in parts if not wanted or name in (one.strip() for one in wanted)]
