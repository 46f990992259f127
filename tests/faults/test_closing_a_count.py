"""A controller closes the counting while people still count."""

import threading
import time
from functools import partial

import pytest

from tests.support.rpc import RpcError

from .threads import at_once
from .world import COUNTERS, SESSION, World, entry

ROUNDS = 4
LINES = 30
ZEROES = 150
# Each entry is worth an alert: 100 pieces too many at 10 each.
TOO_MANY = 140


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_an_entry_is_in_before_the_close_or_its_counter_is_told(world: World, _round: int):
    session = world.start(world.small_shelf(LINES))
    lines = sorted(world.lines(session).values())
    world.record("karim", session, [entry(lines[0], TOO_MANY)])
    counters = [Counter(world, login, session) for login in COUNTERS]
    shares = [lines[1 + place :: len(COUNTERS)] for place in range(len(COUNTERS))]

    walks = [partial(c.walk, share) for c, share in zip(counters, shares, strict=True)]
    answers = at_once(*walks, lambda: close_soon(world, session, counters))

    assert [answer.error for answer in answers] == [None] * len(answers)
    assert world.state(session) == "review"
    for counter in counters:
        assert counter.surprises == []
    taken = {uuid for counter in counters for uuid in counter.taken}
    assert uuids(world, session) - first_uuid(world, lines[0]) == taken
    assert differing(world, session) == len(taken) + 1
    world.wait(lambda: alerts(world, session) >= len(taken) + 1, "every difference is told")
    assert alerts(world, session) == len(taken) + 1
    with pytest.raises(RpcError, match="takes no counts"):
        world.record("karim", session, [entry(lines[0], 1)])


def test_lines_are_counted_as_zero_before_the_approval_or_not_at_all(world: World):
    shelf = world.small_shelf(ZEROES)
    for delay_s in (0.01, 0.03, 0.06, 0.1, 0.2):
        session = world.start(shelf)
        lines = sorted(world.lines(session).values())
        world.record("karim", session, [entry(lines[0], 1)])
        world.cedric.call(SESSION, "action_review", [session])

        zeroing, approval = at_once(
            partial(world.carla.call, SESSION, "action_zero_uncounted", [session]),
            partial(approve_and_look, world, session, delay_s),
        )

        assert approval.error is None
        assert uuids(world, session) == approval.value
        assert len(approval.value) == (1 if zeroing.error else ZEROES)
        assert zeroing.error is None or "“Approved”" in str(zeroing.error)
        world.carla.call(SESSION, "action_cancel", [session])


def approve_and_look(world: World, session: int, after_s: float) -> set[str]:
    """Approve a session; return the entries that were in when it was."""
    time.sleep(after_s)
    world.anton.call(SESSION, "action_approve", [session])
    return uuids(world, session)


class Counter:
    """Somebody with a handheld who walks along the lines until told to stop."""

    def __init__(self, world: World, login: str, session: int) -> None:
        self.world, self.login, self.session = world, login, session
        self.taken: list[str] = []
        self.surprises: list[str] = []
        self.is_at_work = threading.Event()

    def walk(self, lines: list[int]) -> None:
        """Count line after line."""
        for line in lines:
            item = entry(line, TOO_MANY)
            try:
                self.world.record(self.login, self.session, [item])
            except RpcError as error:
                if "takes no counts" not in error.message:
                    self.surprises.append(str(error))
                return
            self.taken.append(item["uuid"])
            self.is_at_work.set()


def close_soon(world: World, session: int, counters: list[Counter]) -> None:
    """Close the counting as soon as everybody has counted something."""
    for counter in counters:
        counter.is_at_work.wait(60)
    time.sleep(0.02)
    world.carla.call(SESSION, "action_review", [session])


def uuids(world: World, session: int) -> set[str]:
    """Read the entries of a session."""
    rows = world.rows(f"SELECT uuid FROM stockex_count_entry WHERE session_id = {session}")
    return {row[0] for row in rows}


def first_uuid(world: World, line: int) -> set[str]:
    """Read the entry that was there before the race."""
    rows = world.rows(f"SELECT uuid FROM stockex_count_entry WHERE line_id = {line} LIMIT 1")
    return {row[0] for row in rows}


def differing(world: World, session: int) -> int:
    """Count the lines that differ."""
    return int(
        world.one(
            "SELECT count(*) FROM stockex_count_line "
            f"WHERE session_id = {session} AND verdict = 'different'"
        )
    )


def alerts(world: World, session: int) -> int:
    """Count the alerts that the closing raised."""
    return int(
        world.one(
            f"""SELECT count(*) FROM stockex_event event
                  JOIN stockex_count_line line ON line.id = event.res_id
                 WHERE event.name = 'variance.above_threshold'
                   AND event.res_model = 'stockex.count.line' AND line.session_id = {session}"""
        )
    )
