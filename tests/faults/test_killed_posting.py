"""`kill -9` of the server while it posts, twenty times in all."""

import random
import time
from dataclasses import dataclass

import pytest

from .deaths import OUT_OF_MEMORY, POWER_CUT, Death
from .ledger import check_posted
from .world import World, miscounted

# Of 1,200 lines: 960 to post, four chunks.
DIFFERING = 0.8
CHUNK = "method_name = '_run_chunk'"


@dataclass
class Tally:
    """Where the kills landed."""

    in_chunk: int = 0
    between: int = 0
    too_late: int = 0
    sessions: int = 0

    @property
    def landed(self) -> int:
        """Count the kills that hit a session being posted."""
        return self.in_chunk + self.between

    @property
    def attempts(self) -> int:
        """Count all kills."""
        return self.landed + self.too_late


@pytest.mark.parametrize(("death", "kills"), [(POWER_CUT, 6), (OUT_OF_MEMORY, 14)])
def test_a_server_killed_while_posting_posts_every_line_exactly_once(
    world: World,
    rng: random.Random,
    capsys: pytest.CaptureFixture[str],
    death: Death,
    kills: int,
):
    book, tally = world.shelf(), Tally()
    while tally.landed < kills:
        counted = miscounted(book, DIFFERING, rng)
        session = world.approved(counted)

        world.post(session)
        tally.sessions += 1
        while tally.landed < kills and wait_for_a_chunk(world, session):
            assert tally.attempts < 2 * kills, f"the kills do not land: {tally}"
            time.sleep(rng.uniform(0, 1.3 * chunk_s(world)))
            death.strike(world.server)
            note_what_was_hit(world, session, tally)
            let_a_minute_pass(world)
            death.replace(world.server)
        world.wait_until_posted(session)

        check_posted(world, session, counted, book)
        assert world.one(f"SELECT bool_and(state = 'done') FROM stockex_job WHERE {of(session)}")
        book = counted
    with capsys.disabled():
        print(f"\n  {death.name} killed: {tally}, chunk {chunk_s(world):.2f} s")  # noqa: T201
    assert tally.in_chunk >= kills / 2


def of(session: int) -> str:
    """Select the jobs of a session."""
    return f"res_model = 'stockex.count.session' AND res_id = {session}"


def is_running(world: World) -> bool:
    """Tell whether the queue has handed a chunk to the server and not had it back."""
    return world.one(f"SELECT count(*) FROM queue_job WHERE {CHUNK} AND state = 'started'") != "0"


def wait_for_a_chunk(world: World, session: int) -> bool:
    """Wait until a chunk is being posted; False if the session is done before."""
    world.wait(
        lambda: is_running(world) or world.state(session) != "posting", "a chunk is being posted"
    )
    return world.state(session) == "posting"


def chunk_s(world: World) -> float:
    """Return how long a chunk takes here, from those that ended; a guess before the first."""
    average = world.one(f"SELECT avg(exec_time) FROM queue_job WHERE {CHUNK} AND state = 'done'")
    return float(average or 2)


def note_what_was_hit(world: World, session: int, tally: Tally) -> None:
    """Wait until PostgreSQL has rolled back, then see where the kill landed."""
    world.wait_for_rollback()
    if world.state(session) != "posting":
        tally.too_late += 1
    elif is_running(world):
        # Started, and nobody is at it: cut off.
        tally.in_chunk += 1
    else:
        tally.between += 1


def let_a_minute_pass(world: World) -> None:
    """Date the queue back.

    queue_job takes a job for dead ten seconds after it handed it out and looks for such
    jobs when it starts, when the queue changes, and once a minute.
    """
    world.rows(
        "UPDATE queue_job SET date_enqueued = date_enqueued - interval '1 minute' "
        "WHERE state IN ('enqueued', 'started')"
    )
