"""Each adapter against the simulator of its service, written by another hand.

What goes over the line is what the transport would send; Odoo is not needed.
"""

import json
import math
import secrets
from datetime import UTC, datetime
from urllib.parse import urlsplit, urlunsplit

import pytest

from stockex import notifiers
from stockex.notifiers import Message, Trouble, web_push
from stockex.pure.transport.outcome import Hint, Kind
from stockex.pure.transport.request import Answer
from tests.support.simulators.discord import Discord
from tests.support.simulators.slack import Slack
from tests.support.simulators.teams import Teams
from tests.support.simulators.telegram import Telegram
from tests.support.simulators.twilio import Twilio
from tests.support.simulators.vonage import Vonage
from tests.support.simulators.web_push import PushService
from tests.support.simulators.webhook import WebhookReceiver

HOSTILE = "Bolt <b>M8</b> & <!channel> @everyone <@123> *x* _y_ `z` [a](http://e.example) # 1 ê€👍"
WRITTEN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SERVICES = {
    "discord": Discord,
    "slack": Slack,
    "teams": Teams,
    "telegram": Telegram,
    "twilio": Twilio,
    "vonage": Vonage,
    "web_push": PushService,
    "webhook": WebhookReceiver,
}


class Desk:
    """An account with a simulated service."""

    def __init__(self, code, simulator):
        self.code = code
        self.service = notifiers.service(code)
        self.simulator = simulator
        self.values, self.recipient = self._account()

    def _account(self):
        simulator, hook = self.simulator, getattr(self.simulator, "hook_path", "")
        hosts = {"slack": "hooks.slack.com", "discord": "discord.com"}
        address = f"https://{hosts.get(self.code, 'prod-1.logic.azure.com')}{hook}"
        if self.code == "twilio":
            sender = next(iter(simulator.numbers))
            keys = {"account_sid": simulator.account_sid, "auth_token": simulator.auth_token}
            return {**keys, "sender": sender}, "+33612345678"
        if self.code == "vonage":
            keys = {"api_key": simulator.api_key, "api_secret": simulator.api_secret}
            return {**keys, "sender": "Stockex"}, "+33612345678"
        if self.code == "telegram":
            return {"token": simulator.token}, "987654321"
        if self.code == "web_push":
            private = web_push.new_private_key(secrets.token_bytes(web_push.SEED_SIZE))
            browser = simulator.subscribe(web_push.unpadded(web_push.public_key(private)))
            given = json.dumps(simulator.given(browser))
            keys = {"private_key": private, "subject": "mailto:stock@example.com"}
            return keys, self.service.clean_address(given)
        if self.code == "webhook":
            return {"url": address, "secret": simulator.secrets[0]}, ""
        return {"webhook_url": address}, ""

    def send(self, text="12 lines", key="0b9d3f5e-6f0c-4ac7-9a54-7bdc1c8a0001", **vals):
        """Send a message and return what its answer means."""
        now = datetime.now(UTC)
        entropy = secrets.token_bytes(self.service.entropy_size)
        own = {"recipient": self.recipient, "entropy": entropy, "written_at": WRITTEN}
        message = Message(subject="Count posted", text=text, key=key, sent_at=now, **own | vals)
        answer = self._exchange(self.service.send(message, self.values))
        return self.service.read(answer, now)

    def _exchange(self, request):
        import requests

        parts = urlsplit(request.url)
        path = urlunsplit(("", "", parts.path, parts.query, ""))
        reply = requests.request(
            request.method,
            self.simulator.url + path,
            headers={"User-Agent": "Stockex/19.0", **request.headers},
            params=dict(request.params),
            json=request.json,
            data=request.body if request.form is None else dict(request.form),
            auth=request.basic,
            timeout=10,
            allow_redirects=False,
        )
        headers = {name.lower(): value for name, value in reply.headers.items()}
        return Answer(reply.status_code, headers, reply.content, 0.1)


@pytest.fixture(params=sorted(SERVICES))
def desk(request):
    with SERVICES[request.param]() as simulator:
        yield Desk(request.param, simulator)


def test_a_message_arrives_without_fault_or_remark(desk):
    outcome = desk.send(url="https://erp.example.com/odoo/7")

    assert outcome.kind == Kind.DONE
    [sent] = desk.simulator.sent
    assert "Count posted" in str(sent.data) + sent.text
    if desk.code != "webhook":
        assert outcome.reference in (str(sent.reference), outcome.reference)
    desk.simulator.check(remarks=True)


@pytest.mark.parametrize("text", [HOSTILE, "", "👍ê&<*_" * 20_000, "word " * 20_000])
def test_any_text_is_taken(desk, text):
    outcome = desk.send(text=text, severity="critical")

    assert outcome.kind == Kind.DONE
    assert len(desk.simulator.sent) == 1
    desk.simulator.check(remarks=True)


def test_a_service_that_is_down_is_tried_again(desk):
    desk.simulator.down(times=1)

    first, second = desk.send(), desk.send()

    assert (first.kind, second.kind) == (Kind.RETRY, Kind.DONE)
    assert len(desk.simulator.sent) == 1


def test_a_service_that_has_enough_says_for_how_long(desk):
    desk.simulator.rate_limited(7, times=1)

    outcome = desk.send()

    assert (outcome.kind, outcome.hint) == (Kind.RETRY, Hint.TOO_MANY)
    # Vonage documents no Retry-After.
    asked = outcome.retry_after_s
    assert asked is None if desk.code == "vonage" else math.ceil(asked) == 7


def test_a_wrong_credential_stops_and_asks_a_person(desk):
    desk.simulator.unauthorised(times=1)

    outcome = desk.send()

    assert (outcome.kind, outcome.hint) == (Kind.UNAUTHORISED, Hint.UNAUTHORISED)
    assert not any(value in outcome.message for value in desk.values.values())
    desk.simulator.take_faults()


def test_telegram_knows_who_blocked_the_bot():
    with Telegram() as simulator:
        outcome = Desk("telegram", simulator).send(recipient="111111111")

        assert (outcome.kind, outcome.hint) == (Kind.REJECTED, Trouble.UNSUBSCRIBED)
        simulator.take_faults()


def test_twilio_knows_who_stopped_the_sender():
    with Twilio() as simulator:
        simulator.reject(21610, times=1)

        outcome = Desk("twilio", simulator).send()

        assert (outcome.kind, outcome.hint) == (Kind.REJECTED, Trouble.UNSUBSCRIBED)


def test_slack_reaches_a_channel_with_its_bot():
    with Slack() as simulator:
        desk = Desk("slack", simulator)
        desk.values = {"token": simulator.token}

        outcome = desk.send(recipient=next(iter(simulator.channels)), text=HOSTILE)

        assert outcome.kind == Kind.DONE
        simulator.check(remarks=True)


def test_a_browser_that_is_gone_says_so():
    with PushService() as simulator:
        desk = Desk("web_push", simulator)
        [browser] = simulator.browsers.values()
        browser.is_gone = True

        outcome = desk.send()

        assert (outcome.kind, outcome.hint) == (Kind.REJECTED, Trouble.ADDRESS)


def test_a_browser_that_was_asleep_gets_the_last_word_on_each_thing():
    with PushService() as simulator:
        desk = Desk("web_push", simulator)
        [browser] = simulator.browsers.values()
        browser.is_asleep = True
        for text, topic in (("first", "a,1"), ("other", "a,2"), ("last", "a,1")):
            sent = desk.send(text=text, topic=topic, written_at=datetime.now(UTC))
            assert sent.kind == Kind.DONE

        simulator.wake(browser)

        assert [sent.data["text"] for sent in simulator.sent] == ["other", "last"]


def test_a_push_service_takes_no_message_that_another_key_signed():
    with PushService() as simulator:
        desk = Desk("web_push", simulator)
        seed = secrets.token_bytes(web_push.SEED_SIZE)
        desk.values["private_key"] = web_push.new_private_key(seed)

        outcome = desk.send()

        assert (outcome.kind, outcome.hint) == (Kind.UNAUTHORISED, Hint.UNAUTHORISED)
        assert [fault.code for fault in simulator.take_faults()] == ["key"]
