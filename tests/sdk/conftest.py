"""A stocked warehouse and keys for it."""

import pytest


@pytest.fixture(scope="session")
def world(server) -> "World":  # noqa: F821  the import needs the environment's packages
    """People and goods on the server of the run."""
    from tests.faults.world import World

    return World(server)


@pytest.fixture(scope="session")
def key(server, world) -> str:
    """A key of the stock controller, with every scope and no limit."""
    from tests.support.api import issue

    return issue(server, "carla")
