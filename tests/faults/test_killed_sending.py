"""`kill -9` of the server while it sends webhooks, twenty times."""

import random
import time

import pytest

from tests.support.server import Server
from tests.support.simulators.flock import Flock
from tests.support.simulators.webhook import WebhookReceiver

from .webhooks import Webhooks
from .world import World

KILLS = 20
COUNTS = 4
# The receiver's share of a message: long enough for a kill to land in the middle of one.
ANSWER_S = 0.3
DEADLINE_S = 240


def test_a_server_killed_while_sending_loses_nothing(
    rng: random.Random, capsys: pytest.CaptureFixture[str]
):
    with (
        Flock(good=WebhookReceiver()) as flock,
        Server(crons=2, channels="root:0") as server,
    ):
        webhooks = Webhooks(World(server), flock.simulators)
        flock["good"].slow(ANSWER_S)
        in_flight = sum(one_kill(webhooks, server, rng) for _kill in range(KILLS))

        world = webhooks.world
        world.wait(
            lambda: webhooks.posted("good", "state <> 'done'") == 0, "all is sent", DEADLINE_S
        )

        repeats = flock["good"].repeats
        with capsys.disabled():
            print(f"\n  {in_flight} of {KILLS} kills while sending, {len(repeats)} repeats")  # noqa: T201
        assert in_flight >= KILLS / 4
        assert webhooks.posted("good") == 3 * COUNTS * KILLS
        # Every message at least once; one that came twice had the same identifier and body,
        # or the receiver would have taken it for another.
        webhooks.check_complete("good", COUNTS * KILLS)
        # At most what was on its way when the server died, four messages, came again.
        assert len(repeats) <= 4 * in_flight


def one_kill(webhooks: Webhooks, server: Server, rng: random.Random) -> bool:
    """Let things happen, kill the server a moment later; tell whether that hit a call."""
    webhooks.happen(COUNTS)
    # The counts' messages go side by side, three after one another for each.
    time.sleep(rng.uniform(0, 0.5 + 3 * ANSWER_S))
    server.kill()
    hit = webhooks.posted("good", "claim IS NOT NULL") > 0
    server.start()
    return hit
