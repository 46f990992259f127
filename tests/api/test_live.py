"""A client that loses its line misses nothing and hears nothing twice."""

import threading

import pytest

from tests.support.live import Listener

NAMES = ("count.created", "count.started", "count.cancelled")


@pytest.fixture
def place(story):
    [[place]] = story.sql("SELECT id FROM stock_location WHERE complete_name = 'LYO/Stock/A'")
    return int(place)


def a_count(api, place, title):
    """Prepare, start and give up a count; return its id."""
    body = {"scope": "locations", "location_ids": [place], "title": title, "allow_overlap": True}
    count = api.post("/counts", body, status=201)["id"]
    api.post(f"/counts/{count}/start")
    api.post(f"/counts/{count}/cancel")
    return count


def steps_of(listener, counts):
    return [
        (event["record_id"], event["name"])
        for event in listener.heard
        if event["model"] == "stockex.count.session" and event["record_id"] in counts
    ]


def test_what_happens_is_heard_in_order_also_by_one_who_was_away(client, place):
    api = client("controller")
    listener = Listener(client("controller"), "counts")
    listener.connect()

    first = a_count(api, place, "heard")
    listener.wait(3)
    listener.lose_line()
    second = a_count(api, place, "missed")
    listener.connect()
    third = a_count(api, place, "heard again")
    listener.wait(9)

    counts = [first, second, third]
    assert steps_of(listener, counts) == [(count, name) for count in counts for name in NAMES]


def test_nobody_hears_of_what_they_may_not_read(client, place):
    moroccan = Listener(client("controller.ma"))
    moroccan.connect()
    listener = Listener(client("controller"), "counts")
    listener.connect()

    count = a_count(client("controller"), place, "not for all")
    listener.wait(3)
    moroccan.catch_up()

    assert len(steps_of(listener, [count])) == 3
    assert steps_of(moroccan, [count]) == []


def test_a_revoked_key_hears_no_more(story, client, place):
    api = client("controller")
    listener = Listener(client("controller", "live:read", "events:read"), "counts")
    listener.connect()
    story.sql(
        "UPDATE stockex_api_key SET revoked_at = now() AT TIME ZONE 'UTC' WHERE id ="
        " (SELECT key_id FROM stockex_live_subscription ORDER BY id DESC LIMIT 1)"
    )

    a_count(api, place, "after")

    assert listener.wait(1, seconds=4) == []


def test_a_guessed_channel_hears_nothing(client, place):
    listener = Listener(client("controller"), "counts")
    listener.subscription["channel"] = "stockex_live:" + "A" * 43
    listener.connect()

    a_count(client("controller"), place, "secret")

    assert listener.wait(1, seconds=4) == []


def test_readers_at_once_all_hear_all(client, place):
    api = client("controller")
    listeners = [Listener(client("controller"), "counts") for _number in range(3)]
    for listener in listeners:
        listener.connect()
    threads = [threading.Thread(target=listener.wait, args=(6,)) for listener in listeners]
    for thread in threads:
        thread.start()

    counts = [a_count(api, place, f"for all {number}") for number in range(2)]
    for thread in threads:
        thread.join()

    wanted = [(count, name) for count in counts for name in NAMES]
    assert [steps_of(listener, counts) for listener in listeners] == [wanted] * 3
