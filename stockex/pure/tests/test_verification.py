"""The code on a printed result."""

import re

from hypothesis import given
from hypothesis import strategies as st

from ..document.verification import verification_code

VALUES = st.one_of(st.none(), st.integers(), st.text(), st.floats(-1e9, 1e9))
ROWS = st.lists(st.lists(VALUES))


def test_the_code_of_a_known_result_is_known():
    rows = [("CNT/1", "done"), (7, 1.5, None)]

    # printf '5:CNT/1,4:done,\n1:7,8:1.500000,0:,\n' | openssl dgst -sha256 -hmac key -binary
    assert verification_code(b"key", rows) == "WWQM R7K5 WMEW R3CU ESDE"


@given(ROWS)
def test_a_code_is_five_groups_of_four(rows):
    assert re.fullmatch(r"([A-Z2-7]{4} ){4}[A-Z2-7]{4}", verification_code(b"key", rows))


def test_another_key_and_any_other_value_give_another_code():
    rows = [("CNT/1", 1.0, "ab", "c")]

    codes = {
        verification_code(b"key", rows),
        verification_code(b"other", rows),
        verification_code(b"key", [("CNT/1", 1.000001, "ab", "c")]),
        verification_code(b"key", [("CNT/1", 1.0, "a", "bc")]),
        verification_code(b"key", [("CNT/1", 1.0), ("ab", "c")]),
        verification_code(b"key", [*rows, ()]),
    }

    assert len(codes) == 6


def test_a_zero_has_no_sign():
    assert verification_code(b"key", [(0.0,)]) == verification_code(b"key", [(-0.0,)])
