"""The addons' plain JavaScript modules, tested by node: `static/tests/**/*.test.mjs`."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from dev.lib import places

FILES = sorted(
    path.relative_to(places.ROOT).as_posix()
    for addon in places.present_addons()
    for path in (places.ROOT / addon / "static" / "tests").rglob("*.test.mjs")
)
MINUTES = 3


def run_node(path: Path) -> subprocess.CompletedProcess[str]:
    """Run one test file as the person at the keyboard would."""
    node = shutil.which("node")
    assert node, "node is missing: make setup installs it"
    return subprocess.run(
        [node, "--test", "--test-reporter=tap", str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=MINUTES * 60,
    )


def count(report: str, what: str) -> int:
    """Read a total from the end of node's report."""
    found = re.search(rf"^# {what} (\d+)$", report, re.MULTILINE)
    return int(found[1]) if found else 0


def test_there_are_modules_to_test():
    assert FILES


@pytest.mark.parametrize("name", FILES)
def test_module(name):
    answer = run_node(places.ROOT / name)

    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert count(answer.stdout, "pass") > 0, answer.stdout
    assert count(answer.stdout, "fail") == 0


def test_a_failing_test_is_noticed(tmp_path):
    path = tmp_path / "wrong.test.mjs"
    path.write_text("import test from 'node:test';\ntest('no', () => { throw new Error('x'); });\n")

    answer = run_node(path)

    assert answer.returncode != 0
    assert count(answer.stdout, "fail") == 1
