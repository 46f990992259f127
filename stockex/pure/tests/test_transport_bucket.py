"""How many calls a bucket lets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..transport.bucket import take


def test_a_full_bucket_gives_all_its_tokens_at_once_and_then_one_a_step():
    free_at, given_at = 0.0, []
    for now in [100.0] * 5:
        if now >= free_at:
            free_at = take(free_at, now, 3, 60)
            given_at.append(now)

    assert given_at == [100.0] * 3
    assert free_at == 120.0


def test_taking_too_early_is_an_error():
    with pytest.raises(ValueError, match="no token for"):
        take(10, 9, 1, 60)


@given(
    st.lists(st.integers(0, 400), max_size=60),
    st.integers(1, 10),
    st.sampled_from([1.0, 60.0, 3600.0]),
)
def test_no_span_of_time_lets_through_more_than_it_may(waits, count, period):
    free_at, now, given_at = 0.0, 1000.0, []
    for wait in waits:
        now += wait * period / count / 100
        if now >= free_at:
            free_at = take(free_at, now, count, period)
            given_at.append(now)

    for first in range(len(given_at)):
        for last in range(first, len(given_at)):
            allowed = count + (given_at[last] - given_at[first]) * count / period
            assert last - first + 1 <= allowed + 1e-6


@given(st.integers(1, 10), st.sampled_from([1.0, 60.0]), st.integers(0, 20))
def test_whoever_waits_as_told_gets_the_whole_rate(count, period, more):
    free_at, now = 0.0, 1000.0
    for _token in range(count + more):
        now = max(now, free_at)
        free_at = take(free_at, now, count, period)

    assert now == pytest.approx(1000.0 + more * period / count)
