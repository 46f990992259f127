import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockex_mobile_api.pure.v1.cursor import (
    CursorInvalid,
    Position,
    query_mark,
    read_cursor,
    write_cursor,
)

MARK = query_mark({"sort": "name"})
values = st.one_of(
    st.none(),
    st.integers(-(2**40), 2**40),
    st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])),
    st.floats(allow_nan=False, allow_infinity=False),
)


@given(values, st.integers(1, 2**31 - 1))
def test_what_is_written_is_read_again(value, record):
    assert read_cursor(write_cursor(Position(value, record), MARK), MARK) == Position(value, record)


@given(st.text())
def test_any_other_text_is_refused(text):
    with pytest.raises(CursorInvalid):
        read_cursor(text, MARK)


def test_a_cursor_of_another_query_is_refused():
    cursor = write_cursor(Position("a", 1), query_mark({"sort": "id"}))

    with pytest.raises(CursorInvalid, match="another query"):
        read_cursor(cursor, MARK)


@pytest.mark.parametrize(
    "parts",
    [
        [MARK, "a", 0],
        [MARK, "a", 2**31],
        [MARK, "a", "1"],
        [MARK, "a", True],
        [MARK, ["a"], 1],
        [MARK, "a\x00", 1],
        [MARK, "a\ud800", 1],
        [MARK, "a"],
        {"a": 1},
        7,
    ],
)
def test_a_forged_cursor_is_refused(parts):
    text = base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")

    with pytest.raises(CursorInvalid):
        read_cursor(text, MARK)
