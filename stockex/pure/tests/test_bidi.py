"""Arabic on paper: joined letters, visual order."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..document.bidi import shape, visual

LATIN = st.text(st.characters(codec="latin-1", categories=("L", "N", "P", "Zs")))
ARABIC = st.text(st.characters(min_codepoint=0x0621, max_codepoint=0x064A), min_size=1)


def test_letters_take_the_form_of_their_place():
    names = [unicodedata.name(letter) for letter in shape("مخزن")]

    assert names == [
        "ARABIC LETTER MEEM INITIAL FORM",
        "ARABIC LETTER KHAH MEDIAL FORM",
        "ARABIC LETTER ZAIN FINAL FORM",
        "ARABIC LETTER NOON ISOLATED FORM",
    ]


def test_lam_and_alef_are_one_sign():
    assert shape("سلام") == "\ufeb3\ufefc\ufee1"


def test_a_vowel_mark_does_not_part_letters():
    assert shape("بَب") == "\ufe91\u064e\ufe90"


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("abc", "abc"),
        ("שלום", "םולש"),
        ("Rack שלום 12", "Rack 12 םולש"),
        ("שלום 12", "12 םולש"),
        ("שלום 1,5 ₪", "₪ 1,5 םולש"),
        ("Charger (שלום) 65 W", "Charger (םולש) 65 W"),
        ("שלום (A1)", "(A1) םולש"),
        ("שלום abc", "abc םולש"),
    ],
)
def test_lines_are_ordered_as_they_are_seen(line, seen):
    assert visual(line) == seen


@given(LATIN)
def test_latin_text_stays_as_it_is(text):
    assert visual(shape(text)) == text


@given(ARABIC)
def test_shaping_changes_forms_and_no_letter(text):
    plain = "".join(c for c in text if c != "\u0640")

    assert unicodedata.normalize("NFKC", shape(plain)) == unicodedata.normalize("NFKC", plain)


@given(st.text())
def test_order_neither_loses_nor_adds_a_character(text):
    assert len(visual(text)) == len(text)
