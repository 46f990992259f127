"""What may be counted, and why not."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..counting.client import MAX_ID, parse_id, parse_instant
from ..counting.quantity import quantity_fault

LIMIT = 10_000_000


def fault(quantity: float, tracking: str = "none", has_lot: bool = False, digits: int = 2):
    return quantity_fault(quantity, tracking=tracking, has_lot=has_lot, digits=digits, limit=LIMIT)


@given(st.integers(0, LIMIT * 100))
def test_every_hundredth_up_to_the_limit_is_a_count(hundredths):
    assert fault(hundredths / 100) is None


@given(st.integers(0, LIMIT), st.integers(1, 9), st.integers(0, 2))
def test_a_decimal_more_than_the_unit_has_is_refused(whole, last, digits):
    quantity = whole + last / 10 ** (digits + 1)

    if quantity <= LIMIT:
        assert fault(quantity, digits=digits) == "too_many_decimals"


@given(st.floats(max_value=-1e-9, allow_nan=False, allow_infinity=False))
def test_nothing_below_zero_is_a_count(quantity):
    assert fault(quantity) == "negative"


@given(st.floats(min_value=LIMIT, exclude_min=True, allow_infinity=False))
def test_nothing_above_the_limit_is_a_count(quantity):
    assert fault(quantity) == "absurd"


@pytest.mark.parametrize("quantity", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_no_count(quantity):
    assert fault(quantity) == "not_a_number"


@pytest.mark.parametrize("tracking", ["lot", "serial"])
def test_tracked_goods_need_their_lot_unless_there_are_none(tracking):
    assert fault(1, tracking) == "lot_missing"
    assert fault(0, tracking) is None
    assert fault(1, tracking, has_lot=True) is None


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [(0, None), (1, None), (2, "serial_twice"), (1.5, "serial_twice"), (0.5, "serial_fraction")],
)
def test_a_serial_number_is_there_once_or_not(quantity, expected):
    assert fault(quantity, "serial", has_lot=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-05-01T10:00:00", "2026-05-01 10:00:00"),
        ("2026-05-01T10:00:00Z", "2026-05-01 10:00:00"),
        ("2026-05-01T10:00:00.123456+02:00", "2026-05-01 08:00:00.123456"),
        ("2026-05-01 23:30:00-01:00", "2026-05-02 00:30:00"),
    ],
)
def test_an_instant_is_read_as_utc(text, expected):
    assert str(parse_instant(text)) == expected


@pytest.mark.parametrize("text", ["", None])
def test_no_instant_is_none(text):
    assert parse_instant(text) is None


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01T00:00:00", "12:00"])
def test_what_is_no_instant_is_an_error(text):
    with pytest.raises(ValueError, match=r"."):
        parse_instant(text)


@given(st.integers(1, MAX_ID))
def test_an_id_is_read_as_it_is(value):
    assert parse_id(value) == value


@pytest.mark.parametrize("value", [0, -1, MAX_ID + 1, True, "7", 7.0, None, [7]])
def test_what_is_no_id_is_an_error(value):
    with pytest.raises(ValueError, match="is no id"):
        parse_id(value)
