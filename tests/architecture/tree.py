"""The files of a checkout, each read and parsed once."""

import ast
import fnmatch
import glob
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ADDONS = (
    "stockex",
    "stockex_marketplace",
    "stockex_pricing",
    "stockex_crm",
    "stockex_mobile_api",
)
# What each addon may look down to; pricing and customers never see one another.
LOWER: dict[str, frozenset[str]] = {
    "stockex": frozenset(),
    "stockex_marketplace": frozenset({"stockex"}),
    "stockex_pricing": frozenset({"stockex", "stockex_marketplace"}),
    "stockex_crm": frozenset({"stockex", "stockex_marketplace"}),
    "stockex_mobile_api": frozenset(ADDONS[:4]),
}
SKIPPED = {"node_modules", "__pycache__", "build", "dist"}


@dataclass(frozen=True)
class Source:
    """One Python file: where it is and what it says."""

    path: Path
    addon: str
    inside: str  # its path below the addon, "models/counting/count_line.py"

    @property
    def folder(self) -> str:
        """The first folder below the addon; empty for a file at its root."""
        return self.inside.split("/")[0] if "/" in self.inside else ""

    @property
    def is_test(self) -> bool:
        return "tests" in self.inside.split("/")[:-1]

    @property
    def module(self) -> tuple[str, ...]:
        """The dotted path below the addon; a package is named without `__init__`."""
        parts = tuple(self.inside.removesuffix(".py").split("/"))
        return parts[:-1] if parts[-1] == "__init__" else parts

    @property
    def package(self) -> tuple[str, ...]:
        return tuple(self.inside.split("/")[:-1])

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def code(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    def at(self, node: ast.AST | int, what: str) -> str:
        line = node if isinstance(node, int) else getattr(node, "lineno", 1)
        return f"{self.addon}/{self.inside}:{line}: {what}"


class Tree:
    """A checkout with some of the suite's addons."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def addons(self) -> list[str]:
        return [name for name in ADDONS if (self.root / name / "__manifest__.py").is_file()]

    def manifest(self, addon: str) -> dict[str, Any]:
        path = self.root / addon / "__manifest__.py"
        found: dict[str, Any] = ast.literal_eval(path.read_text(encoding="utf-8"))
        return found

    def files(self, top: str, *patterns: str) -> Iterator[Path]:
        """Yield the files below a folder of the root whose name fits a pattern."""
        for path in sorted((self.root / top).rglob("*")):
            below = path.relative_to(self.root / top).parts
            foreign = "static/lib/" in path.relative_to(self.root).as_posix()
            if foreign or SKIPPED & set(below) or any(part.startswith(".") for part in below):
                continue
            if path.is_file() and any(fnmatch.fnmatch(path.name, one) for one in patterns):
                yield path

    @cached_property
    def sources(self) -> list[Source]:
        """Every Python file of every addon, but its manifest."""
        return [
            Source(path, addon, path.relative_to(self.root / addon).as_posix())
            for addon in self.addons
            for path in self.files(addon, "*.py")
            if path.name != "__manifest__.py"
        ]

    def name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def matched(self, pattern: str) -> set[str]:
        """List the files an asset pattern names, as Odoo reads it."""
        found = glob.glob(pattern.lstrip("/"), root_dir=self.root, recursive=True)
        return {name for name in found if (self.root / name).is_file()}
