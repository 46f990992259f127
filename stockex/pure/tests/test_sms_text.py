"""SMS are counted as the network counts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockex.pure.notify.sms_text import is_gsm, segments, sms_text

URL = "https://erp.example.com/odoo/stockex-counts/7"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),  # two septets each
        ("€" * 81, 2),
        ("a" * 152 + "€" * 5, 2),  # an escape is not split: one septet is lost
        ("ê" * 70, 1),  # not in the alphabet
        ("ê" * 71, 2),
        ("ê" * 134, 2),
        ("ê" * 135, 3),
        ("👍" * 35, 1),
        ("👍" * 36, 2),
        ("👍" * 67, 3),  # 33 whole pairs fit in 67
    ],
)
def test_segments(text, count):
    assert segments(text) == count


def test_the_alphabet_has_what_western_texts_need():
    assert is_gsm("Écart: 12 é è à ù ñ ü ß £ € [ok] {x}~^|\\")
    assert not is_gsm("ê")
    assert not is_gsm("“")


def test_typography_does_not_double_the_price():
    text = sms_text("", "Count “Aisle 4” – l’écart…\u00a0: 12 €", "", 1)

    assert text == 'Count "Aisle 4" - l\'écart... : 12 €'
    assert is_gsm(text)


def test_the_subject_is_said_once_and_the_address_stays_whole():
    assert sms_text("Count posted", "Count posted by Carla.", URL, 3) == (
        f"Count posted by Carla. {URL}"
    )
    assert sms_text("Posted", "12 lines.", URL, 3) == f"Posted: 12 lines. {URL}"
    assert sms_text("Posted", "", "", 3) == "Posted"


def test_a_long_text_keeps_its_address():
    text = sms_text("Posted", "word " * 500, URL, 2)

    assert segments(text) == 2
    assert text.endswith(f"... {URL}")


def test_an_address_that_leaves_no_room_is_left_out():
    assert sms_text("Posted", "12 lines.", f"{URL}?{'x' * 150}", 1) == "Posted: 12 lines."


@given(
    st.text(min_size=1, max_size=80),
    st.text(max_size=900),
    st.sampled_from(["", URL]),
    st.integers(1, 4),
)
def test_never_more_than_so_many(subject, text, url, most):
    assert segments(sms_text(subject, text, url, most)) <= most
