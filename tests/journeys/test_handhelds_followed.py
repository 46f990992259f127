"""A controller follows handhelds while others count: live, and afterwards as a route."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect

from .handheld_calls import Handheld, written

LIVE_MS = 30_000
TOLD = "SELECT count(*) FROM bus_bus WHERE message LIKE '%stockex.handhelds.changed%'"
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def server() -> Iterator["Server"]:  # noqa: F821  the import needs the environment's packages
    """A server without the demo story: these counters have shelves of their own."""
    from dev.lib import databases
    from tests.support.server import Server

    with Server(databases.TEST) as running:
        yield running


@pytest.fixture(scope="module")
def world(server) -> Any:
    from tests.faults.world import World

    return World(server)


@pytest.fixture
def floor(world) -> dict[str, Any]:
    """A started session on three bins with two products each, and two handhelds."""
    bins, products = world.make_bins(3), world.make_products(2)
    world.stock(bins, products)
    keys = [(product, place) for place in bins for product in products]
    session = world.start(keys)
    lines = world.lines(session)
    names = world.admin.call("stock.location", "read", bins, ["name"])
    number = f"{session}"
    return {
        "session": session,
        "lines": [lines[key] for key in keys],
        "bins": [place["name"] for place in names],
        "karim": Handheld(world, "karim", f"Cold store {number}"),
        "lea": Handheld(world, "lea", f"Gate {number}"),
    }


def card(page, handheld: Handheld) -> Any:
    return page.locator(".o_kanban_record", has_text=handheld.name)


def open_handhelds(chromium, width: int = 1400) -> Any:
    page = chromium.page("carla", width=width)
    page.goto(f"{chromium.server.url}/odoo/stockex-handhelds")
    page.wait_for_selector(".o_kanban_view")
    page.wait_for_timeout(2_500)  # the channel opens
    return page


def test_handhelds_appear_and_change_without_reloading(chromium, floor):
    karim, lea = floor["karim"], floor["lea"]
    karim.hello()
    page = open_handhelds(chromium)
    expect(card(page, karim)).to_contain_text("Seen")
    page.evaluate("window.notReloaded = true")

    karim.hello(
        queue={"waiting": 3, "oldest_at": written(timedelta(minutes=45))},
        battery=9,
        charging=True,
    )
    lea.hello(battery=80)
    lea.count(floor["session"], floor["lines"][2:3])

    expect(card(page, karim)).to_contain_text("3 unsent", timeout=LIVE_MS)
    expect(card(page, karim).locator(".text-bg-danger", has_text="unsent")).to_be_visible()
    expect(card(page, karim).locator(".text-bg-danger", has_text="9 %")).to_be_visible()
    expect(card(page, lea)).to_contain_text(floor["bins"][1], timeout=LIVE_MS)
    assert page.evaluate("window.notReloaded") is True
    chromium.screenshot(page, "handhelds-1-live")


def test_a_handheld_is_shut_out_from_its_card_and_let_in_again(chromium, world, floor):
    karim = floor["karim"]
    karim.hello()
    page = open_handhelds(chromium)
    page.locator(".o_facet_remove").first.click()

    card(page, karim).get_by_role("button", name="Revoke").click()
    page.locator(".modal-footer .btn-primary").click()
    expect(card(page, karim).get_by_role("button", name="Let in again")).to_be_visible()
    refused = karim.count(floor["session"], floor["lines"][1:2])
    assert refused["refused"] == "device_revoked"
    chromium.screenshot(page, "handhelds-2-revoked")

    card(page, karim).get_by_role("button", name="Let in again").click()
    expect(card(page, karim).get_by_role("button", name="Revoke")).to_be_visible()
    taken = karim.count(floor["session"], floor["lines"][1:2])
    assert [one["status"] for one in taken["results"]] == ["applied"]


def test_many_calls_are_few_messages(world, floor, server):
    before, began = int(server.sql(TOLD)[0][0]), time.monotonic()

    for _round in range(30):
        floor["karim"].count(floor["session"], floor["lines"])

    told = int(server.sql(TOLD)[0][0]) - before
    assert 1 <= told <= 2 + (time.monotonic() - began) / 2


def test_a_selection_is_kept_while_the_list_is_refreshed(chromium, floor):
    karim, lea = floor["karim"], floor["lea"]
    karim.hello()
    lea.hello()
    page = open_handhelds(chromium)
    page.locator("button.o_switch_view.o_list").click()
    row = page.locator(".o_data_row", has_text=karim.name)
    row.locator("input[type=checkbox]").check()
    page.wait_for_timeout(2_500)

    karim.hello(queue={"waiting": 41, "oldest_at": written()})

    expect(row.locator("td[name=queue_waiting]")).to_have_text("41", timeout=LIVE_MS)
    expect(row.locator("input[type=checkbox]")).to_be_checked()
    chromium.screenshot(page, "handhelds-3-list")


def test_a_counters_day_is_a_route_a_table_and_a_workbook(chromium, floor, tmp_path):
    karim = floor["karim"]
    for line in floor["lines"]:
        karim.count(floor["session"], [line])
    page = chromium.page("carla")
    page.goto(f"{chromium.server.url}/odoo/stockex-counts/{floor['session']}")
    page.click("button[name=action_open_route]")

    expect(page.locator(".o_stockex_route_timeline .o_bar")).to_have_count(3)
    expect(page.locator(".o_stockex_route_map .o_visited")).to_have_count(3)
    rows = page.locator(".o_stockex_route_table tbody tr")
    expect(rows).to_have_count(3)
    for row, name in zip(rows.all(), floor["bins"], strict=True):
        expect(row).to_contain_text(name)
    expect(page.locator(".o_stockex_route_tiles")).to_contain_text("6")
    chromium.screenshot(page, "handhelds-4-route")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export to Excel").click()
    download.value.save_as(tmp_path / "route.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "route.xlsx").worksheets[0]
    cells = list(sheet.iter_rows(values_only=True))
    assert [row[5:7] for row in cells[1:4]] == [(2, 2)] * 3
    assert [row[0].rpartition("/")[2] for row in cells[1:4]] == floor["bins"]


def test_a_day_without_counts_leads_to_the_last_one(chromium, floor):
    floor["karim"].count(floor["session"], floor["lines"][:1])
    page = chromium.page("carla")
    page.goto(f"{chromium.server.url}/odoo/stockex-counts/{floor['session']}")
    page.click("button[name=action_open_route]")
    expect(page.locator(".o_stockex_route_table tbody tr")).to_have_count(1)

    page.get_by_role("button", name="Day before").click()

    expect(page.locator(".o_stockex_route_empty")).to_contain_text("Nothing was counted")
    chromium.screenshot(page, "handhelds-5-empty")
    page.get_by_role("button", name="Show the last day").click()
    expect(page.locator(".o_stockex_route_table tbody tr")).to_have_count(1)


def test_the_pages_fit_a_tablet(chromium, floor):
    floor["karim"].count(floor["session"], floor["lines"])
    page = chromium.page("carla", width=768)
    page.goto(f"{chromium.server.url}/odoo/stockex-route")
    page.wait_for_selector(".o_stockex_route_timeline")
    page.wait_for_timeout(500)
    chromium.screenshot(page, "handhelds-6-tablet")
    for place in (".o_stockex_route .o_content", "body"):
        box = page.locator(place).first
        assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
