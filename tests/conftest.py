"""Fixtures of the tests on real servers."""

from collections.abc import Iterator

import pytest

from tests.support.simulators.fixtures import (  # noqa: F401
    discord,
    push_service,
    slack,
    teams,
    telegram,
    twilio,
    vonage,
    webhook_receiver,
)


@pytest.fixture(scope="session")
def server() -> Iterator["Server"]:  # noqa: F821  the import needs the environment's packages
    """One server on a copy of the test database, for tests that do not kill it."""
    from tests.support.server import Server

    with Server() as running:
        yield running


@pytest.fixture
def chromium(server) -> Iterator["Chromium"]:  # noqa: F821
    """A browser on that server; fails the test on a console error."""
    from tests.support.browser import Chromium

    with Chromium(server) as browser:
        yield browser
        browser.check_console()
