"""Ten clients enter counts for a while: each entry is there once, each quantity exact."""

import random
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from .threads import at_once
from .world import COUNTERS, SESSION, World, entry

CLIENTS = 10
SECONDS = 8
SHARED_LINES = 4


def test_ten_clients_lose_nothing_and_count_nothing_twice(world: World):
    session = world.start(world.small_shelf(SHARED_LINES + CLIENTS))
    lines = sorted(world.lines(session).values())
    shared, own = lines[:SHARED_LINES], lines[SHARED_LINES:]
    clients = [
        Client(world.log_in(COUNTERS[number % len(COUNTERS)]), session, shared, own[number], number)
        for number in range(CLIENTS)
    ]
    until = time.monotonic() + SECONDS

    answers = at_once(*(partial(client.work, until) for client in clients))

    assert [answer.error for answer in answers] == [None] * CLIENTS
    sent = Counter(number for client in clients for number in client.sent)
    found = Counter(
        row[0]
        for row in world.rows(f"SELECT uuid FROM stockex_count_entry WHERE session_id = {session}")
    )
    assert len(sent) > 5 * CLIENTS
    assert found == sent
    expected: Counter[int] = Counter()
    for client in clients:
        expected.update(client.scanned)
        expected[client.own] += client.typed
    rows = world.rows(
        f"SELECT id, counted_quantity FROM stockex_count_line WHERE session_id = {session}"
    )
    assert {int(line): float(quantity or 0) for line, quantity in rows} == {
        line: expected[line] for line in lines
    }


@dataclass
class Client:
    """One device: scans on lines that all count, types on a line of its own."""

    rpc: Any
    session: int
    shared: list[int]
    own: int
    seed: int
    sent: list[str] = field(default_factory=list)
    scanned: Counter[int] = field(default_factory=Counter)
    typed: int = 0

    def work(self, until: float) -> None:
        """Enter one count after the other."""
        rng = random.Random(self.seed)
        while time.monotonic() < until:
            items = [self.chosen(rng) for _item in range(rng.randrange(1, 4))]
            for item in items:
                item["uuid"] = str(uuid.uuid4())
                self.sent.append(item["uuid"])
            self.rpc.call(SESSION, "action_record", [self.session], items)
            if rng.random() < 0.2:
                # The answer was lost on the way: the device sends the batch again.
                self.rpc.call(SESSION, "action_record", [self.session], items)

    def chosen(self, rng: random.Random) -> dict[str, Any]:
        """Scan a piece, or correct the own line."""
        if rng.random() < 0.3:
            self.typed = rng.randrange(100)
            return entry(self.own, self.typed, "set")
        line = rng.choice(self.shared)
        self.scanned[line] += 1
        return entry(line, 1)
