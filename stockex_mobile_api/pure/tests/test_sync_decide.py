"""Counts of a handheld against what was counted meanwhile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockex_mobile_api.pure.sync.decide import (
    Conflict,
    Counted,
    Resolution,
    conflict_of,
    is_stale,
    last_known,
    resolution_of,
    version_of,
)


def entry(number, quantity=1.0, live=True, mine=False, seq=None):
    return Counted(number, quantity, live, mine, seq)


def test_a_version_is_the_last_entry():
    assert version_of(42) == "e42"
    assert last_known(version_of(42)) == 42


@pytest.mark.parametrize("base", [None, "", "e", "e-1", "42", "e42 ", "x", "e" + "9" * 30])
def test_a_version_that_is_none_knows_nothing(base):
    assert last_known(base) == 0


def test_what_the_device_knew_is_no_conflict():
    assert not is_stale([entry(3), entry(7)], "e7", 5)
    assert not is_stale([], None, 0)


def test_what_somebody_counted_since_is_a_conflict():
    assert is_stale([entry(7), entry(8)], "e7", 5)
    assert is_stale([entry(1)], None, 5)


def test_the_same_user_elsewhere_is_a_conflict_and_the_same_device_is_not():
    assert is_stale([entry(8, mine=True)], "e7", 5)
    assert not is_stale([entry(8, mine=True, seq=4)], "e7", 5)


def test_what_took_an_entry_back_is_a_conflict():
    assert is_stale([entry(7, live=False), entry(9, 0.0, live=False)], "e7", 5)


def test_an_operation_that_the_device_has_already_corrected_is_a_conflict():
    assert is_stale([entry(8, mine=True, seq=6)], "e7", 5)


def test_a_conflict_sets_the_count_against_what_it_does_not_correct():
    entries = [
        entry(1, 2.0, mine=True),  # known, so corrected
        entry(2, 4.0),  # known, somebody else's
        entry(3, 8.0, live=False),
        entry(8, 16.0, mine=True),  # by the same user, in the back office
        entry(9, 32.0, mine=True, seq=4),  # sent before by the device
        entry(10, 64.0),
    ]

    assert conflict_of(entries, "e7", 5, 3.0) == Conflict(3.0, 84.0, (1, 9))


def test_each_choice_brings_the_line_to_what_was_shown():
    entries = [entry(1, 2.0, mine=True), entry(2, 4.0), entry(3, 8.0, live=False)]
    found = conflict_of(entries, "e1", 5, 3.0)

    assert (found.mine, found.theirs) == (3.0, 4.0)
    assert resolution_of("mine", entries, found) == Resolution(True, (1, 2))
    assert resolution_of("theirs", entries, found) == Resolution(False, (1,))
    assert resolution_of("sum", entries, found) == Resolution(True, (1,))


ENTRIES = st.lists(
    st.builds(
        Counted,
        id=st.integers(1, 20),
        quantity=st.integers(0, 50).map(float),
        live=st.booleans(),
        mine=st.booleans(),
        seq=st.none() | st.integers(0, 9),
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)


@given(ENTRIES, st.integers(0, 20), st.integers(0, 9), st.integers(0, 50).map(float))
def test_a_resolution_comes_to_one_of_the_values_shown(entries, last, seq, quantity):
    found = conflict_of(entries, version_of(last), seq, quantity)

    totals = {"mine": quantity, "theirs": found.theirs, "sum": quantity + found.theirs}
    for choice, total in totals.items():
        done = resolution_of(choice, entries, found)
        kept = sum(one.quantity for one in entries if one.live and one.id not in done.replaced)
        assert kept + (quantity if done.count else 0) == total


@given(ENTRIES, st.integers(0, 9))
def test_the_present_version_is_stale_only_after_the_devices_own_later_counts(entries, seq):
    newest = max((one.id for one in entries), default=0)

    assert not is_stale(entries, version_of(newest), seq)


@given(ENTRIES, st.integers(0, 20), st.integers(0, 9))
def test_only_ones_own_entries_are_corrected(entries, last, seq):
    found = conflict_of(entries, version_of(last), seq, 1.0)

    own = {one.id for one in entries if one.mine and one.live}
    assert set(found.corrected) <= own
