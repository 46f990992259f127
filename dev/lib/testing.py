"""Run the tests in three parts and add them up."""

import os
import subprocess
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

from . import databases, odoo_conf, places
from .connection import Connection
from .say import Failure, duration, line
from .stamps import only_one

PARTS = ("unit", "odoo", "system")
NOTHING_COLLECTED = 5
SLOWEST = "--durations=5"
PURE = (
    "tests/platform",
    "tests/architecture",
    "tests/test_architecture.py",
    "tests/bench",
    "tests/demo",
    "tests/javascript",
)


@dataclass(frozen=True)
class Result:
    """What one part found; `broken` says why it could not run to its end."""

    part: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0
    broken: str = ""


def selected_parts() -> list[str]:
    """Return the parts that ONLY= names; all without it."""
    only = os.environ.get("ONLY", "").strip()
    if not only:
        return list(PARTS)
    unknown = set(only.split(",")) - set(PARTS)
    if unknown:
        raise Failure(f"ONLY={only} is not known.", f"Choose from: {', '.join(PARTS)}")
    return [part for part in PARTS if part in only.split(",")]


def unit_paths() -> list[str]:
    """List what runs without Odoo and without a database."""
    found = [
        str(path.relative_to(places.ROOT))
        for addon in places.present_addons()
        for folder in ("pure", "channels", "carriers", "notifiers")
        if (path := places.ROOT / addon / folder).is_dir()
    ]
    return found + [path for path in PURE if (places.ROOT / path).exists()]


def run_unit() -> Result:
    """Run the tests that need nothing but Python."""
    return _pytest("unit", ["-p", "no:odoo", *unit_paths()], dict(os.environ))


def run_odoo(connection: Connection) -> Result:
    """Run the addons' Odoo tests on copies of the prepared database."""
    folders = [
        f"{addon}/tests"
        for addon in places.present_addons()
        if (places.ROOT / addon / "tests").is_dir()
    ]
    if not folders:
        return Result("odoo")
    name = f"stockex_test_r{os.getpid()}"
    log = places.LOGS / "test-odoo-server.log"
    log.unlink(missing_ok=True)
    with only_one("databases"):
        databases.copy(connection, databases.TEST, name)
    try:
        conf = odoo_conf.write(
            connection, name, logfile=str(log), max_cron_threads=0, channels="root:0"
        )
        options = [
            *("-n", os.environ.get("WORKERS", "2"), "--dist", "loadfile", "--odoo-http"),
            *(f"--odoo-config={conf}", f"--odoo-database={name}", "--odoo-log-level=warn"),
        ]
        return _pytest("odoo", [*options, *folders], connection.environment())
    finally:
        for left in databases.names(connection):
            if left == name or left.startswith(f"{name}-"):
                databases.drop(connection, left)


def run_system(connection: Connection) -> Result:
    """Run what needs real servers, browsers, or spans addons."""
    skipped = [f"--ignore={path}" for path in PURE]
    # Two files at a time: most of them wait for servers, browsers and clocks.
    shards = ["-n", os.environ.get("WORKERS", "2"), "--dist", "loadfile"]
    options = ["-p", "no:odoo", *shards, *skipped, "tests"]
    return _pytest("system", options, connection.environment())


def _pytest(part: str, arguments: list[str], env: dict[str, str]) -> Result:
    report = places.LOGS / f"test-{part}.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    line(f"\n── {part} tests " + "─" * 50)
    command = [str(places.PYTHON), "-m", "pytest", "-q", SLOWEST, f"--junitxml={report}"]
    if os.environ.get("K"):
        command += ["-k", os.environ["K"]]
    started = time.monotonic()
    code = subprocess.run(
        command + arguments, cwd=places.ROOT, env=env, stdin=subprocess.DEVNULL, check=False
    ).returncode
    return read_report(part, report, code, time.monotonic() - started)


def read_report(part: str, report: Path, code: int, seconds: float) -> Result:
    """Count the results in pytest's own report; it is absent when pytest broke."""
    broken = "" if code in (0, 1, NOTHING_COLLECTED) else f"pytest ended with code {code}"
    if not report.is_file():
        return Result(part, seconds=seconds, broken=broken or "pytest wrote no report")
    suite = next(ElementTree.parse(report).iter("testsuite"))
    counts = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
    failed = counts["failures"] + counts["errors"]
    passed = max(counts["tests"] - failed - counts["skipped"], 0)
    if code == 1 and not failed:
        broken = "pytest failed without naming a test"
    return Result(part, passed, failed, counts["skipped"], seconds, broken)


def summary(results: list[Result]) -> str:
    """Write one line a part and one line for all."""
    rows = []
    for result in results:
        text = f"{result.passed} passed, {result.failed} failed"
        text += f", {result.skipped} skipped" if result.skipped else ""
        text += f" in {duration(result.seconds)}"
        rows.append(f"  {result.part:<8}{text}{'  ✗ ' + result.broken if result.broken else ''}")
    passed = sum(result.passed for result in results)
    failed = sum(result.failed + bool(result.broken) for result in results)
    seconds = duration(sum(result.seconds for result in results))
    return "\n".join([*rows, f"{passed} passed, {failed} failed in {seconds}"])


def is_good(results: list[Result]) -> bool:
    """Tell whether nothing failed and nothing broke."""
    return not any(result.failed or result.broken for result in results)
