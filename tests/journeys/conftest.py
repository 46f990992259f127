"""Journeys walk through the demo story, each module on its own copy."""

from collections.abc import Iterator

import pytest

PASSWORD = "demo"


@pytest.fixture(scope="module")
def server() -> Iterator["Server"]:  # noqa: F821  the import needs the environment's packages
    """A server on a copy of the demo database, with its job runner."""
    from dev.lib import builds, databases, setup
    from tests.support.server import Server

    builds.ensure_demo(setup.server())
    with Server(databases.DEMO) as running:
        yield running
