"""A real server on the demo story, for what a phone does with it."""

import pytest

# Connections that a test cuts, and fonts of the login page, leave errors on the console.
OFFLINE = (r"Failed to load resource",)


@pytest.fixture(scope="module")
def server():
    """A server on a copy of the demo database."""
    from dev.lib import databases
    from tests.support.server import Server

    with Server(databases.DEMO) as running:
        running.sql("UPDATE res_partner SET lang = 'en_US'")
        yield running


@pytest.fixture
def browser(server):
    from tests.support.browser import Chromium

    with Chromium(server, ignore=OFFLINE) as chromium:
        yield chromium
