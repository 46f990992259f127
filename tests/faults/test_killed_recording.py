"""`kill -9` of the server while it takes a large batch of counts."""

import random
import threading
import time
from typing import Any

import pytest
import requests

from .deaths import OUT_OF_MEMORY, POWER_CUT, Death
from .world import World, entry

BATCH = 500
ATTEMPTS = 3


@pytest.mark.parametrize("death", [POWER_CUT, OUT_OF_MEMORY])
def test_a_batch_cut_off_is_taken_whole_or_not_at_all(
    world: World, rng: random.Random, capsys: pytest.CaptureFixture[str], death: Death
):
    session = world.start(world.small_shelf(BATCH // 2))
    lines = sorted(world.lines(session).values())
    recorded = len(lines) * 2
    started = time.monotonic()
    world.record("karim", session, batch(lines))
    batch_s = time.monotonic() - started
    cut_off = 0
    for _attempt in range(ATTEMPTS):
        items = batch(lines)

        was_told = send_and_kill(world, session, items, rng.uniform(0.1, 0.8) * batch_s, death)

        kept = found(world, session, items)
        assert kept == BATCH if was_told else kept in (0, BATCH)
        cut_off += not kept
        world.record("karim", session, items)
        world.record("karim", session, items)
        recorded += BATCH
        assert found(world, session, items) == BATCH
        assert total(world, session) == (recorded, recorded)
        if cut_off:
            break
    with capsys.disabled():
        print(f"\n  {BATCH} entries take {batch_s:.2f} s; {death.name} killed")  # noqa: T201
    assert cut_off


def batch(lines: list[int]) -> list[dict[str, Any]]:
    """Make two entries a line, one piece each."""
    return [entry(line, 1) for line in [*lines, *lines]]


def send_and_kill(
    world: World, session: int, items: list[Any], after_s: float, death: Death
) -> bool:
    """Send a batch, kill the server meanwhile; tell whether the client had its answer."""
    lost: list[Exception] = []

    def send() -> None:
        try:
            world.record("karim", session, items)
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


def found(world: World, session: int, items: list[dict[str, Any]]) -> int:
    """Count how many of the items are recorded."""
    uuids = ", ".join(f"'{item['uuid']}'" for item in items)
    return int(
        world.one(
            f"SELECT count(*) FROM stockex_count_entry "
            f"WHERE session_id = {session} AND uuid IN ({uuids})"
        )
    )


def total(world: World, session: int) -> tuple[int, int]:
    """Return the number of entries of a session and the pieces on its lines."""
    entries = world.one(f"SELECT count(*) FROM stockex_count_entry WHERE session_id = {session}")
    pieces = world.one(
        f"SELECT SUM(counted_quantity) FROM stockex_count_line WHERE session_id = {session}"
    )
    return int(entries), int(float(pieces))
