"""Two counters in one list at the same time, each in a browser of their own."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from .together import (
    TYPING_MS,
    UNKNOWN,
    begin,
    cell,
    counted,
    enter,
    keep_unknown,
    open_list,
    picture,
    scan,
)

LIVE_MS = 30_000
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def server() -> Iterator["Server"]:  # noqa: F821  the import needs the environment's packages
    """A server without the demo story: these counters have a shelf of their own."""
    from dev.lib import databases
    from tests.support.server import Server

    with Server(databases.TEST) as running:
        yield running


@pytest.fixture(scope="module")
def world(server) -> Any:
    from tests.faults.world import World

    return World(server)


@pytest.fixture
def shelf(world) -> dict[str, Any]:
    """A started session on a bin with four products that have barcodes."""
    [place] = world.make_bins(1)
    world.admin.call("stock.location", "write", [place], {"barcode": f"PLACE-{place}"})
    products = world.make_products(4)
    for number in products:
        world.admin.call("product.product", "write", [number], {"barcode": f"20000{number:08d}"})
    world.stock([place], products)
    session = world.start([(number, place) for number in products])
    lines = world.lines(session)
    names = world.admin.call("product.product", "read", products, ["name"])
    return {
        "session": session,
        "place": place,
        "names": [product["name"] for product in names],
        "barcodes": [f"20000{number:08d}" for number in products],
        "products": products,
        "lines": [lines[number, place] for number in products],
    }


def test_the_work_of_others_appears_and_never_touches_the_row_being_typed(chromium, world, shelf):
    karim, lea = (open_list(chromium, shelf, login) for login in ("karim", "lea"))
    field = begin(karim, shelf, 0, "12")

    enter(lea, shelf, 1, "5")
    enter(lea, shelf, 0, "3")

    expect(cell(karim, shelf, 1, "counted_quantity")).to_have_text("5.00", timeout=LIVE_MS)
    expect(cell(karim, shelf, 1, "my_quantity")).to_have_text("")
    karim.wait_for_timeout(1_500)
    expect(field).to_have_value("12")
    expect(field).to_be_focused()
    chromium.screenshot(karim, "together-1-live")
    with karim.expect_response(lambda response: "web_save" in response.url):
        karim.keyboard.press("Enter")
    expect(cell(karim, shelf, 0, "counted_quantity")).to_have_text("15.00")
    expect(cell(karim, shelf, 1, "my_quantity").locator("input")).to_be_focused()
    assert counted(world, shelf, 0) == [("lea", 3), ("karim", 12)]


def test_a_scanner_leaves_the_field_alone_and_a_number_after_it_is_the_quantity(
    chromium, world, shelf
):
    page = open_list(chromium, shelf, "karim")
    field = begin(page, shelf, 0, "12")
    page.keyboard.press("Control+a")

    scan(page, shelf["barcodes"][2])

    expect(field).to_have_value("12")
    assert counted(world, shelf, 2) == [("karim", 1)]
    assert counted(world, shelf, 0) == []
    page.keyboard.press("Escape")
    scan(page, shelf["barcodes"][2])
    page.keyboard.type("17", delay=TYPING_MS)
    expect(page.locator(".o_stockex_typed")).to_contain_text("17")
    chromium.screenshot(page, "together-2-typed-after-scan")
    with page.expect_response(lambda response: "action_record" in response.url):
        page.keyboard.press("Enter")
    expect(cell(page, shelf, 2, "counted_quantity")).to_have_text("17.00")
    assert counted(world, shelf, 2) == [("karim", 17)]
    assert counted(world, shelf, 0) == []


def test_the_last_counts_are_taken_back_one_by_one(chromium, world, shelf):
    page = open_list(chromium, shelf, "karim")
    enter(page, shelf, 0, "4")
    page.keyboard.press("Escape")
    scan(page, shelf["barcodes"][1])

    page.keyboard.press("Control+z")
    expect(cell(page, shelf, 1, "my_quantity")).to_have_text("")
    assert counted(world, shelf, 1) == []
    page.get_by_role("button", name="Undo").click()
    expect(cell(page, shelf, 0, "my_quantity")).to_have_text("")
    page.get_by_role("button", name="Undo").click()

    expect(page.locator(".o_notification", has_text="Nothing to undo")).to_be_visible()
    assert counted(world, shelf, 0) == []
    chromium.screenshot(page, "together-3-undo")


def test_zero_is_a_count_of_its_own_and_arrows_go_from_row_to_row(chromium, world, shelf):
    page = open_list(chromium, shelf, "karim")
    expect(cell(page, shelf, 0, "my_quantity")).to_have_text("")

    enter(page, shelf, 0, "0")

    expect(cell(page, shelf, 0, "my_quantity")).to_have_text("0.00")
    assert counted(world, shelf, 0) == [("karim", 0)]
    page.keyboard.press("ArrowDown")
    expect(cell(page, shelf, 2, "my_quantity").locator("input")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(cell(page, shelf, 1, "my_quantity").locator("input")).to_be_focused()
    with page.expect_response(lambda response: "action_count_zero" in response.url):
        page.keyboard.press("Alt+0")
    page.wait_for_timeout(500)
    assert counted(world, shelf, 1) == [("karim", 0)]
    assert counted(world, shelf, 2) == []


def test_boxes_and_pieces_are_counted_together(chromium, world, shelf):
    unit = world.reference("uom.product_uom_unit")
    vals = {"name": "Box of 6", "relative_uom_id": unit, "relative_factor": 6}
    box = world.admin.call("uom.uom", "create", vals)
    world.admin.call("product.product", "write", shelf["products"][:1], {"uom_ids": [(4, box)]})
    page = open_list(chromium, shelf, "karim")

    row = page.locator(".o_data_row", has_text=shelf["names"][0])
    row.get_by_role("button", name="Count in boxes").click()
    page.get_by_label("Box of 6").fill("12")
    page.get_by_label("Units", exact=True).fill("3")
    expect(page.locator(".o_stockex_units_total")).to_contain_text("75")
    chromium.screenshot(page, "together-4-units")
    page.keyboard.press("Enter")

    expect(cell(page, shelf, 0, "counted_quantity")).to_have_text("75.00")
    assert counted(world, shelf, 0) == [("karim", 75)]


def test_an_unknown_barcode_is_kept_with_a_photo(chromium, world, shelf, tmp_path):
    page = open_list(chromium, shelf, "karim")
    scan(page, f"PLACE-{shelf['place']}")
    scan(page, UNKNOWN)
    chromium.screenshot(page, "together-5-unknown")

    page.get_by_role("button", name="Keep as unidentified").click()
    page.wait_for_selector(".modal div[name=barcode] input")
    page.set_input_files(".modal input[type=file]", picture(tmp_path / "kettle.png"))
    page.fill(".modal div[name=note] input", "blue kettle")
    page.wait_for_selector(".modal div[name=photo] img[src^='data:']")
    chromium.screenshot(page, "together-6-keep")
    page.click(".modal button[name=action_keep]")

    expect(page.locator(".o_notification", has_text="Kept for the controller")).to_be_visible()
    found = world.rows(
        f"""SELECT barcode, found.quantity, found.note, users.login, count(photo.id)
              FROM stockex_count_unknown found JOIN res_users users ON users.id = found.user_id
              LEFT JOIN stockex_count_photo photo ON photo.unknown_id = found.id
             WHERE found.session_id = {shelf["session"]} GROUP BY 1, 2, 3, 4"""
    )
    assert [(*row[:1], float(row[1]), *row[2:]) for row in found] == [
        (UNKNOWN, 1.0, "blue kettle", "karim", "1")
    ]


def test_the_controller_says_what_an_unknown_barcode_is(chromium, world, shelf):
    keep_unknown(world, shelf)
    page = chromium.page("carla")
    page.goto(f"{chromium.server.url}/odoo/stockex-counts/{shelf['session']}")
    expect(page.locator(".alert", has_text="Unidentified finds: 1")).to_be_visible()
    chromium.screenshot(page, "together-9-session")

    page.click(".oe_stat_button[name=action_open_unknown]")
    page.locator(".o_data_row", has_text=UNKNOWN).locator("td[name=barcode]").click()
    page.fill("div[name=product_id] input", shelf["names"][3])
    page.click(f".o-autocomplete--dropdown-item >> text={shelf['names'][3]}")
    chromium.screenshot(page, "together-10-find")
    page.click("button[name=action_link]")

    page.wait_for_selector(".o_arrow_button_current[data-value=linked]", state="attached")
    assert counted(world, shelf, 3) == [("karim", 2)]


def test_a_scan_of_a_line_that_is_not_shown_is_counted_and_can_be_shown(chromium, world, shelf):
    from tests.faults.world import entry

    world.record("lea", shelf["session"], [entry(shelf["lines"][1], 4)])
    page = open_list(chromium, shelf, "karim")
    expect(page.locator(".o_data_row")).to_have_count(3)

    scan(page, shelf["barcodes"][1])
    expect(page.locator(".o_stockex_scan_bar")).to_contain_text("× 5")
    chromium.screenshot(page, "together-11-elsewhere")
    page.get_by_role("button", name="Show the line").click()

    expect(page.locator(".o_data_row")).to_have_count(1)
    expect(cell(page, shelf, 1, "counted_quantity")).to_have_text("5.00")
    assert counted(world, shelf, 1) == [("lea", 4), ("karim", 1)]


def test_what_happened_without_a_connection_is_there_after_it(chromium, world, shelf):
    from tests.faults.world import entry

    page = open_list(chromium, shelf, "karim")
    field = begin(page, shelf, 0, "9")
    page.context.set_offline(True)
    page.wait_for_timeout(500)
    world.record("lea", shelf["session"], [entry(line, 6) for line in shelf["lines"][:2]])
    page.wait_for_timeout(1_500)
    expect(cell(page, shelf, 1, "counted_quantity")).to_have_text("")

    page.context.set_offline(False)

    expect(cell(page, shelf, 1, "counted_quantity")).to_have_text("6.00", timeout=30_000)
    expect(field).to_have_value("9")


def test_photos_of_a_line_are_added_and_bad_files_refused(chromium, world, shelf, tmp_path):
    page = open_list(chromium, shelf, "karim")
    page.locator(".o_data_row", has_text=shelf["names"][0]).get_by_role(
        "button", name="Add a photo"
    ).click()
    text = tmp_path / "notes.jpg"
    text.write_text("seven boxes")

    page.set_input_files(".modal input[type=file]", text)
    expect(page.locator(".modal .alert-danger")).to_contain_text("cannot be read")
    page.set_input_files(".modal input[type=file]", picture(tmp_path / "shelf.png"))
    expect(page.locator(".modal figure img")).to_have_count(1)
    chromium.screenshot(page, "together-7-photos")
    page.locator(".modal").get_by_role("button", name="Close", exact=True).last.click()

    expect(cell(page, shelf, 0, "photo_count")).to_have_text("1")
    count = f"SELECT count(*) FROM stockex_count_photo WHERE line_id = {shelf['lines'][0]}"
    assert world.one(count) == "1"


def test_the_controller_sees_the_progress_while_others_count(chromium, world, shelf):
    page = chromium.page("carla")
    page.goto(f"{chromium.server.url}/odoo/stockex-counts/{shelf['session']}")
    button = page.locator(".oe_stat_button[name=action_open_lines]")
    expect(button).to_contain_text("0 / 4")
    page.wait_for_timeout(1_000)
    page.fill("div[name=title] input", "Not saved yet")

    from tests.faults.world import entry

    world.record("lea", shelf["session"], [entry(line, 2) for line in shelf["lines"][:3]])

    expect(button).to_contain_text("3 / 4", timeout=LIVE_MS)
    expect(page.locator("div[name=title] input")).to_have_value("Not saved yet")


def test_a_counter_is_told_when_the_counting_is_closed(chromium, world, shelf):
    from tests.faults.world import SESSION, entry

    page = open_list(chromium, shelf, "karim")
    world.record("lea", shelf["session"], [entry(shelf["lines"][0], 1)])
    world.carla.call(SESSION, "action_review", [shelf["session"]])

    expect(page.get_by_text("Counting is closed")).to_be_visible(timeout=LIVE_MS)
    page.wait_for_timeout(1_500)
    assert page.locator(".modal").count() == 0


def test_the_list_fits_a_tablet(chromium, shelf):
    page = open_list(chromium, shelf, "karim", width=768)
    scan(page, shelf["barcodes"][0])
    chromium.screenshot(page, "together-8-tablet")

    bar = page.locator(".o_stockex_scan_bar")
    assert bar.evaluate("bar => bar.scrollWidth <= bar.clientWidth")
