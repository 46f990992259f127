"""OWASP API Security Top 10 (2023): who may reach what (1, 2, 3, 5)."""

import pytest

from tests.support.api import Api, issue

from .documented import a_picture, an_entry, body_for, fingerprint, operations, scopes_of


@pytest.fixture(scope="module")
def document(client):
    return client("controller").get("/openapi.json")


@pytest.fixture(scope="module")
def foreign(story, client):
    """A count of the Moroccan company, with a line and a photo, and its fingerprint."""
    api = client("controller.ma")
    counts = api.get("/counts", state="counting,review,done", fields="id")["data"]
    lines = api.get(f"/counts/{counts[0]['id']}/lines", limit=1)["data"]
    return counts[0]["id"], lines[0]["id"]


# 1: broken object level authorization


def test_1_a_key_finds_nothing_of_another_company(story, client, foreign):
    count, line = foreign
    api = client("controller")
    before = fingerprint(story)
    attempts = [
        ("GET", f"/counts/{count}", {}),
        ("PATCH", f"/counts/{count}", {"json": {"title": "Mine"}}),
        ("DELETE", f"/counts/{count}", {}),
        ("GET", f"/counts/{count}/lines", {}),
        ("GET", f"/counts/{count}/lines/{line}", {}),
        ("PATCH", f"/counts/{count}/lines/{line}", {"json": {"note": "x"}}),
        ("POST", f"/counts/{count}/entries", {"json": {"entries": [an_entry(line)]}}),
        ("POST", f"/counts/{count}/scan", {"json": {"barcode": "1"}}),
        ("POST", f"/counts/{count}/cancel", {"json": {}}),
        ("GET", f"/counts/{count}/report.pdf", {}),
        ("POST", f"/counts/{count}/lines/{line}/photos", a_picture(8, 8)),
        ("GET", f"/counts/{count}/photos", {}),
    ]

    answers = [api.call(method, path, **body).status_code for method, path, body in attempts]

    assert answers == [404] * len(attempts)
    assert fingerprint(story) == before
    assert count not in {one["id"] for one in api.get("/counts", limit=200)["data"]}


def test_1_a_line_is_not_reached_through_another_count(client, foreign):
    own = client("controller").get("/counts", limit=1, fields="id")["data"][0]["id"]

    answer = client("suiteadmin").call("GET", f"/counts/{own}/lines/{foreign[1]}")

    assert answer.status_code == 404


# 2: broken authentication


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Basic YWRtaW46YWRtaW4=",
        "Bearer admin",
        "Bearer sxk_" + "A" * 43,
        "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIyIn0.",
        "Bearer " + "x" * 10_000,
    ],
)
def test_2_without_a_key_that_holds_nothing_is_told(story, header):
    api = Api(story, "")
    api.session.headers.pop("Authorization")
    headers = {} if header is None else {"Authorization": header}

    answer = api.call("GET", "/counts", headers=headers)

    assert answer.status_code in (401, 429)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "WWW-Authenticate" in answer.headers or answer.status_code == 429


def test_2_a_revoked_and_an_expired_key_end_at_once(story):
    text = issue(story, "controller", "counts:read")
    api = Api(story, text)
    assert api.call("GET", "/counts").status_code == 200

    story.sql(f"UPDATE stockex_api_key SET revoked_at = now() WHERE prefix = '{text[:8]}'")
    assert api.call("GET", "/counts").status_code == 401

    story.sql(
        "UPDATE stockex_api_key SET revoked_at = NULL, expires_at = now() - interval '1 s' "
        f"WHERE prefix = '{text[:8]}'"
    )
    assert api.call("GET", "/counts").json()["code"] == "key_expired"


# 3: broken object property level authorization


@pytest.mark.parametrize("name", ["company_id", "state", "user_id", "name", "approver_id", "id"])
def test_3_what_is_not_ones_own_to_set_is_refused(story, client, name):
    api = client("controller")
    count = api.get("/counts", state="done", limit=1, fields="id")["data"][0]["id"]
    before = fingerprint(story)

    answer = api.call("PATCH", f"/counts/{count}", json={name: 1})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == f"body.{name}"
    assert fingerprint(story) == before


def test_3_a_counter_is_told_no_figure_of_the_book(client):
    api = client("counter")
    counts = api.get("/counts", limit=200)["data"]

    assert counts
    for name in ("book_value", "net_variance_value", "accuracy", "matched_count", "lot_ids"):
        assert {count[name] for count in counts} == {None}


# 5: broken function level authorization


def test_5_a_key_that_reads_writes_nowhere(story, client, document):
    reading = [name for name in scopes_of(document) if name.endswith(":read")]
    api = client("suiteadmin", *reading)
    before = fingerprint(story)

    refused = {
        f"{one.method} {one.path}": api.call(
            one.method, one.path, **body_for(one.facts)
        ).status_code
        for one in operations(document)
        if one.is_write and not one.facts.get("x-scope", ":read").endswith(":read")
    }

    assert len(refused) > 10
    assert set(refused.values()) == {403}, refused
    assert fingerprint(story) == before


def test_5_a_key_without_a_scope_is_refused_wherever_one_is_needed(client, document):
    api = client("suiteadmin", "jobs:write")

    for one in operations(document):
        if one.facts.get("x-scope") not in (None, "jobs:write"):
            answer = api.call(one.method, one.path, **body_for(one.facts))
            assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing"), one


def test_5_roles_decide_whatever_the_scopes_say(story, client):
    api = client("counter")
    count = api.get("/counts", state="counting", limit=1, fields="id")["data"][0]["id"]
    before = fingerprint(story)

    for step in ("submit", "approve", "post", "cancel", "reverse", "reject"):
        body = {"reason": "x"} if step in ("reverse", "reject") else {}
        answer = api.call("POST", f"/counts/{count}/{step}", json=body)
        assert answer.status_code == 403, (step, answer.text)

    assert fingerprint(story) == before
