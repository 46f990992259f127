"""The three clients, called the same way: a small program of each makes the calls."""

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

from dev.lib.places import ROOT

SDK = ROOT / "stockex_mobile_api" / "sdk"
DRIVERS = Path(__file__).parent / "drivers"
PROGRAMS = {
    "python": [sys.executable, str(DRIVERS / "driver.py")],
    "javascript": ["node", str(DRIVERS / "driver.mjs")],
    "php": ["php", str(DRIVERS / "driver.php")],
}
EXAMPLES = {
    "python": [sys.executable, str(SDK / "python" / "examples" / "count_a_location.py")],
    "javascript": ["node", str(SDK / "javascript" / "examples" / "count_a_location.mjs")],
    "php": ["php", str(SDK / "php" / "examples" / "count_a_location.php")],
}
LANGUAGES = list(PROGRAMS)
TIMEOUT_S = 120
Call = dict[str, Any]


def call(name: str, *places: object, **more: Any) -> Call:
    """Describe a call.

    :param more: body, query, options, or data with media_type.
    """
    return {"name": name, "places": list(places), **more}


def run(language: str, url: str, key: str, calls: list[Call], **settings: float) -> list[Any]:
    """Have a client make calls; return what came of each: value, error or network."""
    program = [*PROGRAMS[language], url, key, json.dumps(settings)]
    results: list[Any] = json.loads(_output(program, json.dumps(calls)))
    return results


def one(language: str, url: str, key: str, wanted: Call, **settings: float) -> Any:
    """Have a client make one call."""
    [result] = run(language, url, key, [wanted], **settings)
    return result


def run_example(language: str, url: str, key: str, *arguments: object) -> str:
    """Run a client's example; return what it prints."""
    program = [*EXAMPLES[language], *map(str, arguments)]
    return _output(program, "", STOCKEX_URL=url, STOCKEX_KEY=key)


def _output(program: list[str], text: str, **env: str) -> str:
    answer = subprocess.run(
        program,
        input=text,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
        env={**os.environ, **env, "PYTHONPATH": str(SDK / "python"), "NO_PROXY": "127.0.0.1"},
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def plan(place: int) -> dict:
    """Describe a count of one place, with a title of its own."""
    title = f"Shelf {uuid.uuid4().hex[:8]} – é"
    return {"title": title, "scope": "locations", "location_ids": [place]}


def titled(world, title: str) -> int:
    """Count the sessions of a title."""
    rows = world.rows(f"SELECT count(*) FROM stockex_count_session WHERE title = '{title}'")
    return int(rows[0][0])
