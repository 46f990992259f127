"""`make sdk`: write the clients of the REST API, and the golden copy of its document.

`python -m dev.sdk --check` writes nothing; it fails on a file that is not up to date, and on a
document that breaks what clients rely on.
"""

import argparse
import importlib.util
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from dev.lib.places import ROOT
from dev.lib.say import Failure, line, step

from . import contract, document, javascript, php, postman, python
from .tidy import tidy
from .words import HEADER

ADDON = ROOT / "stockex_mobile_api"
TARGET = ADDON / "sdk"
GOLDEN = "openapi.v1.json"
# Folders that hold nothing but what is written here.
OWNED = ("python/stockex_client/operations", "php/src/Operations", "postman")


def write(found: document.Document) -> dict[str, str]:
    """Return path below `sdk/` -> text, for all that is written."""
    facts = contract.read(found)
    files = {
        **{f"python/{path}": text for path, text in python.files(facts).items()},
        **{f"javascript/{path}": text for path, text in javascript.files(facts).items()},
        **{f"php/{path}": text for path, text in php.files(facts).items()},
        **{f"postman/{path}": text for path, text in postman.files(facts, found).items()},
    }
    return dict(sorted({**tidy(files), GOLDEN: document.written(found)}.items()))


def stale(files: dict[str, str], target: Path) -> list[str]:
    """Name the files that differ, are missing, or are nobody's any more."""
    found = [
        path
        for path, text in files.items()
        if not (target / path).is_file() or (target / path).read_text(encoding="utf-8") != text
    ]
    return found + sorted(_left_over(files, target))


def _left_over(files: dict[str, str], target: Path) -> Iterable[str]:
    for path in target.rglob("*"):
        name = path.relative_to(target).as_posix()
        if not path.is_file() or name in files or "__pycache__" in path.parts:
            continue
        head = path.read_text(encoding="utf-8", errors="replace")[:200]
        if HEADER in head or name.startswith(OWNED):
            yield name


def breaks(found: document.Document, target: Path) -> list[str]:
    """Say what a document breaks of its golden copy."""
    golden = target / GOLDEN
    if not golden.is_file():
        return []
    before = json.loads(golden.read_text(encoding="utf-8"))
    broken: list[str] = _compatibility().breaks(before, found)
    return broken


def _compatibility() -> ModuleType:
    """Load the addon's own comparison, as pure code: without Odoo."""
    path = ADDON / "pure" / "v1" / "compatibility.py"
    spec = importlib.util.spec_from_file_location("stockex_compatibility", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def save(files: dict[str, str], target: Path) -> list[str]:
    """Write what differs, remove what is left over; return their names."""
    changed = stale(files, target)
    for path in changed:
        if path not in files:
            (target / path).unlink()
            continue
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_text(files[path], encoding="utf-8")
    return changed


def main(arguments: list[str]) -> int:
    """Write, or only check; return 1 if something is left to do."""
    parser = argparse.ArgumentParser(prog="make sdk", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing")
    given = parser.parse_args(arguments)
    try:
        found = document.read()
        files = write(found)
    except Failure as failure:
        line(str(failure))
        return 1
    broken = breaks(found, TARGET)
    for text in broken:
        line(f"✗ breaks /v1: {text}")
    if broken and (given.check or os.environ.get("BREAK", "") in ("", "0")):
        line("  A published version never breaks; before its first release: BREAK=1 make sdk")
        return 1
    if given.check:
        return _tell_stale(stale(files, TARGET))
    with step("Writing the clients"):
        changed = save(files, TARGET)
    line(f"  {len(files)} files, {len(changed)} changed")
    return 0


def _tell_stale(names: list[str]) -> int:
    for name in names:
        line(f"✗ stockex_mobile_api/sdk/{name} is not up to date: make sdk")
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
