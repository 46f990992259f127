"""A counter's day as a walk."""

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..sync.route import Fault, Gap, Mark, blame, day_bounds, local_day, per_hour, short_names, walk

EIGHT = datetime(2026, 3, 10, 8)
PARIS, CASABLANCA = ZoneInfo("Europe/Paris"), ZoneInfo("Africa/Casablanca")


def at(minutes, seconds=0):
    return EIGHT + timedelta(minutes=minutes, seconds=seconds)


def test_counts_of_one_place_are_one_stop_and_the_way_there_counts():
    marks = [
        Mark(at(0), 1, 11),
        Mark(at(2), 1, 12),
        Mark(at(3), 1, 12, again=True),
        Mark(at(5), 2, 21),
        Mark(at(6), 1, 13),
    ]

    stops, gaps = walk(marks)

    assert [(stop.location, stop.start, stop.end) for stop in stops] == [
        (1, at(0), at(3)),
        (2, at(5), at(5)),
        (1, at(6), at(6)),
    ]
    assert [stop.worked for stop in stops] == [timedelta(minutes=n) for n in (3, 2, 1)]
    assert [(stop.entries, len(stop.lines), len(stop.again)) for stop in stops] == [
        (3, 2, 1),
        (1, 1, 0),
        (1, 1, 0),
    ]
    assert gaps == []


def test_ten_minutes_are_work_and_more_are_a_gap():
    marks = [Mark(at(0), 1, 1), Mark(at(10), 1, 2), Mark(at(20, 1), 2, 3), Mark(at(40), 2, 4)]

    stops, gaps = walk(marks)

    assert gaps == [Gap(at(10), at(20, 1)), Gap(at(20, 1), at(40))]
    assert [stop.worked for stop in stops] == [timedelta(minutes=10), timedelta(0)]
    assert [stop.gap for stop in stops] == [timedelta(0), timedelta(minutes=30)]


def test_a_fault_is_told_where_it_happened():
    stops, _gaps = walk([Mark(at(0), 1, 1), Mark(at(2), 2, 2), Mark(at(4), 1, 3)])

    blame(
        stops,
        [
            Fault(at(1), 1, True),
            Fault(at(5), 1, True),
            Fault(at(-5), 2, False),
            Fault(at(3), 9, True),
            Fault(at(3), None, False),
        ],
    )

    assert [(stop.conflicts, stop.rejected) for stop in stops] == [(1, 0), (0, 1), (1, 0)]


def test_nobody_who_counted_nothing_walked_anywhere():
    assert walk([]) == ([], [])
    assert per_hour(3, timedelta(0)) is None
    assert per_hour(5, timedelta(minutes=4)) == 75.0


@pytest.mark.parametrize(
    ("day", "zone", "start", "hours"),
    [
        (date(2026, 3, 10), PARIS, datetime(2026, 3, 9, 23), 24),
        (date(2026, 3, 29), PARIS, datetime(2026, 3, 28, 23), 23),
        (date(2026, 10, 25), PARIS, datetime(2026, 10, 24, 22), 25),
        (date(2026, 3, 10), ZoneInfo("Pacific/Auckland"), datetime(2026, 3, 9, 11), 24),
        # The clocks go forward at midnight: the day begins at one.
        (date(2024, 4, 26), ZoneInfo("Africa/Cairo"), datetime(2024, 4, 25, 22), 23),
    ],
)
def test_a_day_is_the_viewers(day, zone, start, hours):
    assert day_bounds(day, zone) == (start, start + timedelta(hours=hours))


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    st.sampled_from([UTC, PARIS, CASABLANCA]),
)
def test_each_moment_falls_on_exactly_one_day(moment, zone):
    day = local_day(moment, zone)

    start, end = day_bounds(day, zone)

    assert start <= moment < end


@given(
    st.lists(
        st.tuples(st.integers(0, 3000), st.integers(1, 4), st.integers(1, 9)), max_size=60
    ).map(sorted)
)
def test_nothing_is_lost_on_the_way(rows):
    marks = [Mark(at(0, seconds), place, line) for seconds, place, line in rows]

    stops, gaps = walk(marks)

    assert sum(stop.entries for stop in stops) == len(marks)
    assert all(one.location != two.location for one, two in itertools.pairwise(stops))
    passed = sum((stop.worked + stop.gap for stop in stops), timedelta(0))
    assert passed == (marks[-1].at - marks[0].at if marks else timedelta(0))
    assert sum((gap.end - gap.start for gap in gaps), timedelta(0)) == sum(
        (stop.gap for stop in stops), timedelta(0)
    )


def test_names_tell_only_what_tells_places_apart():
    racks = {1: "LYO/Stock/E/02/03", 2: "LYO/Stock/E/03/03", 3: "LYO/Stock/F/02/03"}

    assert short_names(racks) == {
        1: ("E/02/03", "E/02"),
        2: ("E/03/03", "E/03"),
        3: ("F/02/03", "F/02"),
    }
    assert short_names({1: "LYO/Stock/A-01", 2: "LYO/Stock/B-01"}) == {
        1: ("A-01", "Stock"),
        2: ("B-01", "Stock"),
    }
    assert short_names({7: "LYO/Stock"}) == {7: ("Stock", "LYO")}
    assert short_names({7: "Stock"}) == {7: ("Stock", "")}
    assert short_names({7: "Stock", 8: "LYO/Stock/A"}) == {
        7: ("Stock", ""),
        8: ("LYO/Stock/A", "LYO/Stock"),
    }
    assert short_names({}) == {}
