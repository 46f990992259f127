"""Operations of a handheld, and when they happened."""

from datetime import UTC, datetime, timedelta

import pytest

from stockex_mobile_api.pure.sync.clock import corrected, is_absurd, is_off, offset_of
from stockex_mobile_api.pure.sync.operation import (
    PHOTO_LIMIT,
    OperationInvalid,
    read_operation,
    uuid_of,
)

UUID = "0f1e2d3c-4b5a-4789-8a7b-6c5d4e3f2a1b"
OTHER = "1f1e2d3c-4b5a-4789-8a7b-6c5d4e3f2a1b"
COUNT = {
    "op": UUID,
    "seq": 3,
    "kind": "count",
    "session": 7,
    "at": "2026-11-21T08:30:00Z",
    "line": 12,
    "quantity": 4.0,
}
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_a_count_is_read():
    operation = read_operation({**COUNT, "mode": "set", "base": "e9", "source": "voice"})

    assert (operation.op, operation.session, operation.line) == (UUID, 7, 12)
    assert (operation.quantity, operation.mode, operation.base) == (4.0, "set", "e9")
    assert operation.at == datetime(2026, 11, 21, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "change",
    [
        {"line": None, "product": 5, "location": 8},
        {"line": None, "code": "3760000000010", "location": 8},
        {"quantity": None, "parts": [{"uom": 1, "quantity": 2.0}]},
        {"session": f"local:{OTHER}"},
        {"position": {"lat": 33.57, "lon": -7.59, "accuracy": 12.5}},
        {"quantity": 0},
    ],
)
def test_other_counts_are_read(change):
    assert read_operation({**COUNT, **change}).kind == "count"


@pytest.mark.parametrize(
    "item",
    [
        {"kind": "undo", "of": OTHER},
        {"kind": "adhoc", "session": f"local:{OTHER}", "location": 8},
        {"kind": "unknown", "location": 8, "quantity": 1.0, "code": "x", "note": "blue box"},
        {"kind": "photo", "of": OTHER, "data": "AAAA"},
        {"kind": "resolve", "of": OTHER, "choice": "sum"},
        {"kind": "zone_done", "zone": 4},
    ],
)
def test_every_kind_is_read(item):
    frame = {"op": UUID, "session": 7, "at": "2026-11-21T08:30:00Z"}

    assert read_operation({**frame, **item}).kind == item["kind"]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"kind": "steal"}, "kind"),
        ({"op": "me"}, "op"),
        ({"session": 0}, "session"),
        ({"session": "local:x"}, "session"),
        ({"session": 2**31}, "session"),
        ({"line": None}, "line"),
        ({"line": None, "product": 5}, "location"),
        ({"line": None, "location": 5}, "product"),
        ({"quantity": None}, "quantity"),
        ({"parts": [{"uom": 1, "quantity": 2.0}]}, "parts"),
        ({"quantity": float("nan")}, "quantity"),
        ({"quantity": 1e10}, "quantity"),
        ({"quantity": "4"}, "quantity"),
        ({"at": "yesterday"}, "at"),
        ({"at": "2026-11-21T08:30:00"}, "at"),
        ({"at": None}, "at"),
        ({"code": "a\x00b"}, "code"),
        ({"surprise": 1}, "surprise"),
        ({"position": {"lat": 91, "lon": 0}}, "position.lat"),
    ],
)
def test_a_wrong_operation_names_what_is_wrong(change, where):
    with pytest.raises(OperationInvalid, match=where.replace(".", r"\.")):
        read_operation({**COUNT, **change})


@pytest.mark.parametrize("item", [None, 5, "x", [], {}])
def test_no_operation_is_refused(item):
    with pytest.raises(OperationInvalid):
        read_operation(item)
    assert uuid_of(item) is None


def test_a_photo_is_of_something_and_not_endless():
    photo = {"op": UUID, "kind": "photo", "session": 7, "at": COUNT["at"], "data": "AAAA"}

    with pytest.raises(OperationInvalid, match="another operation"):
        read_operation(photo)
    with pytest.raises(OperationInvalid, match="data"):
        read_operation({**photo, "line": 1, "data": "A" * (PHOTO_LIMIT + 1)})


def test_the_uuid_of_a_broken_operation_is_found():
    assert uuid_of({**COUNT, "kind": "steal"}) == UUID
    assert uuid_of({**COUNT, "op": "short"}) is None


@pytest.mark.parametrize(
    ("device_now", "at", "expected"),
    [
        (NOON, NOON - timedelta(minutes=10), NOON - timedelta(minutes=10)),
        # A clock a day behind, and one a day ahead.
        (NOON - timedelta(days=1), NOON - timedelta(days=1, minutes=10), NOON - timedelta(0, 600)),
        (NOON + timedelta(days=1), NOON + timedelta(hours=23), NOON - timedelta(hours=1)),
        # Set right between the entry and the sending: never in the future.
        (NOON, NOON + timedelta(hours=5), NOON),
    ],
)
def test_instants_go_by_the_servers_clock(device_now, at, expected):
    assert corrected(at, offset_of(device_now, NOON), NOON) == expected


def test_instants_at_the_ends_of_time_do_not_break():
    ends = datetime.max.replace(tzinfo=UTC)

    assert corrected(ends, timedelta(days=1), NOON) == NOON
    assert is_absurd(datetime(1970, 1, 1, tzinfo=UTC), NOON)
    assert not is_absurd(NOON - timedelta(days=30), NOON)


def test_a_clock_is_off_beyond_five_minutes():
    assert not is_off(timedelta(minutes=5))
    assert is_off(timedelta(minutes=-6))
