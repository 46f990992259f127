"""Each addon installs alone in its order, updates, and leaves without a trace."""

import os
import re

import pytest

from dev.lib import builds, databases, odoo_run, places, setup

TROUBLE = re.compile(r" (WARNING|ERROR|CRITICAL) ")
# About this machine, not about the addons.
HARMLESS = re.compile(r"Running as user 'root'|http_interface|phonenumbers|wkhtmltopdf")


@pytest.fixture(scope="module")
def database():
    """A copy of the base, in which none of the suite is installed."""
    connection = setup.server()
    builds.ensure_base(connection)
    name = f"{databases.TEST}_life{os.getpid()}"
    databases.copy(connection, databases.BASE, name)
    try:
        yield connection, name
    finally:
        databases.drop(connection, name)


def troubles(name):
    """Take the warnings and errors out of a database's log, and begin it anew."""
    log = places.LOGS / f"odoo-{name}.log"
    found = [
        line
        for line in log.read_text().splitlines()
        if TROUBLE.search(line) and not HARMLESS.search(line)
    ]
    log.unlink()
    return found


def test_the_addons_install_update_and_leave_without_a_warning(database):
    connection, name = database

    for addon in places.present_addons():
        odoo_run.install(connection, name, new=[addon])
        assert troubles(name) == [], addon
    odoo_run.install(connection, name, changed=["stockex"])
    assert troubles(name) == []
    answer = odoo_run.script(
        connection, name, "uninstall", addons=list(reversed(places.present_addons()))
    )

    assert answer["left"] == []
    assert troubles(name) == []
    states = databases.installed_modules(connection, name)
    assert not {states.get(addon) for addon in places.ADDONS} & {"installed", "to remove"}
