"""Posting is cancelled half-way by the person who started it."""

import random

import pytest

from tests.support.rpc import RpcError

from .ledger import check_ledger, check_posted, corrections
from .world import World, miscounted

CHUNK = 250


def test_a_cancelled_posting_stops_between_chunks_and_goes_on_later(
    world: World, rng: random.Random, capsys: pytest.CaptureFixture[str]
):
    book = world.shelf()
    counted = miscounted(book, 0.8, rng)
    session = world.approved(counted)
    total = sum(counted[key] != book[key] for key in book)
    world.post(session)
    world.wait(lambda: done(world, session) > 0, "the first chunk is posted")

    with pytest.raises(RpcError, match="was started by somebody else"):
        world.cedric.call("stockex.job", "action_cancel", [job(world, session)])
    world.carla.call("stockex.job", "action_cancel", [job(world, session)])
    stopping_s = world.wait_until_posted(session)

    posted = len(corrections(world, session))
    with capsys.disabled():
        print(f"\n  stopped in {stopping_s:.1f} s after {posted} of {total} lines")  # noqa: T201
    assert world.state(session) == "approved"
    assert world.one(f"SELECT state FROM stockex_job WHERE id = {job(world, session)}") == (
        "cancelled"
    )
    assert posted == done(world, session) < total
    assert posted % CHUNK == 0
    check_ledger(world)

    world.post(session)
    world.wait_until_posted(session)

    assert done(world, session) == total - posted
    check_posted(world, session, counted, book)


def job(world: World, session: int) -> int:
    """Find the job that posts a session."""
    return int(world.one(f"SELECT job_id FROM stockex_count_session WHERE id = {session}"))


def done(world: World, session: int) -> int:
    """Read how many lines the job has handled."""
    return int(
        world.one(f"SELECT COALESCE(done, 0) FROM stockex_job WHERE id = {job(world, session)}")
    )
