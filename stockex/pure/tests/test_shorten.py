"""Texts are shortened by the taker's own count and never in the middle of a sign."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockex.pure.notify.shorten import ELLIPSIS, shorten, utf16


def test_a_text_that_fits_stays():
    assert shorten("Bolt", 4) == "Bolt"


def test_a_long_text_ends_with_an_ellipsis_at_a_word():
    assert shorten("Count Aisle 4 was posted by Carla", 20) == "Count Aisle 4 was…"


def test_a_word_without_blanks_is_cut_where_it_must():
    assert shorten("x" * 100, 10) == "x" * 9 + "…"


@pytest.mark.parametrize(
    "text",
    [
        "abcdefghe\u0301",  # e with an accent of its own
        "abcdefgh👩‍👩‍👧",  # a family, joined
        "abcdefgh👍🏽",  # a skin tone
        "abcdefgh🇫🇷🇲🇦",  # flags
    ],
)
def test_a_sign_of_several_characters_is_not_split(text):
    for limit in range(2, len(text)):
        short = shorten(text, limit)
        left = short.removesuffix(ELLIPSIS)
        assert text.startswith(left)
        rest = text[len(left) :]
        assert not rest or rest[0] not in "\u0301\u200d🏽"
        assert not left.endswith("\u200d")
        assert sum("🇦" <= sign <= "🇿" for sign in left) % 2 == 0


def test_no_room_at_all_leaves_nothing():
    assert shorten("Bolt", 0) == ""


def test_utf16_counts_what_lies_beyond_twice():
    assert utf16("a€👍") == 4


@given(
    st.text(max_size=300),
    st.integers(0, 120),
    st.sampled_from([len, utf16, lambda text: len(json.dumps(text)), lambda text: len(text) * 5]),
)
def test_the_result_fits_and_begins_like_the_text(text, limit, measure):
    short = shorten(text, limit, measure)

    assert short == "" or measure(short) <= limit
    assert short == text or text.startswith(short.removesuffix(ELLIPSIS))
    assert measure(text) > limit or short == text
