"""A count from new to done, as its controller, its counter and its approver."""

import pytest

from .conftest import PASSWORD
from .scanner import scan

LOOSE = [
    ("location_id.usage", "=", "internal"),
    ("location_id.barcode", "!=", False),
    ("quantity", ">=", 2),
    ("product_id.tracking", "=", "none"),
    ("product_id.barcode", "!=", False),
    ("package_id", "=", False),
    ("owner_id", "=", False),
]
SCREENS = (
    *("stockex-counts", "stockex-lines", "stockex-entries", "stockex-jobs"),
    *("stockex-templates", "stockex-reasons", "stockex-tolerances", "stockex-regions"),
)
QUANT_FIELDS = ["location_id", "product_id", "quantity"]
OPEN_LINES = [("session_state", "in", ("counting", "review", "approved", "posting"))]


@pytest.fixture(scope="module")
def rpc(server):
    """Return a function that gives the connection of a login."""
    from tests.support.rpc import Rpc

    return lambda login: Rpc(server.url, server.db, login, PASSWORD)


@pytest.fixture(scope="module")
def rack(rpc):
    """A free location of the French company with a handful of untracked products."""
    controller = rpc("controller")
    quants = controller.call("stock.quant", "search_read", LOOSE, QUANT_FIELDS, limit=4000)
    busy = controller.call("stockex.count.line", "search_read", OPEN_LINES, ["location_id"])
    taken = {line["location_id"][0] for line in busy}
    by_place = {}
    for quant in quants:
        by_place.setdefault(quant["location_id"][0], []).append(quant)
    place = next(
        place for place, found in by_place.items() if len(found) >= 3 and place not in taken
    )
    [location] = controller.call("stock.location", "read", [place], ["barcode", "complete_name"])
    ids = [quant["product_id"][0] for quant in by_place[place]]
    products = controller.call("product.product", "read", ids, ["barcode"])
    barcodes = {product["id"]: product["barcode"] for product in products}
    for quant in by_place[place]:
        quant["barcode"] = barcodes[quant["product_id"][0]]
    return {**location, "id": place, "quants": by_place[place]}


def open_session(page, server, session_id):
    page.goto(f"{server.url}/odoo/stockex-counts/{session_id}")
    page.wait_for_selector(".o_form_view div[name=title]")


def prepare(page, chromium, rack):
    """Make and start the session as its controller; return its id."""
    page.goto(f"{chromium.server.url}/odoo/stockex-counts")
    page.click(".o-kanban-button-new")
    page.wait_for_selector(".o_form_view")
    page.fill("div[name=title] input", "Journey")
    page.click("div[name=scope] input[data-value=locations]")
    page.fill("div[name=location_ids] input", rack["complete_name"])
    page.click(f".o-autocomplete--dropdown-item >> text={rack['complete_name']}")
    page.fill("div[name=counter_ids] input", "Camille")
    page.click(".o-autocomplete--dropdown-item >> text=Camille")
    page.wait_for_timeout(400)
    chromium.screenshot(page, "count-1-draft")
    page.click("button[name=action_start]")
    page.wait_for_selector("button[name=action_review]")
    return int(page.url.split("/")[-1].split("?")[0])


def count(page, chromium, rack, session_id):
    """Count as the counter: by scanner, by keyboard, and something unexpected."""
    scanned, typed = rack["quants"][0], rack["quants"][1]
    open_session(page, chromium.server, session_id)
    page.click(".o_form_statusbar button[name=action_open_lines]")
    page.wait_for_selector(".o_data_row")
    assert page.locator("th[data-name=book_quantity]").count() == 0
    scan(page, rack["barcode"])
    for _ in range(2):
        scan(page, scanned["barcode"])
    chromium.screenshot(page, "count-2-scanned")
    row = page.locator(".o_data_row", has_text=typed["product_id"][1]).first
    row.locator("td[name=my_quantity]").click()
    page.keyboard.press("Control+a")
    # As a person types: the list takes faster keys for a scanner's.
    page.keyboard.type(str(int(typed["quantity"]) + 1), delay=120)
    with page.expect_response(lambda response: "web_save" in response.url):
        page.keyboard.press("Enter")
    page.wait_for_timeout(400)
    chromium.screenshot(page, "count-3-typed")
    page.keyboard.press("Escape")


def approve_and_post(controller, approver, chromium, session_id):
    """Review and post as the controller, approve as somebody else."""
    open_session(controller, chromium.server, session_id)
    controller.click("button[name=action_review]")
    controller.wait_for_selector("button[name=action_resume]")
    controller.click(".o_form_statusbar button[name=action_open_lines]")
    controller.wait_for_selector(".o_list_view")
    chromium.screenshot(controller, "count-4-review")
    open_session(approver, chromium.server, session_id)
    approver.click("button[name=action_approve]")
    approver.wait_for_selector("button[name=action_post]")
    open_session(controller, chromium.server, session_id)
    controller.click("button[name=action_post]")
    controller.click(".modal .btn-primary")
    # The widget reloads the record when its job is over.
    controller.wait_for_selector(
        ".o_arrow_button_current[data-value=done]", state="attached", timeout=60_000
    )
    controller.wait_for_selector("button[name=action_open_moves]")
    chromium.screenshot(controller, "count-5-done")


def test_a_count_goes_from_new_to_done_and_the_stock_is_right(server, chromium, rpc, rack):
    controller, counter, approver = (
        chromium.page(login, password=PASSWORD) for login in ("controller", "counter", "approver")
    )

    session_id = prepare(controller, chromium, rack)
    count(counter, chromium, rack, session_id)
    approve_and_post(controller, approver, chromium, session_id)

    before = {quant["product_id"][0]: quant["quantity"] for quant in rack["quants"]}
    scanned, typed = (quant["product_id"][0] for quant in rack["quants"][:2])
    after = {**before, scanned: 2.0, typed: float(int(before[typed]) + 1)}
    read = rpc("controller").call
    domain = [("location_id", "=", rack["id"]), ("product_id", "in", list(after))]
    quants = read("stock.quant", "search_read", domain, ["product_id", "quantity"])
    assert {quant["product_id"][0]: quant["quantity"] for quant in quants} == after
    domain = [("stockex_session_id", "=", session_id), ("state", "=", "done")]
    moves = read("stock.move", "search_read", domain, ["product_id", "quantity"])
    assert {move["product_id"][0]: move["quantity"] for move in moves} == {
        product: abs(quantity - before[product])
        for product, quantity in after.items()
        if quantity != before[product]
    }


@pytest.mark.parametrize(("lang", "width"), [("en_US", 1400), ("fr_FR", 1400), ("fr_FR", 768)])
def test_every_counting_screen_opens_without_an_error(server, chromium, lang, width):
    page = chromium.page("controller", lang, width, 1000, password=PASSWORD)

    for name in SCREENS:
        page.goto(f"{server.url}/odoo/{name}")
        page.wait_for_selector(".o_kanban_view, .o_list_view")
        page.wait_for_timeout(500)
        chromium.screenshot(page, f"{name}-{lang}-{width}")

    assert page.locator(".o_error_dialog").count() == 0
