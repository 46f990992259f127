"""One server with a stocked warehouse for the whole folder; phones and lines for each test."""

from collections.abc import Callable, Iterator

import pytest

from tests.faults.world import World
from tests.support.browser import Chromium
from tests.support.server import Server

from .handheld import PHONE, Handheld
from .line import Line

# Lines are cut and servers answer nonsense on purpose here.
BROKEN_LINES = [r"net::ERR_", r"status of (404|5\d\d)"]


@pytest.fixture(scope="package")
def world() -> Iterator[World]:
    """A warehouse with its people."""
    with Server() as server:
        yield World(server)


@pytest.fixture
def line(world: World) -> Iterator[Line]:
    with Line(world.server.port) as running:
        yield running


@pytest.fixture
def chromium(line: Line) -> Iterator[Chromium]:
    """A browser that sees the server through the line."""
    with Chromium(line, ignore=BROKEN_LINES) as browser:
        yield browser


@pytest.fixture
def phone(chromium: Chromium, line: Line) -> Iterator[Callable[..., Handheld]]:
    """Make devices, each with nothing on it."""
    made: list[Handheld] = []

    def make(**more: object) -> Handheld:
        made.append(Handheld(chromium.context(**{**PHONE, **more}), line))
        return made[-1]

    yield make
    for one in made:
        one.close()
