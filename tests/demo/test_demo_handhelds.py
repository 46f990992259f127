"""The handhelds of the demo story: the same day every time, with something to see."""

import itertools
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from dev.demo.pure.handhelds import HANDHELDS, number, position, walk

MORNING = datetime(2026, 6, 17, 6, 30)


def test_each_alarm_is_raised_by_one_handheld_and_one_is_shut_out():
    french = [one for one in HANDHELDS if one.login != "counter.ma"]

    assert [one.name for one in french if 0 < one.battery < 15] == ["Zebra TC22 n° 2"]
    assert [one.name for one in french if abs(one.clock) > 5] == ["Tablette du bureau"]
    assert [one.name for one in french if one.waiting and one.oldest > 30] == ["Téléphone d’Amina"]
    assert [one.login for one in french if one.silent > 60] == ["counter3", "counter3"]
    assert [one.login for one in HANDHELDS if one.revoked] == ["counter3"]
    assert len({one.name for one in HANDHELDS}) == len(HANDHELDS) == 6


def test_the_walk_is_the_same_every_time_and_has_two_pauses():
    moments = list(walk(MORNING, 160))

    assert moments == list(walk(MORNING, 160))
    steps = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert min(steps) > timedelta(0)
    assert sum(step > timedelta(minutes=10) for step in steps) == 2
    assert moments[-1] - MORNING < timedelta(hours=4)


def test_positions_are_a_few_metres_apart():
    places = [position(aisle, place) for aisle in range(2) for place in range(40)]

    assert places == [position(aisle, place) for aisle in range(2) for place in range(40)]
    assert all(abs(place["lat"] - 45.7312) < 0.001 for place in places)
    assert all(3 <= place["accuracy"] <= 9 for place in places)


def test_numbers_are_uuids_that_come_again_with_their_seed():
    numbers = [number(rng) for rng in [Random(1)] for _time in range(50)]

    assert len({UUID(one) for one in numbers}) == 50
    assert all(UUID(one).version == 4 for one in numbers)
    assert numbers[0] == number(Random(1))
