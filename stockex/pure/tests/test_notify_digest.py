"""What stands in a digest, and which way its figures went."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..notify.digest import Entry, Severity, cards, distinct
from ..notify.trend import Tone, Trend, Way, trend

START = datetime(2026, 5, 4, 8, tzinfo=UTC)
INFO, WARNING, CRITICAL = Severity


def entry(number, category=1, severity=INFO, target=None, key=None):
    at = START + timedelta(minutes=number)
    return Entry(key or f"k{number}", number, category, severity, at, target)


entries = st.lists(
    st.builds(
        entry,
        number=st.integers(0, 99),
        category=st.integers(1, 3),
        severity=st.sampled_from(Severity),
        target=st.none() | st.integers(1, 4),
    ),
    unique_by=lambda one: one.number,
)


@given(entries, st.integers(0, 6))
def test_each_message_is_counted_once_in_its_card(messages, most):
    found = cards(messages, (3, 1, 2), most)

    assert sum(card.count for card in found) == len(messages)
    for card in found:
        own = [one for one in messages if one.category == card.category]
        assert card.count == len(own)
        assert card.critical == sum(one.severity == CRITICAL for one in own)
        assert card.warnings == sum(one.severity == WARNING for one in own)
        assert card.more == card.count - sum(line.count for line in card.lines)
        assert len(card.lines) <= most
        assert len({line.entry.target for line in card.lines if line.entry.target}) == sum(
            line.entry.target is not None for line in card.lines
        )


@given(entries)
def test_no_line_left_out_is_graver_than_one_that_is_shown(messages):
    for card in cards(messages, (1, 2, 3), 2):
        shown = [line.entry.severity for line in card.lines]
        targets = {line.entry.target for line in card.lines}
        left = [
            one.severity
            for one in messages
            if one.category == card.category and one.target not in targets | {None}
        ]
        assert shown == sorted(shown, reverse=True)
        assert not left or max(left) <= min(shown)


def test_messages_of_one_record_are_one_line_that_shows_the_gravest():
    [card] = cards(
        [entry(1, severity=CRITICAL, target="A"), entry(2, target="A"), entry(3, target="B")],
        (1,),
    )

    assert [(line.entry.number, line.count) for line in card.lines] == [(1, 2), (3, 1)]
    assert (card.count, card.critical, card.more) == (3, 1, 0)


def test_of_equally_grave_lines_the_newest_comes_first():
    [card] = cards([entry(number, target=f"T{number}") for number in range(7)], (1,), most=3)

    assert [line.entry.number for line in card.lines] == [6, 5, 4]
    assert card.more == 4


def test_a_message_on_two_services_stands_once():
    twice = [entry(5, key="same"), entry(4, key="same"), entry(6)]

    assert [one.number for one in distinct(twice)] == [4, 6]
    assert cards(twice, (1,))[0].count == 2


def test_cards_come_in_the_order_of_their_categories():
    found = cards([entry(1, 1), entry(2, 2), entry(3, 3)], (3, 1, 2))

    assert [card.category for card in found] == [3, 1, 2]


def test_a_card_with_something_critical_comes_first():
    found = cards(
        [entry(1, 1), entry(2, 2, CRITICAL), entry(3, 3), entry(4, 4, CRITICAL)], range(5)
    )

    assert [card.category for card in found] == [2, 4, 1, 3]


@pytest.mark.parametrize(
    ("before", "now", "better", "expected"),
    [
        (4, 6, Way.UP, Trend(Way.UP, Tone.GOOD, 0.5, (67, 100))),
        (4, 6, Way.DOWN, Trend(Way.UP, Tone.BAD, 0.5, (67, 100))),
        (4, 6, Way.LEVEL, Trend(Way.UP, Tone.NEUTRAL, 0.5, (67, 100))),
        (6, 3, Way.DOWN, Trend(Way.DOWN, Tone.GOOD, -0.5, (100, 50))),
        (0, 3, Way.UP, Trend(Way.UP, Tone.GOOD, None, (0, 100))),
        (3, 0, Way.UP, Trend(Way.DOWN, Tone.BAD, -1.0, (100, 0))),
        (0, 0, Way.UP, Trend(Way.LEVEL, Tone.NEUTRAL, None, (0, 0))),
        (5, 5.0000001, Way.UP, Trend(Way.LEVEL, Tone.NEUTRAL, 0.0, (100, 100))),
        (-10, -5, Way.UP, Trend(Way.UP, Tone.GOOD, 0.5, (100, 50))),
        (1, 1000, Way.UP, Trend(Way.UP, Tone.GOOD, 999.0, (2, 100))),
    ],
)
def test_a_figure_and_the_one_before(before, now, better, expected):
    assert trend(before, now, better) == expected
