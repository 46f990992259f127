"""Each linter finds a planted fault, so none of them runs for nothing."""

import shutil
from pathlib import Path

import pytest

from dev.lib import places
from dev.lint import __main__ as lint
from dev.lint import tools
from dev.lint.tools import Tool

TERM = """#. module: planted
#: model:res.partner,name:planted.a
msgid "A %s"
msgstr "Un %s"
"""
GOOD = {
    "__manifest__.py": """{
    "name": "Planted",
    "summary": "A small addon",
    "version": "19.0.1.0.0",
    "category": "Tools",
    "author": "Stockex",
    "license": "LGPL-3",
    "depends": ["base"],
    "data": ["views/a.xml"],
}
""",
    "__init__.py": "from . import models\n",
    "README.md": "# Planted\n",
    "models/__init__.py": "from . import a\n",
    "models/a.py": "from odoo import models\n\n\nclass A(models.AbstractModel):\n"
    '    _name = "planted.a"\n    _description = "A"\n',
    "pure/__init__.py": "",
    "pure/b.py": "def double(number: int) -> int:\n    return 2 * number\n",
    "views/a.xml": '<?xml version="1.0" encoding="utf-8"?>\n<odoo>\n'
    '    <record id="a" model="res.partner">\n        <field name="name">A</field>\n'
    "    </record>\n</odoo>\n",
    "static/src/a.js": "export const a = 1;\n",
    "static/description/icon.png": "",
    "i18n/fr.po": 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n\n' + TERM,
}
FAULTS = {
    "pylint-odoo": ("__manifest__.py", GOOD["__manifest__.py"].replace("19.0.1", "18.0.1")),
    "mypy": ("pure/b.py", "def double(number):\n    return 2 * number\n"),
    "prettier": ("static/src/a.js", "export const a = { b:1 }\n"),
    "eslint": ("static/src/a.js", "export const a = 1 == b;\n"),
    "oca-module": (
        "views/a.xml",
        GOOD["views/a.xml"].replace(
            "</odoo>", '    <record id="a" model="res.partner"></record>\n</odoo>'
        ),
    ),
    "bandit": ("models/a.py", "def f(a):\n    return eval(a)  # noqa: S307\n"),
    "oca-po": ("i18n/fr.po", GOOD["i18n/fr.po"] + TERM),
    "ruff": ("models/a.py", "import os\n"),
    "ruff-format": ("models/a.py", "a = {'b' : 1}\n"),
}


@pytest.fixture
def planted(tmp_path, monkeypatch) -> Path:
    """A checkout with one addon without a fault."""
    for name in (".pylintrc", "mypy.ini", "ruff.toml"):
        shutil.copy(places.ROOT / name, tmp_path)
    (tmp_path / "dev").mkdir()
    for name, text in GOOD.items():
        path = tmp_path / "planted" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    config = (places.ROOT / "dev" / "eslint.config.mjs").read_text()
    monkeypatch.setattr(tools, "ROOT", tmp_path)
    monkeypatch.setattr(tools, "present_addons", lambda: ["planted"])
    monkeypatch.setattr(lint, "ROOT", tmp_path)
    monkeypatch.setattr(tools, "CONFIG", tmp_path / "dev")
    (tmp_path / "dev" / "eslint.config.mjs").write_text(config.replace("stockex*", "planted"))
    shutil.copy(places.ROOT / "dev" / ".prettierrc.json", tmp_path / "dev")
    (tmp_path / "dev" / "node_modules").symlink_to(places.ROOT / "dev" / "node_modules")
    return tmp_path / "planted"


@pytest.mark.parametrize("name", FAULTS)
def test_a_linter_passes_the_good_addon_and_finds_the_fault(planted, name):
    (tool,) = tools.by_name([name])
    before = lint.run(tool)

    path, text = FAULTS[name]
    (planted / path).write_text(text)
    after = lint.run(tool)

    assert before.good, before.text
    assert not after.good
    assert after.text


def test_each_linter_but_those_with_tests_of_their_own_is_tried_here():
    assert {tool.name for tool in tools.tools()} - set(FAULTS) == {"sdk", "translations"}


def test_a_linter_that_is_not_installed_counts_as_a_finding():
    result = lint.run(Tool("absent", lambda: [["/nowhere/absent"]]))

    assert not result.good
    assert "absent is not installed" in result.text


def test_every_linter_runs_even_if_the_first_finds_something(monkeypatch, capsys):
    fake = [
        Tool("first", lambda: [["/bin/false"]]),
        Tool("second", lambda: [["/bin/true"]]),
    ]
    monkeypatch.setattr(lint, "tools", lambda: fake)
    monkeypatch.setattr(lint, "by_name", lambda _names: fake)
    monkeypatch.setattr(lint, "ensure_node", lambda: None)

    code = lint.main([])

    said = capsys.readouterr().out
    assert code == 1
    assert "✗ first" in said
    assert "✓ second" in said
    assert "1 clean, 1 with findings" in said
