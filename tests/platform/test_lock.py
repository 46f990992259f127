from importlib.metadata import PackageNotFoundError, distribution, distributions

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from dev.lib import places

DEBIAN_12 = "3.11.2"
PINS = [
    row.split("==")
    for row in places.LOCK_FILE.read_text().splitlines()
    if row and not row.startswith("#")
]


def test_every_requirement_is_pinned_to_one_version():
    assert [pin for pin in PINS if len(pin) != 2 or "*" in pin[1]] == []


@pytest.mark.parametrize("name", [name for name, _version in PINS])
def test_a_pinned_package_runs_on_the_python_of_debian_12(name):
    wanted = distribution(name).metadata.get("Requires-Python") or ""

    assert SpecifierSet(wanted).contains(DEBIAN_12)


@pytest.mark.parametrize("file", ["requirements.txt", "dev/requirements-tools.txt"])
def test_a_direct_requirement_is_in_the_lock(file):
    rows = [row for row in (places.ROOT / file).read_text().splitlines() if row[:1] != "#"]
    pinned = {name.lower().replace("_", "-") for name, _version in PINS}
    wanted = {
        row.split("=")[0].split(">")[0].split("<")[0].strip().lower().replace("_", "-")
        for row in rows
    }

    assert wanted - pinned == set()


@pytest.mark.parametrize("name", [name for name, _version in PINS])
def test_what_a_pinned_package_needs_is_pinned(name):
    needed = [Requirement(text) for text in distribution(name).requires or []]
    pinned = {name.lower().replace("_", "-") for name, _version in PINS} | {"setuptools", "pip"}
    wanted = {
        need.name.lower().replace("_", "-")
        for need in needed
        if need.marker is None or need.marker.evaluate({"extra": ""})
    }

    assert wanted - pinned - {"psycopg2", "odoo"} == set()


def test_nothing_is_installed_beside_the_lock():
    pinned = {name.lower().replace("_", "-") for name, _version in PINS}
    tools = {"pip", "setuptools", "odoo"}
    found = {found.metadata["Name"].lower().replace("_", "-") for found in distributions()}

    assert found - pinned - tools == set()


def test_the_packages_that_odoo_calls_otherwise_are_there():
    assert distribution("psycopg2-binary").version
    with pytest.raises(PackageNotFoundError):
        distribution("psycopg2")
