"""The simulators as pytest fixtures; each fails its test on a fault that nobody looked at."""

from collections.abc import Iterator

import pytest

from .slack import Slack
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
