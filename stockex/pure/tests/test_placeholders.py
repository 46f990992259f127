"""Texts with placeholders."""

from datetime import datetime, timedelta
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..notify.template import COMMON, Currency, Fault, Reader, faults, grouped, render

FRENCH = Reader(
    decimal_point=",",
    thousands="\N{NARROW NO-BREAK SPACE}",
    groups=(3, 0),
    date_format="%d/%m/%Y",
    time_format="%H:%M",
    utc_offset=lambda _moment: timedelta(hours=1),
    yes="oui",
    no="non",
)
ENGLISH = Reader()
EURO = Currency("€", before=False, digits=2)
DOLLAR = Currency("$", before=True, digits=2)
KINDS = {**COMMON, "session": "text", "value": "number", "until": "text", "urgent": "boolean"}


@pytest.mark.parametrize(
    ("text", "reader", "currency", "shown"),
    [
        ("{{ value | money }}", FRENCH, EURO, "-1\u202f234,50\xa0€"),
        ("{{ value | money }}", ENGLISH, DOLLAR, "$\xa0-1,234.50"),
        ("{{value}}", FRENCH, EURO, "-1\u202f234,5"),
        ("{{ value | number }}", ENGLISH, EURO, "-1,234.5"),
        ("{{ until | date }}", FRENCH, EURO, "02/03/2026"),
        ("{{ until | date }}", ENGLISH, EURO, "03/02/2026"),
        ("{{ time }}", FRENCH, EURO, "01/03/2026 00:30"),
        ("{{ time | date }}", FRENCH, EURO, "01/03/2026"),
        ("{{ time }}", ENGLISH, EURO, "02/28/2026 23:30:00"),
        ("{{ urgent }}", FRENCH, EURO, "oui"),
        ("{{ session }} · {{ session }}", FRENCH, EURO, "A & B · A & B"),
        ("No placeholder, 100 % { kept }", FRENCH, EURO, "No placeholder, 100 % { kept }"),
    ],
)
def test_values_are_written_as_the_reader_reads_them(text, reader, currency, shown):
    values = {
        "session": "A & B",
        "value": -1234.5,
        "until": "2026-03-02",
        "urgent": True,
        "time": datetime(2026, 2, 28, 23, 30),
    }

    assert render(text, values, reader, currency) == shown


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ session }} {{value|money}}", []),
        ("{{ sesion }}", [Fault("unknown", "sesion")]),
        ("{{ value | euro }}", [Fault("format", "value | euro")]),
        ("{{ session | money }}", [Fault("unfit", "session | money")]),
        ("{{ value | date }}", [Fault("unfit", "value | date")]),
        ("{{ session }", [Fault("open", "")]),
        ("session }}", [Fault("open", "")]),
        ("{{ }}", [Fault("unknown", "")]),
        ("{{ record.unlink() }}", [Fault("unknown", "record.unlink()")]),
        ("{{ record.__class__ }}", [Fault("unknown", "record.__class__")]),
        ("{{ 7 * 7 }}", [Fault("unknown", "7 * 7")]),
        ("{{ {{ session }} }}", [Fault("unknown", "{{ session"), Fault("open", "")]),
        ('<a href="%7B%7B%20link%20%7D%7D">x</a>', []),
        ('<a href="%7B%7B%20lnk%20%7D%7D">x</a>', [Fault("unknown", "lnk")]),
        ("<p>{{&nbsp;session&nbsp;|&nbsp;date }}</p>", []),
    ],
)
def test_what_cannot_be_filled_in_is_found(text, found):
    assert faults(text, KINDS) == found


def test_html_is_escaped_and_the_link_becomes_an_anchor():
    values = {"session": "<b onclick='x'>", "link": "https://x.example/?a=1&b=2", "record": "R&D"}
    text = "<p>{{ session }} {{ link }} <a href='%7B%7B%20link%20%7D%7D'>1</a>"
    text += "<a href='{{%20link%20}}'>2</a></p>"

    shown = render(text, values, ENGLISH, html=True)

    assert shown == (
        "<p>&lt;b onclick=&#x27;x&#x27;&gt; "
        '<a href="https://x.example/?a=1&amp;b=2">R&amp;D</a> '
        "<a href='https://x.example/?a=1&amp;b=2'>1</a>"
        "<a href='https://x.example/?a=1&amp;b=2'>2</a></p>"
    )


@given(st.text())
def test_what_is_filled_in_is_not_read_again(value):
    assert render("{{ session }}", {"session": value}, ENGLISH) == value
    sly = "{{ link }}" + value
    assert render("{{ session }}", {"session": sly, "link": "secret"}, ENGLISH) == sly


@given(st.text())
def test_a_text_without_fault_can_always_be_filled_in(text):
    values = {"session": "s", "value": 1.0, "until": "x", "urgent": False}
    values |= {
        "record": "r",
        "link": "l",
        "company": "c",
        "reader": "p",
        "time": datetime(2026, 1, 1),
    }
    if not faults(text, KINDS):
        assert isinstance(render(text, values, ENGLISH), str)


@given(st.text(alphabet="{}%7BD sesion|money", max_size=40))
def test_odd_braces_are_either_refused_or_filled_in(text):
    values = dict.fromkeys(KINDS, "v")
    if not faults(text, KINDS):
        assert "{{" not in render(text, values, ENGLISH).replace("v", "")


def test_a_key_that_is_gone_is_an_error():
    with pytest.raises(KeyError):
        render("{{ gone }}", {}, ENGLISH)


@pytest.mark.parametrize(
    ("plain", "groups", "shown"),
    [
        ("1234567.5", (3, 0), "1,234,567.5"),
        ("1234567", (3, 2, 0), "12,34,567"),
        ("1234567", (3, 2, -1), "12,34,567"),
        ("123456789", (3, 2, -1), "1234,56,789"),
        ("1234567", (), "1234567"),
        ("123", (3, 0), "123"),
        ("-0.00", (3, 0), "0.00"),
        ("-0.01", (3, 0), "-0.01"),
    ],
)
def test_figures_are_grouped_as_the_language_says(plain, groups, shown):
    assert grouped(plain, Reader(groups=groups)) == shown


@given(st.integers())
def test_grouping_loses_no_digit(number):
    assert grouped(str(number), ENGLISH).replace(",", "") == str(number)


def test_python_formatting_is_text_here():
    text = "{session} {0} %(session)s ${session}"

    assert list(Formatter().parse(text))
    assert render(text, {"session": "x"}, ENGLISH) == text
    assert faults(text, KINDS) == []
