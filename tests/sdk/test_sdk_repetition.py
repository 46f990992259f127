"""Each client waits as it is told, and never does a thing twice."""

import time
import uuid

import pytest

from tests.support.api import issue

from .clients import LANGUAGES, call, one, plan, run, titled
from .proxy import Fate, Proxy

pytestmark = pytest.mark.parametrize("language", LANGUAGES)
QUICK = {"max_retries": 3}
BUSY = Fate(503, headers={"Retry-After": "1"})


# --- Limits ---


def test_a_key_over_its_limit_waits_as_told_and_sends_once(server, world, language):
    limited = issue(server, "carla", limit=2)
    [place] = world.make_bins(1)
    body = plan(place)
    run(language, server.url, limited, [call("list_counts"), call("list_counts")])
    # The minute is nearly over.
    server.sql(
        "UPDATE stockex_api_counter SET started = now() AT TIME ZONE 'UTC' - interval '52 s' "
        "WHERE subject = 'key:' || (SELECT max(id) FROM stockex_api_key)"
    )

    with Proxy(server.url) as proxy:
        found = one(language, proxy.url, limited, call("create_count", body=body))

    assert found["value"]["title"] == body["title"]
    assert [seen.method for seen in proxy.seen] == ["POST", "POST"]
    assert found["seconds"] >= 1
    assert titled(world, body["title"]) == 1


def test_without_retries_the_limit_is_told_with_its_seconds(server, world, language):
    limited = issue(server, "carla", limit=1)
    calls = [call("list_counts"), call("list_counts")]

    first, second = run(language, server.url, limited, calls, max_retries=0)

    assert "value" in first
    assert (second["error"]["status"], second["error"]["code"]) == (429, "rate_limited")
    assert 1 <= second["error"]["retry_after_s"] <= 60


def test_a_wait_that_is_too_long_is_told_at_once(server, key, language):
    fate = Fate(429, headers={"Retry-After": "60"})
    with Proxy(server.url, fate) as proxy:
        found = one(language, proxy.url, key, call("list_counts"), max_wait_s=30)

    assert found["error"]["retry_after_s"] == 60
    assert len(proxy.seen) == 1


def test_a_busy_server_is_asked_again_and_not_for_ever(server, key, language):
    with Proxy(server.url, BUSY) as proxy:
        found = one(language, proxy.url, key, call("list_counts", query={"limit": 1}))
        assert len(found["value"]["data"]) <= 1
        assert found["seconds"] >= 1
        assert len(proxy.seen) == 2

    with Proxy(server.url, *[BUSY] * 5) as proxy:
        found = one(language, proxy.url, key, call("list_counts"), max_retries=2)
        assert found["error"]["status"] == 503
        assert len(proxy.seen) == 3


# --- Cut lines ---


def test_a_lost_answer_is_asked_for_again_under_the_same_key(server, world, key, language):
    [place] = world.make_bins(1)
    body = plan(place)

    with Proxy(server.url, Fate(cut=True), Fate(cut=True)) as proxy:
        made = one(language, proxy.url, key, call("create_count", body=body), **QUICK)["value"]

    assert made["title"] == body["title"]
    assert [seen.path for seen in proxy.seen] == ["/stockex/api/v1/counts"] * 3
    keys = {seen.key for seen in proxy.seen}
    assert len(keys) == 1
    assert uuid.UUID(keys.pop()).version == 4
    assert {seen.body for seen in proxy.seen} == {proxy.seen[0].body}
    assert titled(world, body["title"]) == 1


def test_two_calls_have_two_keys_and_ones_own_key_is_taken(server, world, key, language):
    [place] = world.make_bins(1)
    body, mine = plan(place), f"order-{uuid.uuid4()}"
    own = call("create_count", body=body, options={"idempotency_key": mine})

    with Proxy(server.url) as proxy:
        first, again = run(language, proxy.url, key, [own, own])
        run(language, proxy.url, key, [call("create_count", body=body)] * 2)

    assert first["value"] == again["value"]
    assert [seen.key for seen in proxy.seen[:2]] == [mine, mine]
    assert len({seen.key for seen in proxy.seen}) == 3
    assert titled(world, body["title"]) == 3


def test_a_change_without_a_key_is_not_repeated_when_the_line_is_cut(server, world, key, language):
    [place] = world.make_bins(1)
    body = plan(place)
    made = one(language, server.url, key, call("create_count", body=body))["value"]
    change = call("update_count", made["id"], body={"title": body["title"] + "!"})

    with Proxy(server.url, Fate(cut=True)) as proxy:
        found = one(language, proxy.url, key, change, **QUICK)

    assert found["network"].startswith(f"PATCH /counts/{made['id']}: ")
    assert len(proxy.seen) == 1
    assert proxy.seen[0].key == ""


def test_nobody_there_is_told_after_the_last_attempt(key, language):
    with Proxy("http://127.0.0.1:9") as proxy:
        nowhere = proxy.url
    started = time.monotonic()

    found = one(language, nowhere, key, call("list_counts"), max_retries=1)

    assert found["network"].startswith("GET /counts")
    assert time.monotonic() - started < 30
