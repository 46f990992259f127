"""The simulators as pytest fixtures; each fails its test on a fault that nobody looked at."""

from collections.abc import Iterator

import pytest

from .discord import Discord
from .slack import Slack
from .teams import Teams
from .telegram import Telegram
from .twilio import Twilio
from .vonage import Vonage


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    with Twilio() as running:
        yield running


@pytest.fixture
def vonage() -> Iterator[Vonage]:
    with Vonage() as running:
        yield running


@pytest.fixture
def slack() -> Iterator[Slack]:
    with Slack() as running:
        yield running


@pytest.fixture
def discord() -> Iterator[Discord]:
    with Discord() as running:
        yield running


@pytest.fixture
def teams() -> Iterator[Teams]:
    with Teams() as running:
        yield running


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    with Telegram() as running:
        yield running
