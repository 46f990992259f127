"""A counter counts where they stand: without a network, with one, and where they may not."""

import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from .floor import Floor, lay

PAUSE_MS = 150
SPOT = "SELECT id FROM stockex_count_session WHERE kind = 'spot' AND create_uid = {uid}"


@pytest.fixture
def floor(world):
    return lay(world, places=1)


@pytest.fixture
def shelf(world, floor):
    """Return (id, barcode) of a shelf with the floor's loose goods that nobody counts."""
    [place] = world.make_bins(1)
    barcode = f"SHELF-{place}"
    world.admin.call("stock.location", "write", [place], {"barcode": barcode})
    world.stock([place], [good.product for good in floor.loose])
    return place, barcode


@pytest.fixture
def device(phone, shelf):
    """Return Karim's device, with a catalogue that knows the shelf."""
    found = phone()
    found.sign_in("karim")
    found.wait_for_worker()
    return found


def allow(world, wanted):
    """Have the company want counts without a plan, or not."""
    company = world.admin.call("res.users", "read", [world.admin.uid], ["company_id"])
    ids = [company[0]["company_id"][0]]
    world.admin.call("res.company", "write", ids, {"stockex_handheld_adhoc": wanted})


def begin(device, barcode):
    """Begin a count of a place by scanning it."""
    device.tab("tasks")
    device.page.get_by_role("link", name="Count where I stand").click()
    device.says("Scan the location you stand in")
    device.scan(barcode)


def local_of(device):
    [row] = [one for one in device.rows("sessions") if str(one["id"]).startswith("local:")]
    return row


def spots(world):
    """Return the ids of the counts that Karim began, oldest first."""
    return [int(one) for [one] in world.rows(SPOT.format(uid=world.karim.uid) + " ORDER BY id")]


def count_offline(device, barcode, first, second):
    """Begin without a network, count, reload, begin the same place again; six operations."""
    begin(device, barcode)
    device.says("Scan what you find.")
    device.scan([first.code, first.code, second.code], PAUSE_MS)
    device.wait_for_ops(4)
    assert "#count/local" in device.page.url
    device.reload()
    device.says("Found here, not sent yet")
    device.scan([first.code], PAUSE_MS)
    expect(device.page.locator(".s_last .s_number")).to_contain_text("3")
    device.tab("tasks")
    device.says("Begun on this device, not sent yet")
    begin(device, barcode)
    device.says("It is in a count of yours already")
    device.button("Go on there").click()
    device.scan([second.code], PAUSE_MS)
    device.wait_for_ops(6)


def finish(device, world, session):
    """Say that the count is finished although lines are left."""
    device.button("This zone is finished").click()
    device.says("Not counted yet: 2 lines.")
    device.button("Yes, finished").click()
    device.says("You said that your part is finished.")
    device.wait_until_sent()
    [[done_by]] = world.rows(
        f"SELECT done_by_id FROM stockex_count_zone WHERE session_id = {session}"
    )
    assert int(done_by) == world.karim.uid


def test_a_count_begun_without_a_network_is_the_servers_later_to_the_last_piece(
    device, world, floor, shelf
):
    place, barcode = shelf
    first, second, *_others = floor.loose
    before = spots(world)
    device.go_offline()
    count_offline(device, barcode, first, second)
    assert spots(world) == before
    device.go_online()
    device.wait_until_sent()

    [session] = spots(world)[len(before) :]
    spot = Floor(world, session=session)
    expected = Counter({(first.product, place, 0): 3.0, (second.product, place, 0): 2.0})
    assert spot.counted() == expected
    assert (spot.entries(), spot.operations()) == (5, {"applied": 6})
    assert local_of(device)["server"] == session
    # The screen goes on by itself: what is expected there came, what was counted stays.
    device.says(f"{len(floor.loose) - 2} left of {len(floor.loose)}")
    device.scan([second.code], PAUSE_MS)
    expect(device.page.locator(".s_last .s_number")).to_contain_text("3")
    device.wait_until_sent()
    assert spot.counted()[second.product, place, 0] == 3
    finish(device, world, session)
    world.carla.call("stockex.count.session", "action_cancel", [session])


def test_what_the_server_does_not_take_is_told_and_kept(device, world, floor, shelf):
    _place, barcode = shelf
    before = spots(world)
    device.go_offline()
    begin(device, barcode)
    device.scan([floor.loose[0].code], PAUSE_MS)
    device.wait_for_ops(2)

    allow(world, False)
    try:
        device.go_online()
        device.wait_until_sent()
        device.says("The server does not take this count")
        device.page.get_by_role("link", name="What was refused").click()
        device.says("You cannot begin a count of")
        assert len(device.ops("rejected")) == 2
        assert spots(world) == before
        [[kept]] = world.rows(
            "SELECT count(*) FROM stockex_sync_operation WHERE status = 'rejected' "
            f"AND product_id = {floor.loose[0].product} AND user_id = {world.karim.uid}"
        )
        assert int(kept) == 1
        device.tab("tasks")
        expect(device.page.get_by_role("link", name="Count where I stand")).to_have_count(0)
        device.says("To count anything else, ask your stock controller")
        device.page.evaluate("location.hash = '#adhoc'")
        device.says("You do not begin counts on your own here. Ask Carla.")
    finally:
        allow(world, True)


def test_only_a_place_of_ones_own_company_is_counted_and_none_twice(device, world, floor):
    before = spots(world)
    begin(device, "NOBODY-KNOWS-THIS")
    device.says("No location of yours has the code “NOBODY-KNOWS-THIS”.")
    device.scan(floor.loose[0].code)
    device.says("This is a product: scan the location that you stand in.")
    [barcode] = floor.places
    device.scan(barcode)

    device.says("It is in a count of yours already")
    device.button("Go on there").click()

    device.says("You are in")
    assert re.search(rf"#count/{floor.session}\?place=", device.page.url)
    assert device.ops() == []
    assert spots(world) == before
