"""Several simulators tell together who got what, and in which order."""

import threading
import time

import pytest

from .simulators import examples
from .simulators.discord import Discord
from .simulators.flock import Flock
from .simulators.slack import Slack
from .simulators.webhook import WebhookReceiver


def _flock() -> Flock:
    return Flock(slack=Slack(), good=WebhookReceiver(), bad=WebhookReceiver())


def test_it_tells_who_got_what_in_which_order():
    with _flock() as flock:
        examples.webhook(flock["bad"], "one")
        examples.slack_hook(flock["slack"], "two")
        examples.webhook(flock["good"], "one")

        assert flock.order() == [
            ("bad", "/hooks/stock", "one"),
            ("slack", "C1234567890", "two"),
            ("good", "/hooks/stock", "one"),
        ]
        assert flock.names_of("one") == ["bad", "good"]
        assert flock.counts() == {"slack": 1, "good": 1, "bad": 1}


def test_a_service_that_is_down_delays_only_itself():
    with _flock() as flock:
        flock["bad"].down()

        assert examples.webhook(flock["bad"], "one").status_code == 503
        assert examples.webhook(flock["good"], "one").status_code == 200
        assert flock.names_of("one") == ["good"]


def test_it_waits_for_each_and_for_calm():
    def send() -> None:
        for _ in range(3):
            time.sleep(0.1)
            examples.webhook(flock["good"])

    with _flock() as flock:
        thread = threading.Thread(target=send)
        thread.start()
        flock.wait_for({"good": 3}, timeout_s=10)
        flock.wait_until_calm(quiet_s=0.3)
        thread.join()

        assert flock.counts()["good"] == 3
        with pytest.raises(AssertionError, match="3 of 4 messages"):
            flock.wait_for({"good": 4}, timeout_s=0.05)


def test_it_fails_with_the_faults_of_each():
    with _flock() as flock:
        examples.webhook(flock["bad"], name="a.b")
        examples.slack_hook(flock["slack"], "")
        with pytest.raises(AssertionError) as caught:
            flock.check()

    assert "bad: webhook refused" in str(caught.value)
    assert "slack: slack refused" in str(caught.value)
    assert "good" not in str(caught.value)


def test_it_fails_on_remarks_if_asked_to():
    with Flock(discord=Discord()) as flock:
        examples.discord(flock["discord"], "Hi @everyone")

        flock.check()
        with pytest.raises(AssertionError, match="everybody is called"):
            flock.check(remarks=True)


def test_the_fixtures_are_there(
    twilio, vonage, slack, teams, discord, telegram, push_service, webhook_receiver
):
    chats = (slack, teams, discord, telegram)
    running = (twilio, vonage, *chats, push_service, webhook_receiver)

    for simulator in running:
        assert examples.SEND[type(simulator)](simulator, "a.b").ok
    assert {simulator.name for simulator in running} == {kind.name for kind in examples.SEND}
    assert all(simulator.texts() == ["a.b"] for simulator in running)
