"""Each client tells what went wrong, walks all pages, carries versions and files."""

import base64
import io
import uuid

import pytest
from PIL import Image

from .clients import LANGUAGES, call, one, plan, run
from .proxy import Fate, Proxy

pytestmark = pytest.mark.parametrize("language", LANGUAGES)
ABSENT = 2**31 - 1
HTML = {"Content-Type": "text/html"}


# --- Errors ---


def test_a_record_that_is_not_there_is_told_with_all_fields(server, key, language):
    found = one(language, server.url, key, call("read_count", ABSENT))

    error = found["error"]
    request = error.pop("request_id")
    assert error == {
        "status": 404,
        "code": "not_found",
        "title": "Not found",
        "detail": "There is no such record, or the key may not see it.",
        "errors": [],
        "retry_after_s": None,
    }
    assert found["text"] == f"404 not_found: {error['detail']}"
    logged = server.sql(f"SELECT status FROM stockex_api_request WHERE request_id = '{request}'")
    assert logged == [["404"]]


def test_an_invalid_body_names_each_fault(server, key, language):
    body = {"kind": "yearly", "location_ids": ["8"], "colour": "red"}

    error = one(language, server.url, key, call("create_count", body=body))["error"]

    assert (error["status"], error["code"]) == (422, "invalid")
    faults = {fault["where"]: fault["code"] for fault in error["errors"]}
    assert faults == {
        "body.kind": "literal_error",
        "body.location_ids.0": "int_type",
        "body.colour": "extra_forbidden",
    }
    assert all(set(fault) == {"where", "message", "code"} for fault in error["errors"])


def test_a_refusal_of_the_business_says_why_and_changes_nothing(server, world, key, language):
    [place] = world.make_bins(1)
    made = one(language, server.url, key, call("create_count", body=plan(place)))["value"]

    error = one(language, server.url, key, call("submit_count", made["id"]))["error"]

    assert (error["status"], error["code"], error["title"]) == (409, "refused", "Refused")
    assert made["name"] in error["detail"]
    state = f"SELECT state FROM stockex_count_session WHERE id = {made['id']}"
    assert world.rows(state) == [["draft"]]


def test_a_wrong_key_is_told_at_once(server, language):
    found = one(language, server.url, "sxk_wrong", call("list_counts"))

    assert found["error"]["status"] == 401
    assert found["seconds"] < 10


def test_what_is_no_problem_document_is_an_error_too(server, key, language):
    with Proxy(server.url, Fate(500, headers=HTML, body=b"<h1>Sorry</h1>")) as proxy:
        found = one(language, proxy.url, key, call("list_counts"))

    assert found["error"]["status"] == 500
    assert found["error"]["code"] == "http_500"
    assert found["error"]["detail"] == "The server answered 500."
    assert len(proxy.seen) == 1


def test_a_page_of_something_else_is_an_error_and_no_answer(server, key, language):
    with Proxy(server.url, Fate(200, headers=HTML, body=b"<h1>Log in</h1>")) as proxy:
        found = one(language, proxy.url, key, call("list_counts"))

    assert "JSON" in found["network"]
    assert len(proxy.seen) == 1


def test_a_redirect_is_an_error_and_not_followed(server, key, language):
    fate = Fate(302, headers={"Location": server.url + "/web"})
    with Proxy(server.url, fate) as proxy:
        found = one(language, proxy.url, key, call("list_counts"))

    assert found["error"]["status"] == 302
    assert len(proxy.seen) == 1


# --- Pages, versions, files ---


def test_all_pages_are_walked_and_each_record_comes_once(server, world, key, language):
    places = world.make_bins(5)
    made = [
        one_made["value"]
        for one_made in run(
            language, server.url, key, [call("create_count", body=plan(p)) for p in places]
        )
    ]
    [first, *_rest] = made
    query = {"limit": 2, "fields": ["id", "title"], "sort": "-id", "state": ["draft", "counting"]}

    with Proxy(server.url) as proxy:
        found = one(language, proxy.url, key, call("iter_counts", query=query))["value"]

    drafts = world.rows(
        "SELECT id, coalesce(title, '') FROM stockex_count_session "
        "WHERE state IN ('draft', 'counting') ORDER BY id DESC"
    )
    assert [[str(count["id"]), count["title"] or ""] for count in found] == drafts
    assert first["id"] in [count["id"] for count in found]
    assert len(proxy.seen) == (len(drafts) + 1) // 2
    assert all("state=draft%2Ccounting" in seen.path for seen in proxy.seen)


def test_a_list_without_records_is_walked_too(server, world, key, language):
    wanted = call("iter_counts", query={"search": f"no such {uuid.uuid4()}"})

    assert one(language, server.url, key, wanted)["value"] == []


def test_a_change_is_refused_if_the_record_has_another_version(server, world, key, language):
    [place] = world.make_bins(1)
    made = one(language, server.url, key, call("create_count", body=plan(place)))["value"]
    read = one(language, server.url, key, call("read_count_version", made["id"]))["value"]
    etag = read["etag"]
    asked = call("read_count_version", made["id"], options={"etag": etag})
    rename = call("update_count", made["id"], body={"title": "A"}, options={"if_match": etag})

    same, renamed, late, other = run(language, server.url, key, [asked, rename, rename, asked])

    assert read["record"] == made
    assert same["value"] == {"record": None, "etag": etag}
    assert renamed["value"]["title"] == "A"
    assert (late["error"]["status"], late["error"]["code"]) == (412, "changed")
    assert other["value"]["record"]["title"] == "A"
    assert other["value"]["etag"] != etag


def test_files_go_and_come_as_they_are(server, world, key, language):
    [session] = [world.start(world.small_shelf(1))]
    [[line]] = world.rows(f"SELECT id FROM stockex_count_line WHERE session_id = {session}")
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    photo = call(
        *("create_count_photo", session, int(line)),
        data=base64.b64encode(picture.getvalue()).decode(),
        media_type="image/png",
    )

    [added] = run(language, server.url, key, [photo])
    made = added["value"]["id"]
    calls = [
        call("read_count_photo", session, made),
        call("print_count_report", session),
        call("delete_count_photo", session, made),
        call("iter_count_photos", session),
    ]
    shown, report, removed, left = run(language, server.url, key, calls)

    assert added["value"]["line"]["id"] == int(line)
    assert base64.b64decode(shown["value"]).startswith(b"\xff\xd8")
    assert base64.b64decode(report["value"]).startswith(b"%PDF")
    assert removed["value"] is None
    assert left["value"] == []
