"""One server, one stocked warehouse and one seed for the whole folder."""

import os
import random
from collections.abc import Iterator

import pytest

from tests.support.server import Server

from .world import World


@pytest.fixture(scope="package")
def world() -> Iterator[World]:
    """A warehouse with its people, on a server with workers, as in production."""
    with Server(workers=3, channels="root:2") as server:
        yield World(server)


@pytest.fixture
def rng() -> random.Random:
    """Chance; pytest shows the seed of a test that failed, FAULT_SEED repeats it."""
    seed = int(os.environ.get("FAULT_SEED") or random.SystemRandom().randrange(10**6))
    print(f"FAULT_SEED={seed}")  # noqa: T201
    return random.Random(seed)
