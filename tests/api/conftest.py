"""A server with the demo story behind the REST API."""

from collections.abc import Callable, Iterator

import pytest


@pytest.fixture(scope="package")
def story() -> Iterator["Server"]:  # noqa: F821  the import needs the environment's packages
    """One server on a copy of the demo database, with its scheduled actions running."""
    from dev.lib import databases
    from tests.support.server import Server

    with Server(databases.DEMO, crons=1) as running:
        yield running


@pytest.fixture(scope="package")
def client(story) -> Callable[..., "Api"]:  # noqa: F821
    """Return clients by login and scopes."""
    from tests.support.api import Api, issue

    return lambda login, *scopes, **facts: Api(story, issue(story, login, *scopes, **facts))
