"""Numbers, codes and dates as people and their programs write them."""

import math
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..exchange.errors import Refused
from ..exchange.values import (
    detect_decimal,
    parse_code,
    parse_date,
    parse_moment,
    parse_quantity,
    parse_text,
)

LIMIT = 1_000_000.0


def quantity(value, decimal="", limit=LIMIT) -> float:
    return parse_quantity(value, decimal, limit=limit)


def code_of(call, *arguments, **options) -> str:
    with pytest.raises(Refused) as caught:
        call(*arguments, **options)
    return caught.value.code


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (12, 12.0),
        (12.5, 12.5),
        (0, 0.0),
        ("12", 12.0),
        (" 12,5 ", 12.5),
        ("12.5", 12.5),
        (",5", 0.5),
        ("5,", 5.0),
        ("+3", 3.0),
        ("007", 7.0),
        ("1 234,50", 1234.5),
        ("1\u00a0234,50", 1234.5),
        ("1\u202f234\u202f567", 1234567.0),
        ("1,234.50", 1234.5),
        ("1.234,5", 1234.5),
        ("1'234.5", 1234.5),
        ("1’234’000.25", 1234000.25),
        ("1.234.567", 1234567.0),
        ("0,125", 0.125),
        ("-0", 0.0),
    ],
)
def test_a_quantity_is_read_in_every_usual_writing(value, expected):
    found = quantity(value, limit=1e7)

    assert found == expected
    assert math.copysign(1, found) == 1


@pytest.mark.parametrize(
    ("text", "decimal", "expected"),
    [
        ("1,234", "", 1.234),
        ("1,234", ",", 1.234),
        ("1,234", ".", 1234.0),
        ("1.234", "", 1.234),
        ("1.234", ".", 1.234),
        ("1.234", ",", 1234.0),
        ("12.5", ",", 12.5),
        ("12,5", ".", 12.5),
        ("0,250", ".", 0.25),
    ],
)
def test_the_column_settles_what_one_text_leaves_open(text, decimal, expected):
    assert quantity(text, decimal) == expected


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "quantity_missing"),
        ("", "quantity_missing"),
        (" \u00a0", "quantity_missing"),
        ("twelve", "quantity_not_a_number"),
        ("12 pcs", "quantity_not_a_number"),
        ("1e3", "quantity_not_a_number"),
        ("nan", "quantity_not_a_number"),
        ("inf", "quantity_not_a_number"),
        (",", "quantity_not_a_number"),
        ("1,23,4", "quantity_not_a_number"),
        ("1 23", "quantity_not_a_number"),
        ("1,234,5", "quantity_not_a_number"),
        ("1 234'567", "quantity_not_a_number"),
        ("-3-", "quantity_not_a_number"),
        ("٣", "quantity_not_a_number"),
        ("=1+1", "quantity_not_a_number"),
        (True, "quantity_not_a_number"),
        (False, "quantity_not_a_number"),
        (math.nan, "quantity_not_a_number"),
        (math.inf, "quantity_not_a_number"),
        (date(2027, 1, 1), "quantity_not_a_number"),
        (datetime(2027, 1, 1), "quantity_not_a_number"),
        (time(1, 2), "quantity_not_a_number"),
        (timedelta(1), "quantity_not_a_number"),
        (-1, "quantity_negative"),
        ("-1,5", "quantity_negative"),
        ("−1", "quantity_negative"),
        ("1,5-", "quantity_negative"),
        (1_000_000.5, "quantity_too_large"),
        ("1000001", "quantity_too_large"),
        ("9" * 400, "quantity_too_large"),
        (10**400, "quantity_too_large"),
    ],
)
def test_a_quantity_that_is_none_says_why(value, code):
    assert code_of(quantity, value) == code


def test_a_cost_has_codes_of_its_own():
    assert code_of(parse_quantity, "x", limit=LIMIT, family="cost") == "cost_not_a_number"


@given(
    st.integers(0, 10**9),
    st.integers(0, 3),
    st.sampled_from(["", " ", "\u00a0", "\u202f", "'", "’", ".", ","]),
    st.sampled_from([",", "."]),
)
def test_a_number_written_by_any_convention_is_read_back(digits, places, group, decimal):
    if group == decimal:
        return
    number = digits / 10**places
    text = f"{number:,.{places}f}".replace(",", "G").replace(".", "D")
    text = text.replace("G", group).replace("D", decimal)

    assert quantity(text, decimal, limit=1e10) == number


@given(st.floats(0, 1e9, allow_nan=False))
def test_a_number_cell_is_taken_as_it_is(number):
    assert quantity(number, limit=1e9) == number


@pytest.mark.parametrize(
    ("samples", "separator", "expected"),
    [
        (["12,5", "1,234"], "", ","),
        (["12.5"], "", "."),
        (["1.234,5"], "", ","),
        (["1,234,567"], "", "."),
        (["1 234,567", None, 3.5, "x"], "", ","),
        (["0,250"], "", ","),
        (["1,234", "1.234", "12"], "", ""),
        (["1,5", "1.5"], "", ""),
        (["1,5", "1,6", "1.5"], "", ","),
        (["1,234"], ",", "."),
        (["1,5"], ",", ","),
        ([], ";", ""),
    ],
)
def test_the_clear_texts_of_a_column_tell_its_decimal_sign(samples, separator, expected):
    assert detect_decimal(samples, separator) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (123.0, "123"),
        (123, "123"),
        (12.5, "12.5"),
        ("  a \u00a0b\r\nc ", "a b c"),
        ("e\u0301", "é"),
        ("a\x00b\x07\ufeffc\ud800", "abc"),
        ("007", "007"),
        (3_700_123_456_789.0, "3700123456789"),
    ],
)
def test_a_code_is_what_was_meant(value, expected):
    assert parse_code(value) == expected
    assert parse_text(value) == expected


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("3,70E+12", "barcode_rounded"),
        ("3.7e+12", "barcode_rounded"),
        (1e15, "barcode_rounded"),
        (10**16, "barcode_rounded"),
        (datetime(2027, 2, 1), "code_became_date"),
        (time(1, 2), "code_became_date"),
        (True, "not_a_code"),
        ("x" * 256, "text_too_long"),
    ],
)
def test_a_code_that_was_lost_is_refused(value, code):
    assert code_of(parse_code, value) == code


def test_a_text_may_be_as_long_as_allowed():
    assert parse_text("x" * 5, limit=5) == "xxxxx"
    assert code_of(parse_text, "x" * 6, limit=5) == "text_too_long"


def test_a_text_may_hold_a_date_or_what_looks_like_a_product_reference():
    assert parse_text(datetime(2027, 3, 31)) == "2027-03-31"
    assert parse_code("2E10") == "2E10"


@given(st.text(max_size=60))
def test_a_text_once_cleaned_stays_as_it_is(text):
    cleaned = parse_text(text, limit=1000)

    assert parse_text(cleaned, limit=1000) == cleaned


@pytest.mark.parametrize(
    ("value", "order", "expected"),
    [
        ("2027-03-31", "dmy", date(2027, 3, 31)),
        ("2027/3/1", "mdy", date(2027, 3, 1)),
        ("20270331", "dmy", date(2027, 3, 31)),
        ("03/04/2027", "dmy", date(2027, 4, 3)),
        ("03/04/2027", "mdy", date(2027, 3, 4)),
        ("31.3.27", "dmy", date(2027, 3, 31)),
        ("31-03-2027 14:30", "dmy", date(2027, 3, 31)),
        (datetime(2027, 3, 31, 5), "dmy", date(2027, 3, 31)),
        (date(2027, 3, 31), "dmy", date(2027, 3, 31)),
        (46112, "dmy", date(2026, 3, 31)),
    ],
)
def test_a_date_is_read_in_the_order_that_is_asked_for(value, order, expected):
    assert parse_date(value, order) == expected


NO_DATES = ["12/31/2027", "31/02/2027", "March", "06/2027", "1-2/2027", "", "2027-03-31x"]
NO_DATES += ["0001-01-01", "31/03/2027 25:00", None, True, 7, 20270331, math.nan]
NO_DATES += [time(1), timedelta(1)]


@pytest.mark.parametrize("value", NO_DATES)
def test_a_date_that_is_none_is_refused_never_turned_round(value):
    assert code_of(parse_date, value) == "date_unreadable"


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["dmy", "mdy"]))
def test_a_written_date_is_read_back(day, order):
    written = day.strftime("%d/%m/%Y" if order == "dmy" else "%m/%d/%Y")

    assert parse_date(written, order) == parse_date(day.isoformat(), order) == day


def test_an_instant_keeps_its_clock_and_its_offset():
    assert parse_moment("31/03/2027 14:30:05") == datetime(2027, 3, 31, 14, 30, 5)
    assert parse_moment("31/03/2027 9h05") == datetime(2027, 3, 31, 9, 5)
    assert parse_moment("2027-03-31T14:30:00+02:00") == datetime(2027, 3, 31, 12, 30, tzinfo=UTC)
    assert parse_moment("2027-03-31 14:30:00") == datetime(2027, 3, 31, 14, 30)
