"""`python -m dev.lint [--fix] [TOOL …]`: run the linters, say what each found."""

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from dev.lib.places import ROOT
from dev.lib.python_env import ensure_node
from dev.lib.say import Failure, duration, line

from .tools import Command, Tool, by_name, missing, tools


@dataclass(frozen=True)
class Result:
    """What a linter said, and how long it took."""

    tool: str
    seconds: float
    good: bool
    text: str


def run(tool: Tool) -> Result:
    """Run a linter's commands; one that is not there counts as a finding."""
    started = time.monotonic()
    absent = missing(tool)
    if absent:
        return Result(tool.name, 0, False, f"{absent.name} is not installed: make setup")
    answers = [_call(command) for command in tool.check()]
    text = "\n".join(said for _code, said in answers if said)
    good = all(code == 0 for code, _said in answers)
    return Result(tool.name, time.monotonic() - started, good, text)


def _call(command: Command) -> tuple[int, str]:
    # The warnings of Python's and Node's own do not concern the reader.
    env = {**os.environ, "PYTHONWARNINGS": "ignore", "NODE_NO_WARNINGS": "1", "NO_COLOR": "1"}
    answer = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    return answer.returncode, (answer.stdout + answer.stderr).strip()


def show(result: Result) -> None:
    """Print one line, and below it what the linter found."""
    sign = "✓" if result.good else "✗"
    line(f"{sign} {result.tool:<14}{duration(result.seconds):>8}")
    if not result.good:
        line("    " + (result.text or "failed without a word").replace("\n", "\n    "))


def main(arguments: list[str]) -> int:
    """Run the linters; return 1 if one of them found something."""
    parser = argparse.ArgumentParser(prog="make lint", description=__doc__)
    parser.add_argument("--fix", action="store_true", help="format and mend what can be mended")
    parser.add_argument("tools", nargs="*", metavar="TOOL", help="all without a name")
    given = parser.parse_args(arguments)
    names = [tool.name for tool in tools()]
    if unknown := set(given.tools) - set(names):
        parser.error(f"{', '.join(unknown)}: choose from {', '.join(names)}")
    started = time.monotonic()
    chosen = by_name(given.tools)
    try:
        ensure_node()
    except Failure as failure:
        line(str(failure))
    if given.fix:
        for command in (command for tool in chosen for command in tool.mend()):
            _call(command)
    with ThreadPoolExecutor(2) as pool:
        results = [pool.submit(run, tool) for tool in chosen]
        for result in results:
            show(result.result())
    bad = sum(not result.result().good for result in results)
    seconds = duration(time.monotonic() - started)
    line(f"{len(results) - bad} clean, {bad} with findings in {seconds}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
