from datetime import datetime

import pytest

from ..counting.speed import accuracy_by_value, expected_end, lines_per_hour

NINE = datetime(2026, 11, 21, 9)
TEN = datetime(2026, 11, 21, 10)


@pytest.mark.parametrize(
    ("gross", "book", "counted", "share"),
    [
        (0, 0, 0, 0.0),
        (0, 1000, 4, 1.0),
        (25, 1000, 4, 0.975),
        (25, -1000, 4, 0.975),
        (1500, 1000, 4, 0.0),
        (0, 0, 3, 1.0),
        (5, 0, 3, 0.0),
    ],
)
def test_accuracy_by_value_is_never_netted_and_never_below_nothing(gross, book, counted, share):
    assert accuracy_by_value(gross, book, counted) == share


def test_speed_is_lines_by_hours():
    assert lines_per_hour(30, NINE, TEN) == 30.0
    assert lines_per_hour(30, NINE, datetime(2026, 11, 21, 9, 15)) == 120.0


@pytest.mark.parametrize(
    ("lines", "since", "until"), [(0, NINE, TEN), (3, None, TEN), (3, TEN, TEN), (3, TEN, NINE)]
)
def test_nobody_can_tell_a_speed_without_lines_or_time(lines, since, until):
    assert lines_per_hour(lines, since, until) == 0.0


def test_the_end_is_what_remains_by_the_speed_to_the_minute():
    assert expected_end(45, 30.0, TEN) == datetime(2026, 11, 21, 11, 30)
    assert expected_end(1, 7.0, TEN) == datetime(2026, 11, 21, 10, 8)


@pytest.mark.parametrize(("remaining", "speed"), [(0, 30.0), (5, 0.0), (10**6, 0.1)])
def test_nobody_can_tell_an_end_without_speed_or_lines(remaining, speed):
    assert expected_end(remaining, speed, TEN) is None
