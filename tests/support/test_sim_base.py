"""Each simulator has its good and bad days, and counts what it got on them."""

import threading
import time
from collections.abc import Iterator

import pytest
import requests

from .simulators.base import Simulator
from .simulators.examples import SEND, call
from .simulators.message import Answer, Request


@pytest.fixture(params=SEND, ids=lambda kind: kind.name)
def sim(request: pytest.FixtureRequest) -> Iterator[Simulator]:
    with request.param() as running:
        yield running


def _send(sim: Simulator, text: str = "x") -> requests.Response:
    return SEND[type(sim)](sim, text)


def _good(answer: requests.Response) -> bool:
    return answer.status_code in range(200, 300)


def test_a_normal_day(sim: Simulator):
    before = time.time()

    assert _good(_send(sim, "one"))
    assert _good(_send(sim, "two"))

    assert sim.texts() == ["one", "two"]
    assert before <= sim.sent[0].at <= sim.sent[1].at <= time.time()
    assert [request.method for request, _ in sim.requests] == ["POST", "POST"]
    assert sim.sent[0].request is sim.requests[0][0]
    assert sim.sent[0].service == sim.name
    assert len({sent.reference for sent in sim.sent}) == 2
    assert (sim.faults, sim.remarks) == ([], [])


def test_one_line_carries_several_requests(sim: Simulator):
    _send(sim, "first")
    first, _ = sim.requests[0]
    url = f"{sim.url}{first.path}?{first.query}".rstrip("?")
    skipped = {"host", "content-length", "connection"}
    headers = {name: text for name, text in first.headers.items() if name.lower() not in skipped}

    with requests.Session() as session:
        session.trust_env = False
        answers = [session.post(url, data=first.body, headers=headers, timeout=5) for _ in range(3)]

    assert [_good(answer) for answer in answers] == [True] * 3
    assert len(sim.requests) == 4
    assert len({request.line for request, _ in sim.requests}) == 2


def test_nobody_listens_and_then_somebody_does_on_the_same_port(sim: Simulator):
    port = sim.port
    with requests.Session() as session:
        session.trust_env = False
        session.get(sim.url, timeout=5)  # a line that stays open
        sim.take_faults()
        sim.requests.clear()
        sim.refuse_connections()

        with pytest.raises(requests.ConnectionError):
            session.get(sim.url, timeout=5)
        with pytest.raises(requests.ConnectionError):
            _send(sim)

    assert (sim.requests, sim.sent) == ([], [])
    sim.normal()
    assert sim.port == port
    assert _good(_send(sim))


def test_a_service_in_trouble_answers_503_and_takes_nothing(sim: Simulator):
    sim.down()

    assert [_send(sim).status_code for _ in range(3)] == [503, 503, 503]

    assert (len(sim.requests), sim.sent, sim.faults) == (3, [], [])
    sim.normal()
    assert _good(_send(sim))


def test_trouble_may_pass_by_itself(sim: Simulator):
    sim.down(times=2)

    assert [_good(_send(sim)) for _ in range(3)] == [False, False, True]


def test_a_slow_service_takes_the_message_at_once(sim: Simulator):
    sim.slow(30, times=1)
    answers: list[requests.Response] = []
    thread = threading.Thread(target=lambda: answers.append(_send(sim)))

    thread.start()
    sim.wait_for(1, timeout_s=5)
    assert answers == []
    sim.normal()  # what waits is answered now
    thread.join(5)

    assert _good(answers[0])


def test_a_slow_service_answers_after_its_time(sim: Simulator):
    sim.slow(0.3)
    began = time.monotonic()

    assert _good(_send(sim))

    assert time.monotonic() - began >= 0.3


def test_a_service_that_hangs_takes_nothing(sim: Simulator):
    sim.hang(30, times=1)
    answers: list[requests.Response] = []
    thread = threading.Thread(target=lambda: answers.append(_send(sim)))

    thread.start()
    sim.wait_for_requests(1, timeout_s=5)
    assert answers == []
    sim.normal()  # whoever waits is answered now
    thread.join(5)

    assert answers[0].status_code == 503
    assert sim.sent == []


def test_an_answer_may_come_byte_by_byte(sim: Simulator):
    sim.trickle(0.0001, times=1)

    slowly, at_once = _send(sim, "x"), _send(sim, "x")

    assert slowly.status_code == at_once.status_code
    assert len(slowly.content) == len(at_once.content)
    assert len(sim.sent) == 2


def test_too_much_is_refused_and_impatience_remarked(sim: Simulator):
    sim.rate_limited(5, times=1)

    refused, hasty = _send(sim), _send(sim)

    assert _good(hasty)
    assert (refused.status_code, refused.headers.get("Retry-After", "5")) == (429, "5")
    assert len(sim.sent) == 1
    assert "before Retry-After had passed" in sim.remarks.pop()


def test_a_key_that_no_longer_opens(sim: Simulator):
    sim.unauthorised()

    assert _send(sim).status_code in {401, 403}

    assert (sim.sent, sim.faults) == ([], [])


def test_a_cut_line_before_and_after_the_message_is_taken(sim: Simulator):
    sim.cut_line(times=1)
    with pytest.raises(requests.ConnectionError):
        _send(sim, "lost")
    sim.cut_line(taken=True, times=1)
    with pytest.raises(requests.ConnectionError):
        _send(sim, "taken")

    assert _good(_send(sim, "answered"))
    assert sim.texts() == ["taken", "answered"]
    assert len(sim.requests) == 3


def test_a_refusal_that_is_not_the_services_cannot_be_ordered(sim: Simulator):
    with pytest.raises(ValueError, match="no code 'made_up'"):
        sim.reject("made_up")

    assert _good(_send(sim))


def test_many_senders_at_once_lose_nothing(sim: Simulator):
    threads = [threading.Thread(target=_send, args=(sim, f"t{i}")) for i in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert sorted(sim.texts()) == sorted(f"t{i}" for i in range(40))
    assert len({sent.reference for sent in sim.sent}) == 40


def test_waiting_for_what_does_not_come_fails(sim: Simulator):
    with pytest.raises(AssertionError, match="0 of 1 messages"):
        sim.wait_for(1, timeout_s=0.05)
    with pytest.raises(AssertionError, match="0 of 1 requests"):
        sim.wait_for_requests(1, timeout_s=0.05)


@pytest.mark.parametrize("kind", SEND, ids=lambda kind: kind.name)
def test_a_fault_that_nobody_looked_at_fails_the_test(kind: type[Simulator]):
    with pytest.raises(AssertionError, match="refused what its contract"), kind() as sim:
        call(sim.url + "/nonsense")

    assert sim.faults == []


def test_a_crash_of_the_simulator_itself_fails_the_test():
    class Broken(Simulator):
        name = "broken"
        codes = ()

        def respond(self, _request: Request) -> Answer:
            raise RuntimeError("its own fault")

    broken = Broken()
    broken.start()
    with pytest.raises(requests.ConnectionError):
        call(broken.url)
    deadline = time.monotonic() + 5
    while not broken.crashes and time.monotonic() < deadline:
        time.sleep(0.01)
    broken.stop()

    with pytest.raises(AssertionError, match="its own fault"):
        broken.check()


def test_the_requests_keep_headers_and_body_as_they_came(sim: Simulator):
    call(sim.url + "/a%20b?x=1&x=", data=b"\x00\xff", headers={"X-Own": "y"})

    request, answer = sim.requests[0]
    assert (request.path, request.query, request.body) == ("/a%20b", "x=1&x=", b"\x00\xff")
    assert request.params == {"x": ["1", ""]}
    assert request.headers["x-own"] == "y"
    assert answer.status >= 400
    assert sim.take_faults()
