"""When messages go out: the clock changes, the digests and the reasons, one by one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ..notify.delivery import (
    Action,
    Frequency,
    Item,
    Reason,
    Wishes,
    day_bounds,
    digest_time,
    is_quiet,
    plan,
    plan_all,
    quiet_end,
)
from .delivery_cases import (
    CASABLANCA,
    MINUTE,
    NIGHT,
    PARIS,
    ZONES,
    instants,
    quiets,
    wishes_of_users,
)


def paris(*moment, fold=0):
    return datetime(*moment, tzinfo=PARIS, fold=fold).astimezone(UTC)


def casablanca(*moment, fold=0):
    return datetime(*moment, tzinfo=CASABLANCA, fold=fold).astimezone(UTC)


# --- Quiet hours ---


@given(st.sampled_from(ZONES), quiets, instants)
def test_quiet_hours_end_at_the_first_minute_that_is_not_quiet(zone, quiet, now):
    now = now.replace(second=0)
    wishes = Wishes(zone, quiet=quiet)

    end = quiet_end(wishes, now)

    moment = now
    while moment < end:
        assert is_quiet(wishes, moment)
        moment += MINUTE
    assert moment == end
    assert not is_quiet(wishes, end)


@given(wishes_of_users, instants)
def test_seconds_do_not_move_the_end(wishes, now):
    assume(is_quiet(wishes, now))

    end = quiet_end(wishes, now)  # pylint: disable=unreachable

    assert end == quiet_end(wishes, now.replace(second=0))
    assert end.second == 0


@pytest.mark.parametrize(
    ("hour", "quiet"), [(21, False), (22, True), (0, True), (6, True), (7, False), (12, False)]
)
def test_quiet_hours_go_over_midnight(hour, quiet):
    wishes = Wishes(CASABLANCA, quiet=NIGHT)

    assert is_quiet(wishes, casablanca(2026, 5, 4, hour)) is quiet


@pytest.mark.parametrize(
    ("hour", "quiet"), [(11, False), (12, True), (13, True), (14, False), (0, False)]
)
def test_quiet_hours_within_a_day(hour, quiet):
    assert is_quiet(Wishes(PARIS, quiet=(720, 840)), paris(2026, 5, 4, hour)) is quiet


def test_a_night_with_a_clock_change_ends_at_seven_all_the_same():
    wishes = Wishes(PARIS, quiet=NIGHT)

    assert quiet_end(wishes, paris(2026, 3, 28, 23)) == datetime(2026, 3, 29, 5, tzinfo=UTC)
    assert quiet_end(wishes, paris(2026, 10, 24, 23)) == datetime(2026, 10, 25, 6, tzinfo=UTC)


def test_an_end_that_the_clock_skips_is_when_it_skips_it():
    wishes = Wishes(PARIS, quiet=(22 * 60, 2 * 60 + 30))

    assert quiet_end(wishes, paris(2026, 3, 28, 23)) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_an_end_that_comes_twice_is_quiet_again_until_the_second():
    wishes = Wishes(PARIS, quiet=(22 * 60, 2 * 60 + 30))

    first = quiet_end(wishes, paris(2026, 10, 24, 23))
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = quiet_end(wishes, datetime(2026, 10, 25, 1, tzinfo=UTC))
    assert second == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_morocco_sets_its_clocks_back_for_ramadan_and_forward_after():
    wishes = Wishes(CASABLANCA, quiet=NIGHT)

    # UTC+1 until 15 February 2026, 3:00; UTC until 22 March, 2:00.
    evenings = [(2, 13), (2, 14), (3, 20), (3, 21)]

    ends = [quiet_end(wishes, casablanca(2026, *evening, 23)) for evening in evenings]

    assert [end.hour for end in ends] == [6, 7, 7, 6]


# --- Digests ---


@given(wishes_of_users, instants)
def test_a_digest_is_after_now_and_never_in_quiet_hours(wishes, now):
    due = digest_time(wishes, now)

    assert now < due
    assert not is_quiet(wishes, due)
    days = 7 if wishes.frequency == Frequency.WEEKLY else 1
    assert due - now <= timedelta(days=days + 1)


@given(wishes_of_users, instants)
def test_without_quiet_hours_a_digest_comes_at_its_hour_and_weekday(wishes, now):
    wishes = replace(wishes, quiet=None, digest_minute=12 * 60 + wishes.digest_minute % 60)

    local = digest_time(wishes, now).astimezone(wishes.zone)

    assert local.hour * 60 + local.minute == wishes.digest_minute
    assert wishes.frequency != Frequency.WEEKLY or local.weekday() == wishes.digest_weekday


@given(wishes_of_users, instants, st.integers(0, 60 * 24 * 3))
def test_whoever_asks_before_the_digest_is_told_the_same(wishes, now, earlier):
    due = digest_time(wishes, now)

    assert due >= digest_time(wishes, now - earlier * MINUTE)
    assert digest_time(wishes, due - MINUTE) == due


def test_a_digest_in_quiet_hours_waits_for_their_end():
    wishes = Wishes(PARIS, Frequency.DAILY, digest_minute=23 * 60, quiet=NIGHT)

    assert digest_time(wishes, paris(2026, 5, 4, 12)) == paris(2026, 5, 5, 7)
    assert digest_time(wishes, paris(2026, 5, 5, 6)) == paris(2026, 5, 5, 7)
    assert digest_time(wishes, paris(2026, 5, 5, 7)) == paris(2026, 5, 6, 7)


def test_a_weekly_digest_comes_on_its_day():
    wishes = Wishes(PARIS, Frequency.WEEKLY, digest_minute=480, digest_weekday=0)

    assert digest_time(wishes, paris(2026, 5, 4, 7, 59)) == paris(2026, 5, 4, 8)
    assert digest_time(wishes, paris(2026, 5, 4, 8)) == paris(2026, 5, 11, 8)
    assert digest_time(wishes, paris(2026, 5, 10, 23)) == paris(2026, 5, 11, 8)


# --- One message ---


def test_each_reason_in_its_turn():
    wishes = Wishes(PARIS, Frequency.AT_ONCE, quiet=NIGHT, most_per_day=10, muted=frozenset({9}))
    daily = replace(wishes, frequency=Frequency.DAILY)
    noon, night = paris(2026, 5, 4, 12), paris(2026, 5, 4, 23)
    digest, morning = paris(2026, 5, 5, 8), paris(2026, 5, 5, 7)
    urgent, muted = Item(1, urgent=True), Item(9, urgent=True)

    cases = [
        (wishes, noon, Item(1), 9, Action.SEND, noon, Reason.NOW),
        (wishes, noon, Item(1), 10, Action.DIGEST, digest, Reason.LIMIT_REACHED),
        (wishes, night, Item(1), 10, Action.WAIT, morning, Reason.QUIET_HOURS),
        (wishes, night, Item(1), 0, Action.WAIT, morning, Reason.QUIET_HOURS),
        (wishes, night, urgent, 10, Action.SEND, night, Reason.URGENT),
        (wishes, noon, muted, 0, Action.SKIP, noon, Reason.MUTED),
        (daily, noon, Item(1), 0, Action.DIGEST, digest, Reason.DIGEST_CHOSEN),
        (daily, night, urgent, 0, Action.SEND, night, Reason.URGENT),
    ]
    for user, now, item, sent, action, at, reason in cases:
        decision = plan(user, now, item, sent)
        assert (decision.action, decision.at, decision.reason) == (action, at, reason)


def test_in_a_batch_each_that_is_sent_counts_for_the_next():
    wishes = Wishes(PARIS, most_per_day=3)

    decisions = plan_all(wishes, paris(2026, 5, 4, 12), [Item(1)] * 4, sent_today=1)

    assert [decision.action for decision in decisions] == [
        Action.SEND,
        Action.SEND,
        Action.DIGEST,
        Action.DIGEST,
    ]


@given(st.sampled_from(ZONES), instants)
def test_a_local_day_holds_its_instants_and_no_other(zone, now):
    start, end = day_bounds(zone, now)

    day = now.astimezone(zone).date()
    assert start <= now < end
    assert start.astimezone(zone).date() == day
    assert (start - MINUTE).astimezone(zone).date() < day
    assert (end - MINUTE).astimezone(zone).date() == day
    assert end.astimezone(zone).date() > day
