"""Four services on a real server: one is down, the others do not notice."""

import time
from collections.abc import Iterator

import pytest

from tests.faults.world import World
from tests.support.server import Server
from tests.support.simulators.flock import Flock
from tests.support.simulators.slack import Slack
from tests.support.simulators.telegram import Telegram
from tests.support.simulators.twilio import Twilio
from tests.support.simulators.webhook import WebhookReceiver

from .company import READERS, Company, Heard, summary

COUNTS = 2
# A service that hangs is given twice as long: whoever waited for it would be later than this.
PROMPTLY_S = 15
HANG_S = 120
DEADLINE_S = 60


@pytest.fixture(scope="module")
def company() -> Iterator[Company]:
    slack = Slack()
    slack.users = {
        address: f"D{address[1:]}" for (_login, code), address in READERS.items() if code == "slack"
    }
    chats = {
        int(address): "private" for (_login, code), address in READERS.items() if code == "telegram"
    }
    simulators = {"telegram": Telegram(chats=chats), "twilio": Twilio()}
    with (
        Flock(slack=slack, webhook=WebhookReceiver(), **simulators) as flock,
        Server(crons=2, channels="root:0") as server,
    ):
        company = Company(World(server), flock)
        # What else a new server does at first is not what is measured.
        names = [company.count()]
        company.world.wait(
            lambda: company.heard(names) == company.expected(names), "all four services work"
        )
        # What arrived is noted a moment later, and would count among the tries that follow.
        company.world.wait(lambda: company.unsent() == [], "what they got is noted")
        yield company


class Scene:
    """Counts in a row while one service has its bad days."""

    def __init__(self, company: Company, victim: str) -> None:
        self.company = company
        self.victim = victim
        self.names: list[str] = []
        self.others = [name for name in company.services if name != victim]
        newest = "SELECT COALESCE(MAX(id), 0) FROM stockex_transport_attempt"
        company.world.wait(lambda: company.unsent() == [], "nothing is on its way")
        self.since = int(company.world.one(newest))

    def happen(self) -> None:
        """Have counts made; return when the other services have heard of all of them."""
        self.names += [self.company.count() for _number in range(COUNTS)]
        until = time.monotonic() + DEADLINE_S
        while self._heard() != self._expected() and time.monotonic() < until:
            time.sleep(0.1)
        assert self._heard() == self._expected()

    def _heard(self) -> Heard:
        found = self.company.heard(self.names)
        return {key: said for key, said in found.items() if key[0] != self.victim}

    def _expected(self) -> Heard:
        found = self.company.expected(self.names)
        return {key: said for key, said in found.items() if key[0] != self.victim}

    def meet(self, status: int) -> None:
        """Have the victim tried again until it answers so; 0 is no answer."""

        def met() -> bool:
            self.company.let_a_day_pass(self.victim)
            answered = f"attempt.id > {self.since} AND attempt.status = {status}"
            return self.company.attempts(self.victim, answered) > 0

        self.company.world.wait(met, f"the sender meets {status}")

    def meet_silence(self) -> None:
        """Have the victim tried again until a call hangs."""
        requests = self.company.flock[self.victim].requests
        before = len(requests)

        def hangs() -> bool:
            self.company.let_a_day_pass(self.victim)
            return len(requests) > before

        self.company.world.wait(hangs, "a call hangs")

    def has_caught_up(self) -> bool:
        """Make due what waits for the victim; tell whether nothing waits any more."""
        self.company.let_a_day_pass(self.victim)
        return self.company.calls(self.victim, "state <> 'done'") == 0


@pytest.mark.parametrize("victim", ["slack", "telegram", "twilio", "webhook"])
def test_a_service_that_is_down_delays_only_itself_and_loses_nothing(
    company: Company, victim: str, capsys: pytest.CaptureFixture[str]
):
    scene = Scene(company, victim)

    go_from_bad_to_worse(scene)

    # It hangs all the while: nobody has waited for it.
    assert company.calls(victim, "claim IS NOT NULL") == 1
    assert not any(service == victim for service, _reader in company.heard(scene.names))
    delays = {name: company.delays(name, scene.names) for name in scene.others}
    told = "; ".join(f"{name}: {summary(found)}" for name, found in delays.items())
    with capsys.disabled():
        print(f"\n  {victim} down; {told}")  # noqa: T201
    assert max(map(max, delays.values())) < PROMPTLY_S

    company.flock[victim].normal()
    scene.happen()
    company.world.wait(scene.has_caught_up, f"{victim} gets what it missed")

    company.flock.wait_until_calm()
    assert company.heard(scene.names) == company.expected(scene.names)
    assert company.unsent() == []
    for name in scene.others:
        tries = company.attempts(name, f"attempt.id > {scene.since}")
        assert tries == len(company.delays(name, scene.names))
    company.flock.check(remarks=False)


def go_from_bad_to_worse(scene: Scene) -> None:
    """Have the victim refuse connections, answer 503, hang; counts are made all the while."""
    simulator = scene.company.flock[scene.victim]
    simulator.refuse_connections()
    scene.happen()
    scene.meet(0)
    simulator.down()
    simulator.start()
    scene.happen()
    scene.meet(503)
    simulator.hang(HANG_S)
    scene.meet_silence()
    scene.happen()
