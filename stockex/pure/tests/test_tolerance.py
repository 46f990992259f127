from hypothesis import given
from hypothesis import strategies as st

from ..counting.tolerance import Limits, exceeds

amounts = st.floats(0, 1e6, allow_nan=False)
limits = st.builds(Limits, st.none() | amounts, st.none() | st.floats(0, 1), st.none() | amounts)


def test_a_variance_at_its_limit_is_tolerated():
    assert not exceeds(2, 100, 20.0, Limits(quantity=2, ratio=0.02, value=20.0))


def test_a_share_that_binary_numbers_miss_is_tolerated():
    assert not exceeds(29, 100, 0, Limits(ratio=0.29))
    assert exceeds(29.01, 100, 0, Limits(ratio=0.29))


def test_one_limit_passed_is_enough():
    assert exceeds(-3, 1000, -1.0, Limits(quantity=2, ratio=0.5, value=100))
    assert exceeds(3, 100, 1.0, Limits(ratio=0.02))
    assert exceeds(1, 100, -20.01, Limits(value=20))


def test_what_was_not_in_the_book_passes_every_ratio():
    assert exceeds(1, 0, 0.1, Limits(ratio=1.0))
    assert not exceeds(1, 0, 0.1, Limits(quantity=1))


def test_without_limits_everything_is_tolerated():
    assert not exceeds(1e9, 0, 1e12, Limits())


@given(limits, st.floats(-1e6, 1e6), amounts, amounts)
def test_a_shortage_is_judged_like_a_surplus(limit, difference, book, value):
    assert exceeds(difference, book, value, limit) == exceeds(-difference, book, -value, limit)


@given(limits, amounts, amounts)
def test_no_variance_passes_no_limit(limit, book, value):
    assert not exceeds(0.0, book, value, limit)


@given(limits, st.floats(0.001, 1e6), amounts, amounts, st.floats(1, 10))
def test_a_larger_variance_is_never_judged_milder(limit, difference, book, value, times):
    if exceeds(difference, book, value, limit):
        assert exceeds(difference * times, book, value * times, limit)
