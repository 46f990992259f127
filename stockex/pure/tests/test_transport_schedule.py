"""When a call comes back."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..transport.schedule import (
    DEFAULT,
    LONGEST_REST_S,
    STANDARD_WEBHOOKS,
    next_delay_s,
    rest_s,
)


def test_the_standard_schedule_is_the_published_one():
    assert len(STANDARD_WEBHOOKS) + 1 == 10
    assert sum(STANDARD_WEBHOOKS) == 75 * 3600 + 35 * 60 + 5


@given(st.integers(1, 30), st.integers())
def test_a_wait_is_the_schedules_or_up_to_a_fifth_longer(tries, seed):
    delay = next_delay_s(DEFAULT, tries, None, Random(seed))

    if tries > len(DEFAULT):
        assert delay is None
    else:
        assert delay is not None
        assert DEFAULT[tries - 1] <= delay <= 1.2 * DEFAULT[tries - 1]


@given(st.integers(1, len(DEFAULT)), st.floats(0, 86_400), st.integers())
def test_nobody_comes_back_before_they_were_asked_to(tries, asked, seed):
    delay = next_delay_s(DEFAULT, tries, asked, Random(seed))

    assert delay is not None
    assert delay >= asked
    assert delay <= 1.2 * max(asked, DEFAULT[tries - 1])


def test_calls_that_failed_together_come_back_apart():
    rng = Random(1)

    assert len({next_delay_s(DEFAULT, 3, None, rng) for _call in range(100)}) == 100


@pytest.mark.parametrize(
    ("failures", "asked", "expected"),
    [
        *((1, None, 2), (2, None, 4), (8, None, 256), (9, None, LONGEST_REST_S)),
        *((2000, None, 300), (1, 60, 60), (1, 1, 2), (20, 3600, 3600)),
    ],
)
def test_an_account_rests_longer_each_time(failures, asked, expected):
    assert rest_s(failures, asked) == expected
