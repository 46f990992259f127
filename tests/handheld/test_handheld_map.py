"""The map of a zone on a phone: how far each location is, and the way to the next one."""

import re

import pytest
from playwright.sync_api import expect

from .floor import Floor, ean13

RACKS = (1, 2, 3)
LEVELS = (1, 2)
PAUSE_MS = 150


@pytest.fixture
def aisle(world):
    """Return a started count of an aisle: ids of its locations by name, and one code in each."""
    [top] = world.make_bins(1)
    name = f"Q{top}"
    world.admin.call("stock.location", "write", [top], {"name": name})
    names = [f"{name}-{rack:02d}-{level}" for rack in RACKS for level in LEVELS]
    vals = [{"name": one, "location_id": top, "usage": "internal", "barcode": one} for one in names]
    ids = world.admin.call("stock.location", "create", vals)
    places = dict(zip(names, ids, strict=True))
    [product] = world.make_products(1)
    code = ean13(product * 1000)
    world.admin.call("product.product", "write", [product], {"barcode": code})
    # Nothing is expected in the last one.
    world.stock(ids[:-1], [product])
    session = world.draft([top])
    zones = [(0, 0, _zone(world, "Left", ids[:4], "karim")), (0, 0, _zone(world, "Right", ids[4:]))]
    world.carla.call("stockex.count.session", "write", [session], {"zone_ids": zones})
    world.carla.call("stockex.count.session", "action_start", [session])
    return Floor(world, session=session, places=places), code


def _zone(world, name, ids, login="lea"):
    counters = [world.people[login].uid]
    return {"name": name, "location_ids": [(6, 0, ids)], "counter_ids": [(6, 0, counters)]}


@pytest.fixture
def device(phone, aisle):
    """Return Karim's device, with a catalogue that knows the aisle."""
    found = phone()
    found.sign_in("karim")
    return found


def cell(device, name):
    """Find a location's cell by what a screen reader says of it."""
    return device.page.locator(".s_map_cell", has=_told(device, name))


def _told(device, name):
    """Find what a screen reader says of a location."""
    return device.page.locator(".s_hidden", has_text=f"{name},")


def test_the_map_shows_how_far_each_location_is_and_leads_to_the_next(device, aisle):
    floor, code = aisle
    first, second, third, fourth, theirs, empty = floor.places
    device.open_count(floor.session)
    device.scan(first)
    device.scan(code, PAUSE_MS)
    device.says("All is counted here")

    # The next one in the order of the walk is proposed, skipped, and comes back last.
    expect(device.page.locator(".s_guide_name")).to_have_text(second)
    device.button("Skip it, come back later").click()
    expect(device.page.locator(".s_guide_name")).to_have_text(third)
    device.page.get_by_role("link", name="Map").click()

    for name, text in (
        (first, "Counted, you are here"),
        (second, "Not counted yet, 1 of 1 left"),
        (third, "Not counted yet, 1 of 1 left, next"),
        (fourth, "Not counted yet, 1 of 1 left"),
        (theirs, "Somebody else counts it"),
        (empty, "Somebody else counts it"),
    ):
        expect(cell(device, name).locator(".s_hidden")).to_have_text(_ends(f"{name}, {text}"))
    assert _signs(device, floor) == ["✓", "○", "○", "○", "×", "×"]
    assert _levels(device, first, second)
    expect(device.page.locator(".s_map_path polyline")).to_have_count(1)
    cell(device, theirs).click()
    device.says("Somebody else counts")
    cell(device, fourth).click()
    device.says("You are in")
    assert f"place={floor.places[fourth]}" in device.page.url
    device.scan(code, PAUSE_MS)
    device.wait_until_sent()
    counted = {place: quantity for (_product, place, _lot), quantity in floor.counted().items()}
    assert counted == {floor.places[first]: 1, floor.places[fourth]: 1}
    expect(device.page.locator(".s_guide_name")).to_have_text(third)


def _ends(text):
    """Return a pattern for what ends with a text: names stand behind those of their parents."""
    return re.compile(re.escape(text) + "$")


def _signs(device, floor):
    return [cell(device, name).locator("span[aria-hidden]").inner_text() for name in floor.places]


def _levels(device, low, high):
    """Tell whether the lower level of a rack is drawn right below the upper one."""
    below, above = (cell(device, name).bounding_box() for name in (low, high))
    return below["x"] == above["x"] and below["y"] > above["y"]


def test_a_company_that_leads_nobody_shows_the_map_without_a_way(device, world, aisle):
    floor, code = aisle
    first = next(iter(floor.places))
    company = world.admin.call("res.users", "read", [world.admin.uid], ["company_id"])
    ids = [company[0]["company_id"][0]]
    world.admin.call("res.company", "write", ids, {"stockex_handheld_route": False})
    try:
        device.send_now()
        device.wait(lambda: not _settings(device)["route"], "the setting is known")
        device.page.locator(f"a[href='#count/{floor.session}']").click()
        device.says("Scan a location")
        device.scan(first)
        device.scan(code, PAUSE_MS)
        device.says("All is counted here")

        expect(device.page.locator(".s_guide_name")).to_have_count(0)
        expect(device.button("Next location")).to_have_count(0)
        device.page.get_by_role("link", name="Map").click()
        expect(cell(device, first)).to_have_count(1)
        expect(device.page.locator(".s_map_next, .s_map_path")).to_have_count(0)
    finally:
        world.admin.call("res.company", "write", ids, {"stockex_handheld_route": True})


def _settings(device):
    return device.meta("me")["value"]["settings"]


def test_the_list_beside_the_map_has_each_location_in_the_order_of_the_walk(device, aisle):
    floor, code = aisle
    device.page.goto(f"{device.line.url}/stockex/scan#map/{floor.session}")
    device.button("List").click()

    items = device.page.locator("ol .s_map_item")
    expect(items).to_have_count(len(floor.places))
    told = items.locator(".s_hidden").all_text_contents()
    names = [text.split(",")[0].split("/")[-1] for text in told]
    assert names == list(floor.places)
    # The next scan is the count's already.
    second = list(floor.places)[1]
    device.scan([second, code], pause_ms=40)
    device.wait_for_ops(1, "done")
    assert f"place={floor.places[second]}" in device.page.url
    assert [place for _product, place, _lot in floor.counted()] == [floor.places[second]]


def test_the_map_fits_phones_and_tablets_upright_and_across(device, aisle):
    floor, _code = aisle
    device.page.goto(f"{device.line.url}/stockex/scan#map/{floor.session}")
    expect(device.page.locator(".s_map_cell")).to_have_count(len(floor.places))

    for width, height in ((360, 740), (740, 360), (800, 1280), (1280, 800)):
        device.page.set_viewport_size({"width": width, "height": height})
        device.page.wait_for_timeout(200)
        across = device.page.evaluate("document.documentElement.scrollWidth")
        assert across <= width
        for one in device.page.locator(".s_map_cell").all():
            box = one.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert min(box["width"], box["height"]) >= 48
