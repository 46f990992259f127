"""OWASP API Security Top 10 (2023): limits, flows, what errors tell (4, 6, 8, 9).

7 and 10 are tested with the transport.
"""

import os
import uuid
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from tests.support.api import ROOT

from .documented import JPEG, a_picture, an_entry, body_for, operations

SECRETS = ("Traceback", "psycopg2", "odoo.", "SELECT ", "/site-packages/", 'File "')


@pytest.fixture(scope="module")
def document(client):
    return client("controller").get("/openapi.json")


# 4: unrestricted resource consumption


def test_4_the_hundred_and_first_request_of_a_minute_waits(story, client):
    api = client("controller", "counts:read", limit=100)

    answers = [api.call("GET", "/counts?limit=1&fields=id") for _number in range(101)]

    assert [answer.status_code for answer in answers] == [200] * 100 + [429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert answers[0].headers["RateLimit-Policy"] == '"minute";q=100;w=60'
    assert answers[0].headers["RateLimit"].startswith('"minute";r=99;t=')


def test_4_sizes_have_limits(client):
    api = client("suiteadmin")
    count = api.get("/counts", state="counting", limit=1, fields="id")["data"][0]["id"]
    line = api.get(f"/counts/{count}/lines", limit=1, fields="id")["data"][0]["id"]
    photos = f"/counts/{count}/lines/{line}/photos"
    many = {"entries": [an_entry(line) for _number in range(1001)]}

    assert api.call("GET", "/counts?limit=201").status_code == 422
    assert api.call("POST", f"/counts/{count}/entries", json=many).status_code == 422
    assert api.call("PATCH", f"/counts/{count}", json={"title": "x" * 3_000_000}).status_code == 413
    big = {"data": b"\xff\xd8" + os.urandom(12 * 1024 * 1024), "headers": JPEG}
    assert api.call("POST", photos, **big).status_code == 413
    bomb = api.call("POST", photos, **a_picture(9000, 9000))
    assert (bomb.status_code, bomb.json()["code"]) == (409, "count_refused")


def test_4_memory_stays_flat_over_thousands_of_addresses(story, client):
    api = client("suiteadmin")
    server = psutil.Process(story.pid)

    def strange(number):
        return api.call("GET", f"/{uuid.uuid4().hex}/{number}").status_code

    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(strange, range(500))) == {404}
        before = server.memory_info().rss
        assert set(pool.map(strange, range(3000))) == {404}

    assert server.memory_info().rss - before < 20 * 1024 * 1024


# 6: unrestricted access to sensitive business flows


def test_6_the_same_request_twice_happens_once(story, client):
    api = client("controller")
    [[place]] = story.sql(
        "SELECT id FROM stock_location WHERE complete_name = 'LYO/Stock/A' LIMIT 1"
    )
    body = {"scope": "locations", "location_ids": [int(place)], "title": "Twice"}
    header = {"Idempotency-Key": "twice-1"}

    with ThreadPoolExecutor(2) as pool:
        send = lambda _number: api.call("POST", "/counts", json=body, headers=header)  # noqa: E731
        answers = list(pool.map(send, range(2)))

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert story.sql("SELECT count(*) FROM stockex_count_session WHERE title = 'Twice'") == [["1"]]
    other = api.call("POST", "/counts", json={**body, "title": "Other"}, headers=header)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    count = answers[0].json()["id"]
    assert api.call("POST", f"/counts/{count}/cancel", json={}).status_code == 200
    assert api.call("POST", f"/counts/{count}/cancel", json={}).status_code == 409
    assert api.call("DELETE", f"/counts/{count}").status_code == 204


# 8: security misconfiguration


def test_8_no_error_tells_what_is_inside(client, document):
    api = client("suiteadmin")
    for one in operations(document):
        for options in (
            body_for(one.facts),
            {"data": b"\x00{", "headers": {"Content-Type": "x/y"}},
        ):
            answer = api.call(one.method, one.path, **options)
            if answer.status_code >= 400:
                assert answer.headers["Content-Type"] == "application/problem+json"
                assert not [word for word in SECRETS if word in answer.text], (one, answer.text)


def test_8_answers_are_for_nobody_else(client):
    answer = client("controller").call("GET", "/counts", headers={"Origin": "https://evil.example"})

    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


def test_8_the_documentation_page_has_a_switch(story, client):
    api = client("controller")
    page = api.url.removesuffix(ROOT) + "/stockex/api/docs"
    shown = api.session.get(page)
    assert (shown.status_code, shown.text[:15]) == (200, "<!DOCTYPE html>")

    story.sql("UPDATE res_company SET stockex_api_docs = FALSE")
    assert api.session.get(page).status_code == 404

    story.sql("UPDATE res_company SET stockex_api_docs = TRUE")


def test_8_a_key_opens_no_other_door(story, client):
    api = client("suiteadmin")
    base = api.url.removesuffix(ROOT)

    answer = api.session.post(f"{base}/json/2/res.users/search", json={"domain": []})

    assert answer.status_code == 401


# 9: improper inventory management


def test_9_another_version_is_not_there(client):
    api = client("suiteadmin")
    base = api.url.removesuffix("/v1")

    for version in ("v0", "v2", "v1beta", ""):
        assert api.session.get(f"{base}/{version}/counts").status_code == 404
