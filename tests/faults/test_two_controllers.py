"""Two people click the same button at the same moment: one acts, the other is told."""

import random

import pytest

from tests.support.rpc import RpcError

from .ledger import check_posted
from .threads import Answer, at_once, winner
from .world import SESSION, World, miscounted

ROUNDS = 5
REFUSALS = ("odoo.exceptions.UserError", "odoo.exceptions.ValidationError")


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_one_of_two_approves_and_one_of_two_posts(world: World, rng: random.Random, _round: int):
    book = world.small_shelf(10)
    counted = miscounted(book, 0.5, rng)
    session = world.start(book)
    world.counted(session, counted)
    world.carla.call(SESSION, "action_review", [session])

    approvals = at_once(
        lambda: world.anton.call(SESSION, "action_approve", [session]),
        lambda: world.anna.call(SESSION, "action_approve", [session]),
    )
    posts = at_once(
        lambda: world.post(session, "carla"),
        lambda: world.post(session, "cedric"),
    )
    world.wait_until_posted(session)

    approver = (world.anton, world.anna)[winner(approvals)].uid
    assert world.one(f"SELECT approver_id FROM stockex_count_session WHERE id = {session}") == str(
        approver
    )
    assert loser_was_told(approvals, "“Approved”")
    assert events(world, session, "count.approved") == 1
    assert loser_was_told(posts, "“Posting”", "“Posted”", "“Done”")
    assert events(world, session, "count.posted") == 1
    assert world.one(f"SELECT count(*) FROM stockex_job WHERE res_id = {session}") == "1"
    check_posted(world, session, counted, book)


def test_one_of_two_starts_a_count_of_the_warehouse(world: World):
    warehouse = world.other_warehouse()
    for _round in range(ROUNDS):
        drafts = [world.draft(warehouse=warehouse), world.draft(warehouse=warehouse)]

        answers = at_once(
            lambda ids=drafts[:1]: world.carla.call(SESSION, "action_start", ids),
            lambda ids=drafts[1:]: world.cedric.call(SESSION, "action_start", ids),
        )

        won = winner(answers)
        started, lost = drafts[won], drafts[1 - won]
        assert loser_was_told(answers, "is already being counted in")
        assert (world.state(started), world.state(lost)) == ("counting", "draft")
        assert (len(world.lines(started)), len(world.lines(lost))) == (20, 0)
        # Five bins and the stock location above them.
        assert (claims(world, started), claims(world, lost)) == (6, 0)

        world.carla.call(SESSION, "action_cancel", drafts)
        assert claims(world, started) == 0


def claims(world: World, session: int) -> int:
    """Count the locations that a session has to itself."""
    return int(world.one(f"SELECT count(*) FROM stockex_count_claim WHERE session_id = {session}"))


def loser_was_told(answers: list[Answer], *reasons: str) -> bool:
    """Tell whether the one who came second read one of these reasons."""
    [error] = [answer.error for answer in answers if answer.error]
    assert isinstance(error, RpcError), error
    assert error.name in REFUSALS, error
    assert any(reason in error.message for reason in reasons), error
    return True


def events(world: World, session: int, name: str) -> int:
    """Count the events of a session."""
    return int(
        world.one(
            f"SELECT count(*) FROM stockex_event WHERE name = '{name}' "
            f"AND res_model = '{SESSION}' AND res_id = {session}"
        )
    )
