"""What may lie in an addon, and who must name it."""

import ast
import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from .names import imports
from .tree import Source, Tree

MAX_FILE_LINES = 300
WITH_DATA = ("data", "demo", "views", "security", "wizards", "reports")
IMPORTED = ("models", "wizards", "reports", "controllers")
OWN_TOPS = ("dev", "tests")


def long_files(tree: Tree) -> list[str]:
    """Find hand-written files that have grown past the limit."""
    return [
        f"{tree.name(path)}: {count} lines, {MAX_FILE_LINES} are the limit"
        for top in (*tree.addons, *OWN_TOPS)
        for path in tree.written_by_hand(top, "*.py", "*.js", "*.xml")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > MAX_FILE_LINES
    ]


def equal_test_names(tree: Tree) -> list[str]:
    """Find test files of one name in an addon: Odoo runs only one of them."""
    found = []
    for addon in tree.addons:
        names = defaultdict(list)
        for path in tree.files(addon, "test_*.py", "*.test.js"):
            names[path.name].append(tree.name(path))
        found += [" and ".join(paths) for paths in names.values() if len(paths) > 1]
    return found


def unlisted_data(tree: Tree) -> list[str]:
    """Find data files that no manifest loads, and manifest lines without a file."""
    found = []
    for addon in tree.addons:
        manifest = tree.manifest(addon)
        listed = [*manifest.get("data", []), *manifest.get("demo", [])]
        there = {
            path.relative_to(tree.root / addon).as_posix()
            for folder in WITH_DATA
            for path in tree.files(f"{addon}/{folder}", "*.xml", "*.csv")
        }
        found += [f"{addon}/{name}: no manifest lists it" for name in sorted(there - set(listed))]
        found += [
            f"{addon}/__manifest__.py: {name} does not exist"
            for name in listed
            if not (tree.root / addon / name).is_file()
        ]
        twice = [name for name, count in Counter(listed).items() if count > 1]
        found += [f"{addon}/__manifest__.py: {name} is listed twice" for name in twice]
    return found


def unlisted_assets(tree: Tree) -> list[str]:
    """Find browser files that no bundle contains and no controller serves."""
    found = []
    for addon in tree.addons:
        bundled: set[str] = set()
        for above in tree.addons:
            for entries in tree.manifest(above).get("assets", {}).values():
                bundled.update(*(tree.matched(one) for one in map(_pattern, entries)))
        served = _controllers(tree, addon)
        found += [
            f"{name}: in no bundle of `assets`"
            for top in ("src", "tests")
            for path in tree.files(f"{addon}/static/{top}", "*.js", "*.xml", "*.scss", "*.css")
            if (name := tree.name(path)) not in bundled and path.name not in served
        ]
    return found


def _pattern(entry: object) -> str:
    """Return what a bundle's line adds: the last part of ('after', target, path)."""
    if isinstance(entry, str):
        return entry
    assert isinstance(entry, (tuple, list))
    return "" if entry[0] in ("remove", "include") else str(entry[-1])


def _controllers(tree: Tree, addon: str) -> str:
    return "\n".join(s.text for s in tree.sources if s.addon == addon and s.folder == "controllers")


def equal_xml_ids(tree: Tree) -> list[str]:
    """Find two records of one id in an addon: the second silently replaces the first."""
    found = []
    for addon in tree.addons:
        places = defaultdict(list)
        for folder in WITH_DATA:
            for path in tree.files(f"{addon}/{folder}", "*.xml", "*.csv"):
                for identifier, line in _ids(path):
                    own = identifier.removeprefix(f"{addon}.")
                    places[own].append(f"{tree.name(path)}:{line}")
        found += [
            f"{identifier}: {' and '.join(where)}"
            for identifier, where in places.items()
            if len(where) > 1 and "." not in identifier
        ]
    return found


def _ids(path: Path) -> Iterator[tuple[str, int]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as lines:
            for row in (reader := csv.DictReader(lines)):
                yield row.get("id") or "", reader.line_num
        return
    for node in etree.parse(path).iter("record", "template", "menuitem"):
        if identifier := node.get("id"):
            yield identifier, node.sourceline


def unreached_modules(tree: Tree) -> list[str]:
    """Find modules that importing the addon does not import."""
    found = []
    for addon in tree.addons:
        sources = {s.module: s for s in tree.sources if s.addon == addon and not s.is_test}
        reached = _reached(sources)
        found += [
            source.at(1, "no `__init__` leads here")
            for module, source in sources.items()
            if source.folder in IMPORTED and module not in reached and source.text.strip()
        ]
    return found


def _reached(sources: dict[tuple[str, ...], Source]) -> set[tuple[str, ...]]:
    reached: set[tuple[str, ...]] = set()
    todo: list[tuple[str, ...]] = [()]
    while todo:
        module = todo.pop()
        if module in reached or module not in sources:
            continue
        reached.add(module)
        for _node, target, _top in imports(sources[module]):
            if target.startswith("./"):
                parts = tuple(target.removeprefix("./").split("/"))
                todo += [parts[:length] for length in range(1, len(parts) + 1)]
    return reached


def unreached_tests(tree: Tree) -> list[str]:
    """Find Odoo tests that never run: Odoo sees only modules named in `tests/__init__.py`."""
    found = []
    for addon in tree.addons:
        sources = {s.inside: s for s in tree.sources if s.addon == addon}
        for source in sources.values():
            name = source.path.name
            if source.folder == "tests" and name.startswith("test_"):
                if problem := _export_problem(sources, source):
                    found.append(source.at(1, problem))
    return found


def _export_problem(sources: dict[str, Source], test: Source) -> str:
    *packages, module = test.module
    wanted = {f"from . import {module}", f"from .{module} import *"}
    while packages:
        inside = "/".join([*packages, "__init__.py"])
        if inside not in sources:
            return f"{inside} is missing"
        if not wanted & set(_from_lines(sources[inside].code)):
            return f"{inside} lacks `{min(wanted)}`"
        wanted = {f"from .{packages.pop()} import *"}
    return ""


def _from_lines(code: ast.Module) -> Iterator[str]:
    for node in code.body:
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            for alias in node.names:
                yield f"from .{node.module or ''} import {alias.name}"


def plain_unittests(tree: Tree) -> list[str]:
    """Find plain `unittest.TestCase` classes below `tests/`: Odoo skips them silently."""
    return [
        source.at(node, "Odoo skips a plain unittest.TestCase; use BaseCase or pytest in pure/")
        for source in tree.sources
        if source.folder == "tests"
        for node in ast.walk(source.code)
        if isinstance(node, ast.ClassDef)
        and any(re.fullmatch(r"(unittest\.)?TestCase", ast.unparse(base)) for base in node.bases)
    ]
