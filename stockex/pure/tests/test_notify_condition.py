"""Conditions on payload fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..notify.condition import OPERATORS, fault, holds, kinds_of, read_number
from ..notify.registry import NUMBER

FLOATS = st.floats(allow_nan=False, allow_infinity=False, width=32)


def test_a_schema_is_classed_by_what_its_values_compare_with():
    schema = {"session": str, "lines": int, "value": NUMBER, "urgent": bool}

    assert kinds_of(schema) == {
        "session": "text",
        "lines": "number",
        "value": "number",
        "urgent": "boolean",
    }


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("500", 500.0),
        ("-12.5", -12.5),
        ("12,5", 12.5),
        ("1 234,5", 1234.5),
        ("1\N{NARROW NO-BREAK SPACE}234", 1234.0),
        ("1\N{NO-BREAK SPACE}234.50", 1234.5),
    ],
)
def test_numbers_are_read_as_people_type_them(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "abc", "1,234.5", "1,2,3", "1_000", "nan", "inf", "-inf", "1e999", "0x10", "5 €"]
)
def test_what_is_no_single_number_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        read_number(text)


@pytest.mark.parametrize(
    ("kind", "operator", "value", "code"),
    [
        ("number", "at_least", "500", ""),
        ("number", "at_least", "much", "number"),
        ("number", "at_least", "  ", "missing"),
        ("number", "contains", "5", "operator"),
        ("text", "at_least", "5", "operator"),
        ("text", "contains", "", "missing"),
        ("text", "set", "", ""),
        ("boolean", "true", "", ""),
        ("boolean", "equal", "1", "operator"),
    ],
)
def test_a_condition_is_checked_against_the_kind_of_its_field(kind, operator, value, code):
    assert fault(kind, operator, value) == code


@pytest.mark.parametrize(
    ("found", "operator", "value", "result"),
    [
        (500, "at_least", "500", True),
        (500, "more", "500", False),
        (500.000001, "more", "500", True),
        (-500, "far_from_zero", "500", True),
        (-499.99, "far_from_zero", "500", False),
        (500, "far_from_zero", "-500", True),
        (0.1 + 0.2, "equal", "0,3", True),
        (0.1 + 0.2, "more", "0.3", False),
        (0.1 + 0.2, "less", "0.3", False),
        (3, "not_equal", "4", True),
        (3, "at_most", "3", True),
        ("Bolt M8", "contains", "bolt", True),
        ("Bolt M8", "not_contains", "nut", True),
        ("EUR", "one_of", "mad, eur", True),
        ("EUR", "one_of", "EURO", False),
        (" EUR ", "equal", "eur", True),
        ("ÉTÉ", "equal", "été", True),
        ("", "set", "", False),
        ("  ", "not_set", "", True),
        (None, "not_set", "", True),
        (True, "true", "", True),
        (False, "false", "", True),
        (True, "false", "", False),
    ],
)
def test_a_condition_holds_or_not(found, operator, value, result):
    assert holds(found, operator, value) is result


@given(FLOATS, FLOATS)
def test_exactly_one_of_less_equal_more_holds(found, limit):
    held = [holds(found, operator, repr(limit)) for operator in ("less", "equal", "more")]

    assert held.count(True) == 1


@given(st.text(), st.text(min_size=1).filter(lambda text: text.strip()))
def test_each_text_condition_and_its_opposite_exclude_one_another(found, value):
    for operator, opposite in (("equal", "not_equal"), ("contains", "not_contains")):
        assert holds(found, operator, value) is not holds(found, opposite, value)


@given(st.sampled_from(sorted(OPERATORS)), st.text())
def test_a_condition_without_fault_can_always_be_asked(kind, value):
    sample = {"text": "x", "number": 1.5, "boolean": True}[kind]
    for operator in OPERATORS[kind]:
        if not fault(kind, operator, value):
            assert holds(sample, operator, value) in (True, False)


@pytest.mark.parametrize("found", [None, "", "12", False])
@pytest.mark.parametrize("operator", ["more", "at_least", "less", "at_most", "far_from_zero"])
def test_what_is_no_number_is_neither_more_nor_less(found, operator):
    assert holds(found, operator, "0") is False
