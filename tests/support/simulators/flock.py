"""Several simulators at once, and who got what in which order."""

import time
from types import TracebackType
from typing import Self

from .base import Simulator
from .message import Sent


class Flock:
    """Simulators under names of the test's own.

    ``with Flock(slack=Slack(), good=WebhookReceiver(), bad=WebhookReceiver()) as flock:``
    """

    def __init__(self, **simulators: Simulator) -> None:
        self.simulators = simulators

    def __getitem__(self, name: str) -> Simulator:
        return self.simulators[name]

    def __enter__(self) -> Self:
        for simulator in self.simulators.values():
            simulator.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        for simulator in self.simulators.values():
            simulator.stop()
        if kind is None:
            self.check()

    def check(self, *, remarks: bool = False) -> None:
        """Fail with what is wrong at any of them."""
        problems = []
        for name, simulator in self.simulators.items():
            try:
                simulator.check(remarks=remarks)
            except AssertionError as error:
                problems.append(f"{name}: {error}")
        assert not problems, "\n".join(problems)

    def messages(self) -> list[tuple[str, Sent]]:
        """Return name and message of all that was taken on, in the order in which it was."""
        found = [
            (name, sent) for name, simulator in self.simulators.items() for sent in simulator.sent
        ]
        return sorted(found, key=lambda pair: pair[1].number)

    def order(self) -> list[tuple[str, str, str]]:
        """Return who got what: name, recipient and text, in order."""
        return [(name, sent.recipient, sent.text) for name, sent in self.messages()]

    def counts(self) -> dict[str, int]:
        return {name: len(simulator.sent) for name, simulator in self.simulators.items()}

    def names_of(self, text: str) -> list[str]:
        """Return by whom a text was taken on, once for each time."""
        return [name for name, sent in self.messages() if sent.text == text]

    def wait_for(self, counts: dict[str, int], timeout_s: float = 30) -> None:
        """Wait until each of these has so many messages.

        :raise AssertionError: if one has not in time.
        """
        deadline = time.monotonic() + timeout_s
        for name, count in counts.items():
            self[name].wait_for(count, max(0.0, deadline - time.monotonic()))

    def wait_until_calm(self, quiet_s: float = 1, timeout_s: float = 30) -> None:
        """Wait until nobody has got a request for a while.

        :raise AssertionError: if somebody always had.
        """
        deadline = time.monotonic() + timeout_s
        while True:
            before = self._requests()
            time.sleep(quiet_s)
            if self._requests() == before:
                return
            assert time.monotonic() < deadline, f"no calm after {timeout_s} s: {before}"

    def _requests(self) -> dict[str, int]:
        return {name: len(simulator.requests) for name, simulator in self.simulators.items()}
