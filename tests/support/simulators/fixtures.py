"""The simulators as pytest fixtures; each fails its test on a fault that nobody looked at."""

from collections.abc import Callable, Iterator
from importlib import import_module

import pytest

from .base import Simulator


def _fixture(name: str, module: str, kind: str) -> Callable[[], Iterator[Simulator]]:
    """Build a fixture that loads its service's libraries when a test first asks for it."""

    @pytest.fixture(name=name)
    def running() -> Iterator[Simulator]:
        with getattr(import_module(f".{module}", __package__), kind)() as simulator:
            yield simulator

    return running


twilio = _fixture("twilio", "twilio", "Twilio")
vonage = _fixture("vonage", "vonage", "Vonage")
slack = _fixture("slack", "slack", "Slack")
teams = _fixture("teams", "teams", "Teams")
discord = _fixture("discord", "discord", "Discord")
telegram = _fixture("telegram", "telegram", "Telegram")
push_service = _fixture("push_service", "web_push", "PushService")
webhook_receiver = _fixture("webhook_receiver", "webhook", "WebhookReceiver")
