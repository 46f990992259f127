"""The wheels hold the whole suite: Odoo installs it from them alone."""

import ast
import os
import subprocess
import sys
import sysconfig
from email.parser import HeaderParser
from pathlib import Path
from zipfile import ZipFile

import pytest

from dev import wheels
from dev.lib import builds, databases, odoo_conf, places, setup
from dev.lib.connection import query
from dev.lib.stamps import only_one

FOLDERS = ("pure", "models", "controllers", "static", "i18n", "data", "security", "views")
LOCATE = """
import json, sys
import odoo.addons
from odoo.modules.module import get_module_path
print(json.dumps({name: get_module_path(name) or "" for name in sys.argv[1:]}))
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> dict[str, Path]:
    dist = tmp_path_factory.mktemp("dist")
    return {addon: wheels.build(addon, dist) for addon in places.present_addons()}


@pytest.fixture(scope="module")
def clean(built, tmp_path_factory) -> Path:
    """An environment with the wheels; Odoo and the libraries come from ours."""
    folder = tmp_path_factory.mktemp("clean") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin" / "python"
    site = Path(_output(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"))
    (site / "ours.pth").write_text(
        f"{sysconfig.get_path('purelib')}\n{places.odoo_packages_dir()}\n"
    )
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--python", python, "install", "--quiet"),
            *("--no-index", "--no-deps", "--disable-pip-version-check", *built.values()),
        ],
        check=True,
    )
    return python


def _output(python: Path, *arguments: str) -> str:
    """Run Python away from the checkout, so that nothing is found by chance."""
    return subprocess.run(
        [str(python), *arguments], cwd="/", check=True, capture_output=True, text=True
    ).stdout.strip()


def _manifest(addon: str) -> dict:
    return ast.literal_eval((places.ROOT / addon / "__manifest__.py").read_text())


def test_there_is_one_wheel_an_addon_with_the_manifests_version(built):
    names = [wheel.name for wheel in built.values()]

    assert names == [
        f"odoo_addon_{addon}-{_manifest(addon)['version']}-py3-none-any.whl"
        for addon in places.ADDONS
    ]


def test_a_wheel_holds_each_file_of_its_addon_and_no_other(built):
    for addon, wheel in built.items():
        expected = {name for name in wheels.addon_files(addon) if name != "pyproject.toml"}

        assert wheels.contents(wheel) == expected, addon
        assert "static/description/icon.png" in expected
        assert not any("__pycache__" in name or name.endswith(".pyc") for name in expected)


def test_the_wheel_of_the_counts_holds_each_kind_of_folder(built):
    found = {name.split("/")[0] for name in wheels.contents(built["stockex"])}

    assert set(FOLDERS) <= found


def test_a_wheel_asks_for_the_wheels_below_it(built):
    for addon, wheel in built.items():
        with ZipFile(wheel) as packed:
            name = next(name for name in packed.namelist() if name.endswith("/METADATA"))
            metadata = HeaderParser().parsestr(packed.read(name).decode())
        needed = set(metadata.get_all("Requires-Dist", []))
        ours = [name for name in _manifest(addon)["depends"] if name.startswith("stockex")]

        assert metadata["Name"] == f"odoo-addon-{addon}"
        assert {f"odoo-addon-{name}==19.0.*" for name in ours} <= needed


def test_what_lies_about_in_the_checkout_does_not_get_in(tmp_path):
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text("*.log\n")
    (tmp_path / "stockex").mkdir()
    for name in ("__manifest__.py", "a.log", "b.py"):
        (tmp_path / "stockex" / name).write_text("{}")

    assert wheels.addon_files("stockex", tmp_path) == ["__manifest__.py", "b.py"]


def test_a_checkout_older_than_any_zip_makes_its_wheel(tmp_path):
    root = tmp_path / "old"
    source = wheels.copy_addon("stockex_crm", root)
    subprocess.run(["git", "init", "--quiet", root], check=True)
    for path in source.rglob("*"):
        os.utime(path, (0, 0))

    first = wheels.build("stockex_crm", tmp_path / "first", root)
    second = wheels.build("stockex_crm", tmp_path / "second", root)

    assert wheels.contents(first) == set(wheels.addon_files("stockex_crm")) - {"pyproject.toml"}
    assert first.read_bytes() == second.read_bytes()


def test_each_dependency_is_found_and_ours_come_from_the_wheels(clean):
    needed = {name for addon in places.ADDONS for name in _manifest(addon)["depends"]}

    found = ast.literal_eval(_output(clean, "-c", LOCATE, *sorted(needed | set(places.ADDONS))))

    assert [name for name, path in found.items() if not path] == []
    for addon in places.ADDONS:
        assert found[addon].startswith(str(clean.parents[1])), addon


def test_odoo_installs_the_suite_from_the_wheels(clean, tmp_path):
    connection = setup.server()
    name = f"{databases.BASE}_w{os.getpid()}"
    with only_one("databases"):
        builds.ensure_base(connection)
        databases.copy(connection, databases.BASE, name)
    try:
        options = odoo_conf.options(name, 8069, connection.env)
        del options["addons_path"]  # nothing but the environment
        (tmp_path / "odoo.conf").write_text(odoo_conf.render(options))
        answer = subprocess.run(
            [
                *(clean, places.odoo_script(), "-c", tmp_path / "odoo.conf"),
                *("-i", ",".join(places.ADDONS), "--no-http", "--stop-after-init"),
            ],
            cwd=tmp_path,
            env=connection.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        rows = query(
            connection,
            "SELECT name, state, latest_version FROM ir_module_module "
            "WHERE name LIKE 'stockex%' ORDER BY name",
            name,
        )
    finally:
        databases.drop(connection, name)

    assert answer.returncode == 0, answer.stderr[-3000:]
    assert rows == sorted(
        [addon, "installed", _manifest(addon)["version"]] for addon in places.ADDONS
    )
