"""Measures phases inside an Odoo process: time, processor, queries, memory."""

import contextlib
import ctypes
import gc
import re
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from odoo import sql_db


@dataclass(frozen=True)
class Measure:
    """:ivar memory_mb: how far the process grew during the phase, at its highest."""

    seconds: float
    cpu_seconds: float
    queries: int
    memory_mb: float


class Meter:
    """Takes the measures of named phases."""

    def __init__(self) -> None:
        self.measures: dict[str, Measure] = {}

    @contextlib.contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Measure what is done inside; every cursor of the process counts."""
        gc.collect()
        _give_memory_back()
        before = _resident_mb("VmRSS")
        queries, cpu, started = sql_db.sql_counter, time.process_time(), time.perf_counter()
        yield
        self.measures[name] = Measure(
            seconds=time.perf_counter() - started,
            cpu_seconds=time.process_time() - cpu,
            queries=sql_db.sql_counter - queries,
            memory_mb=max(0.0, _resident_mb("VmHWM") - before),
        )

    def plain(self) -> dict[str, dict[str, float]]:
        """Return the measures for a file."""
        return {name: asdict(measure) for name, measure in self.measures.items()}


def _give_memory_back() -> None:
    """Return freed memory to the system and start a new peak (Linux; elsewhere nothing)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
        Path("/proc/self/clear_refs").write_text("5")


def _resident_mb(key: str) -> float:
    try:
        text = Path("/proc/self/status").read_text()
    except OSError:
        return 0.0
    found = re.search(rf"^{key}:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0
