"""Which linters there are, and how each is called."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dev.lib.places import PYTHON, ROOT, present_addons

BIN = PYTHON.parent
NODE = ROOT / "dev" / "node_modules" / ".bin"
CONFIG = ROOT / "dev"
Command = list[str]
SCRIPTS = ("sdk/javascript/**/*.js", "sdk/javascript/**/*.mjs", "static/tests/**/*.mjs")

# What pylint-odoo and the OCA checks ask of every module, and this project decided otherwise.
OCA_DISABLED = "prefer-readme-rst,xml-header-wrong,xml-field-numeric-without-eval"


@dataclass(frozen=True)
class Tool:
    """One linter: the commands that check, and those that mend first."""

    name: str
    check: Callable[[], Sequence[Command]]
    mend: Callable[[], Sequence[Command]] = tuple


def tools() -> list[Tool]:
    """List the linters, the slowest first."""
    return [
        Tool("pylint-odoo", _pylint),
        Tool("mypy", _mypy),
        Tool("prettier", lambda: _prettier("--check"), lambda: _prettier("--write")),
        Tool("eslint", _eslint, lambda: _eslint("--fix")),
        Tool("oca-module", _oca_module),
        Tool("bandit", _bandit),
        Tool("oca-po", _oca_po),
        Tool("ruff", lambda: [_ruff("check")], lambda: [_ruff("check", "--fix")]),
        Tool("ruff-format", lambda: [_ruff("format", "--check")], lambda: [_ruff("format")]),
        Tool("sdk", lambda: [[str(PYTHON), "-m", "dev.sdk", "--check"]]),
        Tool("translations", lambda: [[str(PYTHON), "-m", "dev.i18n", "--check"]]),
    ]


def _bin(name: str, *arguments: str) -> Command:
    return [str(BIN / name), *arguments]


def _files(*patterns: str) -> list[str]:
    found = [
        path.relative_to(ROOT).as_posix()
        for addon in present_addons()
        for pattern in patterns
        for path in sorted((ROOT / addon).glob(pattern))
    ]
    return [name for name in found if "/static/lib/" not in name and "/i18n/" not in name]


def _ruff(verb: str, *arguments: str) -> Command:
    concise = [] if arguments == () and verb == "format" else ["--output-format=concise"]
    return _bin("ruff", verb, "--quiet", *concise, *arguments, ".")


def _pylint() -> list[Command]:
    # The option does not work from the configuration file.
    merging = "--disable=consider-merging-classes-inherited"
    return [_bin("pylint", "--rcfile=.pylintrc", merging, *present_addons())]


def _mypy() -> list[Command]:
    """Check each addon's pure code by itself: their packages have equal names."""
    return [
        _bin("mypy", "--config-file=mypy.ini", f"{addon}/{folder}")
        for addon in present_addons()
        for folder in ("pure", "sdk/python/stockex_client")
        if any((ROOT / addon / folder).rglob("*.py"))
    ]


def _bandit() -> list[Command]:
    shape = ("--format=custom", "--msg-template={relpath}:{line}: {test_id} {msg}", "--recursive")
    common = _bin("bandit", "--quiet", "--exclude=*/tests/*,*/node_modules/*", *shape)
    # The tools read only what they wrote themselves: there, only grave findings count.
    return [[*common, "-ll", "-ii", *present_addons()], [*common, "-lll", "dev"]]


def _oca_module() -> list[Command]:
    return [_bin("oca-checks-odoo-module", f"--disable={OCA_DISABLED}", *present_addons())]


def _oca_po() -> list[Command]:
    files = [
        path.relative_to(ROOT).as_posix()
        for addon in present_addons()
        for path in sorted((ROOT / addon / "i18n").glob("*.po*"))
    ]
    # How the files are wrapped is the merge's business.
    return [_bin("oca-checks-po", "--disable=po-pretty-format", *files)] if files else []


def _prettier(mode: str) -> list[Command]:
    kinds = ("js", "scss", "css")
    files = _files("**/*.xml", *(f"static/**/*.{kind}" for kind in kinds), *SCRIPTS)
    plugin = NODE.parent / "@prettier" / "plugin-xml" / "src" / "plugin.js"
    rules = CONFIG / ".prettierrc.json"
    config = [f"--config={rules}", f"--plugin={plugin}", "--log-level=warn"]
    return [[str(NODE / "prettier"), *config, mode, *files]] if files else []


def _eslint(*arguments: str) -> list[Command]:
    files = _files("static/src/**/*.js", "static/tests/**/*.js", *SCRIPTS)
    config = f"--config={CONFIG / 'eslint.config.mjs'}"
    return [[str(NODE / "eslint"), config, *arguments, *files]] if files else []


def by_name(names: Sequence[str]) -> list[Tool]:
    """Pick the linters of these names; all without a name."""
    known = {tool.name: tool for tool in tools()}
    return [known[name] for name in names] if names else list(known.values())


def missing(tool: Tool) -> Path | None:
    """Return a program that a linter needs and that is not there."""
    for command in tool.check():
        program = Path(command[0])
        if not program.exists():
            return program
    return None
