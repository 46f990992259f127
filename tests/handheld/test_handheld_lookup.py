"""Looking things up on a phone: who sees figures, and what is there without the server."""

import pytest
from playwright.sync_api import expect

from .floor import lay
from .line import HANG

LOOKUP = "/stockex/scan/sync/lookup"
BLIND = "You count without knowing the stock"
FIGURES = ("In stock", "Lots", "Next deliveries", "What is in it")


@pytest.fixture
def floor(world):
    """Two places with two loose products, 40 of each in each, and one lot, 20 in each."""
    return lay(world, places=2, loose=2, lots=1)


def looking(phone, login):
    """Return a phone whose user is about to look something up."""
    device = phone()
    device.sign_in(login)
    device.wait_for_worker()
    device.tab("lookup")
    device.says("Scan anything")
    return device


def asked(device, code):
    """Scan something; return the card that the server answered."""
    with device.page.expect_response(lambda response: LOOKUP in response.url) as found:
        device.scan(code)
    return found.value.json()["result"]["card"]


def card(device, name):
    return expect(device.page.get_by_role("article").get_by_role("heading", name=name))


def regions(device):
    """Return which parts with figures are on the screen."""
    return [name for name in FIGURES if device.page.get_by_role("region", name=name).count()]


def name_of(world, good):
    [row] = world.admin.call("product.product", "read", [good.product], ["name"])
    return row["name"]


def test_a_counter_learns_what_it_is_and_never_how_much(phone, world, floor):
    device = looking(phone, "karim")
    [place, _other] = floor.places

    found = asked(device, floor.loose[0].code)
    card(device, name_of(world, floor.loose[0])).to_be_visible()
    device.says(BLIND)
    assert regions(device) == []
    assert set(found) & {"stock", "lots", "price", "deliveries", "contents"} == set()
    assert "Units" not in device.page.locator("main").inner_text()

    assert "stock" not in asked(device, floor.lots[0].code)
    device.says(BLIND)
    assert regions(device) == []

    assert "contents" not in asked(device, place)
    device.says(BLIND)
    assert regions(device) == []
    begin = device.page.get_by_role("link", name="Count here")
    expect(begin).to_have_attribute("href", f"#adhoc?place={floor.places[place]}")


def test_a_controller_walks_from_card_to_card_and_back(phone, world, floor):
    device = looking(phone, "carla")
    good, lot = floor.loose[0], floor.lots[0]
    name = name_of(world, good)

    asked(device, good.code)
    stock = device.page.get_by_role("region", name="In stock")
    expect(stock).to_contain_text("80 Units free")
    expect(stock.get_by_role("link")).to_have_count(2)
    expect(device.page.get_by_role("region", name="Next deliveries")).to_contain_text("None")
    assert device.page.get_by_text(BLIND).count() == 0

    stock.get_by_role("link").first.click()
    inside = device.page.get_by_role("region", name="What is in it")
    expect(inside.get_by_role("link")).to_have_count(3)
    expect(device.page.get_by_text("Held by a count:")).to_be_visible()
    inside.get_by_role("link", name="20").click()
    expect(device.page.get_by_role("region", name="In stock")).to_contain_text("40 Units free")

    device.button("Back").click()
    expect(inside).to_be_visible()
    device.page.go_back()
    card(device, name).to_be_visible()

    asked(device, lot.code)
    device.says("The label says how many: 2.")
    device.tab("lookup")
    last = device.page.get_by_role("region", name="Looked up last")
    expect(last.get_by_role("listitem")).to_have_count(3)
    last.get_by_role("link", name=name).click()
    card(device, name).to_be_visible()


def test_a_name_is_typed_and_what_nobody_knows_says_what_to_do(phone, world, floor):
    device = looking(phone, "carla")
    name = name_of(world, floor.loose[0])

    device.button("Type a code").click()
    device.page.get_by_label("Code or name").fill(name.lower()[:-1])
    device.button("OK").click()
    card(device, name).to_be_visible()

    asked(device, "NOBODYS-CODE")
    device.says("Nobody knows this")
    device.says("it is kept for your controller")
    device.says("NOBODYS-CODE")


def test_without_a_line_the_device_says_what_it_knows_and_as_of_when(phone, world, floor):
    device = looking(phone, "karim")
    good, [place, _other] = floor.loose[0], floor.places
    device.page.goto(f"{device.line.url}/stockex/scan#count/{floor.session}")
    device.button("Next location").wait_for()
    device.go_offline()
    device.scan([place, good.code, good.code])
    device.wait_for_ops(2)

    device.tab("lookup")
    device.scan(good.code)
    card(device, name_of(world, good)).to_be_visible()
    device.says("The server was not reached. From this device, as of")
    mine = device.page.get_by_role("region", name="Your counts")
    expect(mine.get_by_role("listitem")).to_have_count(1)
    expect(mine).to_contain_text("2 Units")

    device.button("Type a code").click()
    device.page.get_by_label("Code or name").fill(name_of(world, floor.loose[1])[:-1])
    device.button("OK").click()
    card(device, name_of(world, floor.loose[1])).to_be_visible()
    device.scan("NOBODYS-CODE")
    device.says("This device does not know it")

    device.go_online()
    device.button("Ask again").click()
    device.says("Nobody knows this")
    device.wait_until_sent()
    asked(device, good.code)
    device.says(BLIND)
    expect(mine).to_contain_text("2 Units")


def test_a_server_that_takes_long_is_not_waited_for(phone, world, floor, line):
    device = looking(phone, "carla")
    line.all(HANG, LOOKUP)

    device.scan(floor.loose[0].code)
    device.says("Asking the server …")
    card(device, name_of(world, floor.loose[0])).to_be_visible()
    device.says("The server takes long. From this device, as of")
    assert regions(device) == []

    line.mend()
    device.says("The server was not reached. From this device, as of")
    device.button("Ask again").click()
    expect(device.page.get_by_role("region", name="In stock")).to_contain_text("80 Units free")


def test_another_user_of_the_device_sees_nothing_of_what_was_looked_up(phone, world, floor):
    device = looking(phone, "carla")
    asked(device, floor.loose[0].code)
    card(device, name_of(world, floor.loose[0])).to_be_visible()
    kept = f"lookups:{world.carla.uid}"
    device.wait(lambda: device.meta(kept), "it is in the list")

    device.tab("settings")
    device.button("Sign out").click()
    device.page.wait_for_url("**/stockex/scan**")
    device.context.clear_cookies()
    device.page.goto(f"{device.line.url}/web/login?redirect=/stockex/scan")
    device.fill_in("karim")
    device.wait_for_catalogue()
    device.tab("lookup")
    device.says("Scan anything")

    expect(device.page.get_by_role("region", name="Looked up last")).to_have_count(0)
    assert "stock" not in asked(device, floor.loose[0].code)
    assert [set(one) for one in device.meta(kept)["value"]] == [{"kind", "id", "name"}]
