import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockex.pure.notify.sequence import (
    LARGEST_ID,
    LARGEST_XID,
    SequenceInvalid,
    read_sequence,
    write_sequence,
)

MARK = "0a1b2c3d"


@given(st.integers(0, LARGEST_XID), st.integers(0, LARGEST_ID))
def test_what_is_written_is_read_again(xid, event):
    assert read_sequence(MARK, write_sequence(MARK, (xid, event))) == (xid, event)


@given(st.text())
def test_any_other_text_is_refused(text):
    with pytest.raises(SequenceInvalid):
        read_sequence(MARK, text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "malformed"),
        ("0a1b2c3d-1", "malformed"),
        ("0a1b2c3d-zzzzzzzzzzzzz-1", "malformed"),
        ("0a1b2c3d-1-zzzzzz", "malformed"),
        ("ffffffff-1-1", "foreign"),
    ],
)
def test_a_text_of_nowhere_says_why(text, code):
    with pytest.raises(SequenceInvalid) as caught:
        read_sequence(MARK, text)

    assert caught.value.code == code
