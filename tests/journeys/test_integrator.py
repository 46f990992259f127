"""An integrator's first day: the documentation, a key, a count, a webhook; then a failure."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.sdk.clients import run_example
from tests.support.api import Api
from tests.support.simulators.webhook import WebhookReceiver

from .conftest import PASSWORD
from .integrator import (
    authorise,
    choose_menu,
    dialog,
    filter_by,
    make_endpoint,
    make_key,
    read_docs,
    send_test,
    try_out,
)

EVENTS = ("count.created", "count.started", "count.submitted")
SCOPES = ("counts:read", "counts:write", "locations:read")
# In a location of the demo that nobody counts at present.
COUNTED = (7.0, 3.5, 0.0)
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def server() -> Iterator["Server"]:  # noqa: F821  the import needs the environment's packages
    """A server on a copy of the demo whose scheduled actions run."""
    from dev.lib import builds, databases, setup
    from tests.support.server import Server

    builds.ensure_demo(setup.server())
    with Server(databases.DEMO, crons=2) as running:
        # The demo's old lots would be told of on top of the screens.
        running.sql("UPDATE ir_cron SET active = FALSE WHERE cron_name LIKE 'Stockex: tell of %'")
        yield running


@pytest.fixture(scope="module")
def shelf(server) -> str:
    """Return the name of a location with as many lines as are counted."""
    return server.sql(
        f"""SELECT place.complete_name FROM stock_location place
              JOIN stock_quant quant ON quant.location_id = place.id
              JOIN product_product product ON product.id = quant.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
             WHERE place.usage = 'internal' AND place.company_id = 1
               AND NOT EXISTS (SELECT 1 FROM stockex_count_claim claim
                                WHERE claim.location_id = place.id)
               AND NOT EXISTS (SELECT 1 FROM stock_location below
                                WHERE below.location_id = place.id)
          GROUP BY place.id HAVING count(*) = {len(COUNTED)}
               AND every(template.tracking = 'none' AND quant.quantity > 0)
          ORDER BY place.id LIMIT 1"""
    )[0][0]


@pytest.fixture
def receiver() -> Iterator[WebhookReceiver]:
    with WebhookReceiver() as running:
        yield running


def wait_until(is_true: Callable[[], Any], what: str, seconds: float = 90) -> None:
    """Wait for something, a bounded time."""
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.2)


def learn(page: Page, chromium: Any, shelf: str, key: str) -> int:
    """Try the API from its documentation; return the number of a location."""
    authorise(page, key)
    status, me = try_out(page, "read_me")
    chromium.screenshot(page, "integrator-4-me")
    assert (status, json.loads(me)["user"]["login"]) == ("200", "controller")
    status, found = try_out(page, "list_locations", search=shelf)
    chromium.screenshot(page, "integrator-5-locations")
    [place] = [one for one in json.loads(found)["data"] if one["full_name"] == shelf]
    return int(place["id"])


def check_count(server: Any, said: str, place: int) -> int:
    """Check that what the example said is so; return the count's id."""
    name = said.partition(":")[0]
    rows = server.sql(
        "SELECT session.id, session.state, line.location_id, line.counted_quantity "
        "FROM stockex_count_session session "
        "JOIN stockex_count_line line ON line.session_id = session.id "
        f"WHERE session.name = '{name}' ORDER BY line.sequence, line.id"
    )
    assert said == f"{name}: {len(COUNTED)} lines counted, review\n"
    assert {(state, int(found)) for _id, state, found, _quantity in rows} == {("review", place)}
    assert [float(row[3]) for row in rows] == list(COUNTED)
    return int(rows[0][0])


def told_of(receiver: WebhookReceiver, count: int) -> list[str]:
    """Return what a receiver has verified about a count, in its order."""
    about = [sent for sent in receiver.sent if "record" in sent.data["data"]]
    return [sent.text for sent in about if sent.data["data"]["record"]["id"] == count]


def fail_for_days(server: Any, receiver: WebhookReceiver, key: str) -> int:
    """Have something happen that the receiver never takes; return the count's id."""
    receiver.reject(500)
    body = {"scope": "warehouse", "warehouse_id": 1, "title": "Nobody hears of this"}
    count = Api(server, key).post("/counts", body, status=201)["id"]
    call = f"FROM stockex_transport_call WHERE res_id = {count} AND event_id IS NOT NULL"
    wait_until(lambda: server.sql(f"SELECT 1 {call} AND attempts > 0"), "the first try")
    return int(count)


def give_up(server: Any, count: int) -> None:
    """Let the days of the schedule pass at once, until the call is a dead letter."""
    call = f"res_id = {count} AND event_id IS NOT NULL"

    def is_dead() -> bool:
        server.sql(
            "UPDATE stockex_transport_call SET due_at = due_at - interval '2 days' "
            f"WHERE {call} AND state = 'waiting' AND claim IS NULL"
        )
        server.sql("UPDATE stockex_transport_health SET resting_until = NULL")
        statement = f"SELECT 1 FROM stockex_transport_call WHERE {call} AND state = 'dead'"
        return bool(server.sql(statement))

    wait_until(is_dead, "the call is given up")


def open_deliveries(page: Page, name: str) -> None:
    """Open what was sent to the endpoint, as far as a filter lets it through."""
    choose_menu(page, "Stockex", "Connections", "Webhooks")
    page.locator(".o_data_row", has_text="Warehouse dashboard").locator("td[name=name]").click()
    page.click("button[name=action_open_calls]")
    expect(page.locator(".o_breadcrumb")).to_contain_text("Outgoing calls")
    filter_by(page, name)


def read_failure(page: Page, chromium: Any) -> None:
    """Open the one dead letter, and in it the request and answer of its last try."""
    open_deliveries(page, "Dead letters")
    expect(page.locator(".o_data_row")).to_have_count(1)
    expect(page.locator(".o_data_row td[name=last_status]")).to_have_text("500")
    chromium.screenshot(page, "integrator-11-dead-letter")
    page.locator(".o_data_row td[name=account_name]").click()
    expect(page.locator("div[name=attempt_ids] .o_data_row")).to_have_count(10)
    chromium.screenshot(page, "integrator-12-call")
    page.locator("div[name=attempt_ids] .o_data_row td[name=time]").first.click()
    expect(dialog(page).locator("div[name=request]")).to_contain_text("webhook-signature")
    expect(dialog(page).locator("div[name=request]")).to_contain_text("count.created")
    expect(dialog(page).locator("div[name=answer]")).to_contain_text("refused")
    chromium.screenshot(page, "integrator-13-attempt")
    dialog(page).locator(".btn-close").click()


def replay(page: Page, chromium: Any, receiver: WebhookReceiver, count: int) -> None:
    """Send the dead letter again; see it done, in the list too."""
    page.click("button[name=action_retry]")
    wait_until(lambda: told_of(receiver, count), "the receiver hears of it")
    open_deliveries(page, "Dead letters")
    expect(page.locator(".o_view_nocontent")).to_be_visible()
    filter_by(page, "Done")
    row = page.locator(".o_data_row").first
    expect(row.locator("td[name=state]")).to_have_text("Done")
    expect(row.locator("td[name=summary]")).to_contain_text("count.created")
    chromium.screenshot(page, "integrator-14-done")


def test_an_integrator_counts_and_hears_of_it_and_an_administrator_replays_what_failed(
    server, chromium, shelf, receiver, capsys
):
    started = time.monotonic()
    docs = chromium.context().new_page()
    listed = read_docs(docs, chromium)
    document = requests.get(f"{server.url}/stockex/api/v1/openapi.json", timeout=30).json()
    assert listed == {
        f"{method.upper()} {path}" for path, found in document["paths"].items() for method in found
    }
    controller = chromium.page("controller", password=PASSWORD)
    key = make_key(controller, chromium, "Dashboard", SCOPES)
    place = learn(docs, chromium, shelf, key)

    admin = chromium.page("suiteadmin", password=PASSWORD)
    url = receiver.url + receiver.hook_path
    receiver.rotate(make_endpoint(admin, chromium, url, EVENTS))
    send_test(admin, chromium)
    said = run_example("python", server.url, key, place, *COUNTED)
    count = check_count(server, said, place)
    receiver.wait_for(1 + len(EVENTS))
    assert told_of(receiver, count) == list(EVENTS)

    failed = fail_for_days(server, receiver, key)
    open_deliveries(admin, "To try again")
    expect(admin.locator(".o_data_row")).to_have_count(1)
    chromium.screenshot(admin, "integrator-10-failing")
    give_up(server, failed)
    read_failure(admin, chromium)
    receiver.normal()
    replay(admin, chromium, receiver, failed)

    assert told_of(receiver, failed) == ["count.created"]
    assert receiver.repeats == []
    assert len(receiver.sent) == 1 + len(EVENTS) + 1
    with capsys.disabled():
        print(f"\n  {time.monotonic() - started:.0f} s")  # noqa: T201
