"""Several people count one line at the same moment."""

import random
import time
import uuid
from collections import defaultdict
from functools import partial
from typing import Any

import pytest

from .threads import Answer, at_once
from .world import COUNTERS, World, entry

ROUNDS = 20
DOUBLES = 8


def test_three_counters_on_one_line_overwrite_nothing(
    world: World, rng: random.Random, capsys: pytest.CaptureFixture[str]
):
    session, line = one_line(world)
    expected: dict[str, float] = defaultdict(float)
    slowest = 0.0
    sent = []
    for _round in range(ROUNDS):
        items = {login: chosen_entry(rng, line) for login in COUNTERS}
        started = time.monotonic()

        answers = at_once(*(partial(world.record, who, session, [items[who]]) for who in COUNTERS))

        slowest = max(slowest, time.monotonic() - started)
        assert [answer.error for answer in answers] == [None] * len(COUNTERS)
        for who, item in items.items():
            expected[who] = item["quantity"] + (expected[who] if item["mode"] == "add" else 0)
        sent += [item["uuid"] for item in items.values()]
        assert counted_quantity(world, line) == sum(expected.values())
    assert sorted(entries(world, line)) == sorted(sent)
    assert live_by_counter(world, line) == expected
    with capsys.disabled():
        print(f"\n  {len(sent)} entries by three, slowest round {slowest:.1f} s")  # noqa: T201


def chosen_entry(rng: random.Random, line: int) -> dict[str, Any]:
    """Scan one piece; once in four times type the number instead."""
    if rng.random() < 0.25:
        return entry(line, rng.randrange(20), "set")
    return entry(line, 1)


def test_one_counter_on_two_devices_replaces_a_count_once(world: World):
    session, line = one_line(world)
    world.record("karim", session, [entry(line, 7)])
    phone, tablet = world.log_in("karim"), world.log_in("karim")

    for quantity in range(1, 6):
        answers = at_once(
            lambda q=quantity: send(phone, session, entry(line, q, "set")),
            lambda q=quantity: send(tablet, session, entry(line, q + 100, "set")),
        )

        assert [answer.error for answer in answers] == [None, None]
        assert counted_quantity(world, line) in (quantity, quantity + 100)
        live = f"SELECT count(*) FROM stockex_count_entry WHERE line_id = {line} AND {LIVE}"
        assert world.one(live) == "1"


def test_an_entry_sent_twice_at_once_counts_once_and_refuses_nobody(world: World):
    session, line = one_line(world)
    first, second = world.log_in("karim"), world.log_in("karim")
    for number in range(1, DOUBLES + 1):
        item = entry(line, 1)

        answers = at_once(
            partial(send, first, session, item),
            partial(send, second, session, item),
        )

        assert errors(answers) == []
        assert counted_quantity(world, line) == number
    assert len(entries(world, line)) == DOUBLES


def test_two_batches_with_one_entry_in_common_are_both_taken(world: World):
    shelf = world.small_shelf(4)
    session = world.start(shelf)
    lines = sorted(world.lines(session).values())
    shared = [entry(line, 1) for line in lines]

    answers = at_once(
        lambda: world.record("karim", session, [*shared, entry(lines[0], 2)]),
        lambda: world.record("lea", session, [*reversed(shared), entry(lines[0], 3)]),
    )

    assert errors(answers) == []
    assert [counted_quantity(world, line) for line in lines] == [6, 1, 1, 1]


@pytest.mark.parametrize("_round", range(3))
def test_something_unexpected_found_by_two_at_once_is_one_line(world: World, _round: int):
    shelf = world.small_shelf(1)
    session = world.start(shelf)
    [(_product, place)] = shelf
    [found] = world.make_products(1)
    item = {"product_id": found, "location_id": place, "quantity": 2, "mode": "add"}

    answers = at_once(
        lambda: world.record("karim", session, [{**item, "uuid": str(uuid.uuid4())}]),
        lambda: world.record("lea", session, [{**item, "uuid": str(uuid.uuid4())}]),
    )

    assert errors(answers) == []
    assert counted_quantity(world, world.lines(session)[found, place]) == 4


LIVE = "superseded_by_id IS NULL AND voids IS NOT TRUE"


def one_line(world: World) -> tuple[int, int]:
    """Start a session of one line."""
    session = world.start(world.small_shelf(1))
    [line] = world.lines(session).values()
    return session, line


def send(rpc: Any, session: int, item: dict[str, Any]) -> Any:
    """Send an entry from one device of several."""
    return rpc.call("stockex.count.session", "action_record", [session], [item])


def errors(answers: list[Answer]) -> list[str]:
    """Return what went wrong, as the clients read it."""
    return [str(answer.error) for answer in answers if answer.error]


def counted_quantity(world: World, line: int) -> float:
    """Read what a line says."""
    return float(
        world.one(f"SELECT COALESCE(counted_quantity, 0) FROM stockex_count_line WHERE id = {line}")
    )


def entries(world: World, line: int) -> list[str]:
    """Read the UUIDs of all entries of a line, live or not."""
    rows = world.rows(f"SELECT uuid FROM stockex_count_entry WHERE line_id = {line}")
    return [row[0] for row in rows]


def live_by_counter(world: World, line: int) -> dict[str, float]:
    """Sum a line's live entries by who made them."""
    rows = world.rows(
        f"""SELECT users.login, SUM(entry.quantity)
              FROM stockex_count_entry entry JOIN res_users users ON users.id = entry.user_id
             WHERE line_id = {line} AND {LIVE} GROUP BY 1"""
    )
    return {login: float(quantity) for login, quantity in rows}
