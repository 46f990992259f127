"""`kill -9` of the server while a handheld sends, and a handheld that sends twice at once."""

import random
import threading
import time
import uuid
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from .deaths import OUT_OF_MEMORY, POWER_CUT, Death
from .world import World

BATCH = 200
ATTEMPTS = 6


class Handheld:
    """A device of a counter, which keeps its operations until they are answered."""

    def __init__(self, world: World, login: str, session: int) -> None:
        self.rpc = world.people[login]
        self.session = session
        self.uuid = str(uuid.uuid4())
        self.seq = 0

    def count(self, line: int) -> dict[str, Any]:
        """Make an operation: one more on a line."""
        self.seq += 1
        return {
            "op": str(uuid.uuid4()),
            "seq": self.seq,
            "kind": "count",
            "session": self.session,
            "at": now(),
            "line": line,
            "quantity": 1,
        }

    def push(self, ops: list[dict[str, Any]]) -> list[str]:
        """Send operations; return their statuses."""
        call = {"device": self.uuid, "protocol": 1, "now": now(), "ops": ops}
        answer = self.rpc.post("/stockex/scan/sync/push", call)
        return [one["status"] for one in answer["results"]]


@pytest.mark.parametrize("death", [POWER_CUT, OUT_OF_MEMORY])
def test_a_batch_cut_off_is_counted_once_when_it_is_sent_again(
    world: World, rng: random.Random, death: Death
):
    handheld, lines = begin(world)
    started = time.monotonic()
    assert set(handheld.push(batch(handheld, lines))) == {"applied"}
    batch_s = time.monotonic() - started
    sent = BATCH
    cut_off = 0
    for _attempt in range(ATTEMPTS):
        ops = batch(handheld, lines)
        was_told = push_and_kill(world, handheld, ops, rng.uniform(0.1, 1) * batch_s, death)

        kept = recorded(world, handheld) - sent
        assert kept == BATCH if was_told else kept in (0, BATCH)
        cut_off += not kept
        again = handheld.push(ops)
        assert set(again) == ({"duplicate"} if kept else {"applied"})
        sent += BATCH
        assert totals(world, handheld) == (sent, sent, sent)
        if cut_off:
            break
    assert cut_off


def test_a_batch_sent_three_times_at_once_is_counted_once(world: World):
    handheld, lines = begin(world)
    ops = batch(handheld, lines)
    answers: list[list[str]] = []

    def send() -> None:
        answers.append(handheld.push(ops))

    senders = [threading.Thread(target=send, daemon=True) for _tab in range(3)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(60)

    assert Counter(status for one in answers for status in one) == {
        "applied": BATCH,
        "duplicate": 2 * BATCH,
    }
    assert totals(world, handheld) == (BATCH, BATCH, BATCH)


def test_two_handhelds_on_the_same_lines_lose_nothing(world: World):
    first, lines = begin(world)
    second = Handheld(world, "lea", first.session)
    failed: list[str] = []

    def send(handheld: Handheld) -> None:
        for _number in range(4):
            ops = batch(handheld, lines)[:50]
            # What is refused for want of a turn is sent again, as the application does.
            while set(send_once(handheld, ops)) - {"applied", "duplicate"}:
                failed.append(handheld.uuid)

    senders = [threading.Thread(target=send, args=(one,), daemon=True) for one in (first, second)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(120)
        assert not sender.is_alive()

    assert totals(world, first) == (400, 400, 400), failed


def send_once(handheld: Handheld, ops: list[dict[str, Any]]) -> list[str]:
    try:
        return handheld.push(ops)
    except requests.RequestException:
        return ["nothing"]


def begin(world: World) -> tuple[Handheld, list[int]]:
    session = world.start(world.small_shelf(BATCH // 2))
    return Handheld(world, "karim", session), sorted(world.lines(session).values())


def batch(handheld: Handheld, lines: list[int]) -> list[dict[str, Any]]:
    return [handheld.count(line) for line in [*lines, *lines]]


def now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


def push_and_kill(
    world: World, handheld: Handheld, ops: list[Any], after_s: float, death: Death
) -> bool:
    """Send a batch, kill the server meanwhile; tell whether the device had its answer."""
    lost: list[Exception] = []

    def send() -> None:
        try:
            handheld.push(ops)
        except requests.RequestException as error:
            lost.append(error)

    sender = threading.Thread(target=send, daemon=True)
    sender.start()
    time.sleep(after_s)
    death.strike(world.server)
    sender.join(60)
    assert not sender.is_alive()
    world.wait_for_rollback()
    death.replace(world.server)
    return not lost


def recorded(world: World, handheld: Handheld) -> int:
    """Count the entries of a session."""
    where = f"WHERE session_id = {handheld.session}"
    return int(world.one(f"SELECT count(*) FROM stockex_count_entry {where}"))


def totals(world: World, handheld: Handheld) -> tuple[int, int, int]:
    """Return the entries, the pieces on the lines and the applied operations of a session."""
    where = f"WHERE session_id = {handheld.session}"
    pieces = world.one(f"SELECT SUM(counted_quantity) FROM stockex_count_line {where}")
    rows = world.one(f"SELECT count(*) FROM stockex_sync_operation {where} AND status = 'applied'")
    return recorded(world, handheld), int(float(pieces)), int(rows)
