"""Two hundred shipments of the counted goods while their count is posted."""

import random
from collections import Counter

import pytest

from .ledger import check_posted
from .shipping import Shipments
from .world import World, miscounted, numbers

SHIPMENTS = 200
BEFORE = 20
LEAST_MEANWHILE = 20


def test_shipments_during_posting_lose_no_line_and_fail_nothing(
    world: World, rng: random.Random, capsys: pytest.CaptureFixture[str]
):
    book = world.shelf()
    shipments = Shipments(world, rng.choices(sorted(book), k=SHIPMENTS))
    shipments.pack()
    counted = miscounted(book, 0.9, rng)
    session = world.approved(counted)

    shipments.ship(BEFORE)
    shippers = shipments.ship_rest()
    world.post(session)
    posting_s = world.wait_until_posted(session)
    for shipper in shippers:
        shipper.join(120)

    assert states_of(world, shipments) == {"done": SHIPMENTS}
    left = {key: -count for key, count in Counter(shipments.keys).items()}
    check_posted(world, session, counted, book, left)
    assert world.one(f"SELECT state FROM stockex_job WHERE res_id = {session}") == "done"
    with capsys.disabled():
        report(world, session, shipments, posting_s)
    assert shipped_meanwhile(world, session, shipments) >= LEAST_MEANWHILE


def states_of(world: World, shipments: Shipments) -> dict[str, int]:
    """Count the deliveries by state."""
    rows = world.rows(
        "SELECT state, count(*) FROM stock_picking "
        f"WHERE id IN ({numbers(shipments.pickings)}) GROUP BY 1"
    )
    return {state: int(count) for state, count in rows}


def shipped_meanwhile(world: World, session: int, shipments: Shipments) -> int:
    """Count the deliveries completed after the posting was asked for and before its end."""
    return int(
        world.one(
            f"""SELECT count(DISTINCT line.picking_id) FROM stock_move_line line, stockex_job job
                 WHERE line.picking_id IN ({numbers(shipments.pickings)})
                   AND job.res_id = {session} AND job.res_model = 'stockex.count.session'
                   AND line.stockex_done_at BETWEEN job.create_date AND job.finished_at"""
        )
    )


def report(world: World, session: int, shipments: Shipments, posting_s: float) -> None:
    """Say how hard it was."""
    retried = world.one("SELECT count(*) FROM queue_job WHERE retry > 1")
    doubled = world.one(
        "SELECT count(*) FROM (SELECT 1 FROM stock_quant GROUP BY product_id, location_id"
        " HAVING count(*) > 1) doubled"
    )
    print(  # noqa: T201
        f"\n  posted in {posting_s:.1f} s beside {shipped_meanwhile(world, session, shipments)} "
        f"shipments, {len(shipments.refusals)} of them clicked again; {retried} chunks of this "
        f"server so far were repeated, {doubled} keys have two quants"
    )
    for refusal in shipments.refusals[:3]:
        print("   ", refusal[:200])  # noqa: T201
