"""A receiver of webhooks that behaves well, among others that do not."""

import time
from collections.abc import Iterator

import pytest

from tests.support.server import Server
from tests.support.simulators.flock import Flock
from tests.support.simulators.webhook import WebhookReceiver

from .webhooks import Webhooks
from .world import World

COUNTS = 20
MESSAGES = 3 * COUNTS
# On a machine that does other things too; with the hostile ones alone for a time-out each,
# one after the other, it would be more than six minutes.
QUICKLY_S = 60
HOSTILE = ("silent", "dripping", "broken", "moved", "busy", "cutting", "taking")


@pytest.fixture(scope="module")
def flock() -> Iterator[Flock]:
    names = ("good", "flooding", *HOSTILE)
    with Flock(**{name: WebhookReceiver() for name in names}) as running:
        yield running


@pytest.fixture(scope="module")
def webhooks(flock: Flock) -> Iterator[Webhooks]:
    with Server(crons=2, channels="root:0") as server:
        yield Webhooks(World(server), flock.simulators)


def behave_badly(flock: Flock) -> None:
    """Have each do what it is named after."""
    flock["silent"].slow(40)
    flock["dripping"].trickle(1)
    flock["broken"].reject(500)
    flock["moved"].redirect()
    flock["busy"].rate_limited(120)
    flock["cutting"].cut_line()
    # It takes messages on and hangs up: the sender cannot know.
    flock["taking"].cut_line(taken=True)
    flock["flooding"].flood()


def test_the_good_receiver_gets_everything_at_once_whatever_the_others_do(
    flock: Flock, webhooks: Webhooks, capsys: pytest.CaptureFixture[str]
):
    behave_badly(flock)

    started = time.monotonic()
    webhooks.happen(COUNTS)
    written_s = time.monotonic() - started
    flock["good"].wait_for(MESSAGES, QUICKLY_S)
    good_s = time.monotonic() - started
    flock["flooding"].wait_for(MESSAGES, QUICKLY_S)

    with capsys.disabled():
        print(f"\n  {MESSAGES} events in {written_s:.1f} s, all received after {good_s:.1f} s")  # noqa: T201
    webhooks.world.wait(
        lambda: webhooks.posted("flooding", "state <> 'done'") == 0, "the answers are noted"
    )
    for name in ("good", "flooding"):
        webhooks.check_complete(name, COUNTS)
        assert flock[name].repeats == []
    for name in HOSTILE:
        assert webhooks.posted(name) == MESSAGES
    assert webhooks.posted("busy", "attempts > 0") <= 1
    assert [one for one in flock["moved"].requests if one[0].path == "/followed"] == []


def test_when_the_others_recover_they_get_everything_in_order(flock: Flock, webhooks: Webhooks):
    for name in HOSTILE:
        flock[name].normal()

    def all_done() -> bool:
        webhooks.let_a_day_pass()
        return all(webhooks.posted(name, "state <> 'done'") == 0 for name in HOSTILE)

    webhooks.world.wait(all_done, "everything is received", 300)

    for name in HOSTILE:
        webhooks.check_complete(name, COUNTS)
    for name in ("good", "flooding"):
        assert flock[name].repeats == []
    # What was acknowledged is not sent again; only these were cut off after they took it.
    for name in ("broken", "moved", "busy", "cutting"):
        assert flock[name].repeats == []
    flock.check(remarks=False)
