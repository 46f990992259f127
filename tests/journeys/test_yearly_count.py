"""The yearly count of a warehouse: template, zones, scanners, a file, recount to reversal."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from .conftest import PASSWORD
from .scanner import scan

YEARLY = "Inventaire annuel Lille Fives"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = ("Code article", "Emplacement", "Lot", "Colis", "Propriétaire", "Quantité comptée")
COUNTERS = ("counter", "counter2", "counter3")
LINE_FIELDS = [
    *("product_id", "product_barcode", "location_id", "lot_name", "package_id", "owner_id"),
    *("tracking", "book_quantity", "zone_id", "state", "difference", "out_of_tolerance"),
]
SHOWN = ".o_data_row td[name=product_id]"


@pytest.fixture(scope="module")
def rpc(server) -> Any:
    from tests.support.rpc import Rpc

    return lambda login: Rpc(server.url, server.db, login, PASSWORD).call


@pytest.fixture
def pages(chromium) -> dict[str, Any]:
    """A browser for each of the five persons; the controller's is French."""
    logins = ("controller", "approver", *COUNTERS)
    languages = {"controller": "fr_FR", "approver": "fr_FR"}
    return {
        login: chromium.page(login, languages.get(login, "en_US"), password=PASSWORD)
        for login in logins
    }


def open_session(page, server, session_id: int) -> None:
    page.goto(f"{server.url}/odoo/stockex-counts/{session_id}")
    page.wait_for_selector(".o_form_view div[name=title]")


def make_of_template(page, chromium, call) -> int:
    """Make the session of its template, share the bins, start; return its id."""
    domain = [("name", "=", "Yearly count Lille Fives")]
    [template] = call("stockex.count.template", "search_read", domain, ["name"])
    page.goto(f"{chromium.server.url}/odoo/stockex-templates/{template['id']}")
    page.click("button[name=action_new_session]")
    page.wait_for_selector("button[name=action_start]")
    # An aisle of this warehouse is in review already.
    page.check("div[name=allow_overlap] input")
    chromium.screenshot(page, "yearly-1-draft")
    page.click("button[name=action_start]")
    page.wait_for_selector("button[name=action_review]")
    [session] = call(
        "stockex.count.session", "search_read", [("state", "=", "counting")], ["zone_ids"],
        order="id desc", limit=1,
    )  # fmt: skip
    assert len(session["zone_ids"]) == 4
    return session["id"]


def lines_of(call, session_id: int) -> list[dict[str, Any]]:
    return call(
        "stockex.count.line", "search_read", [("session_id", "=", session_id)], LINE_FIELDS,
        order="id",
    )  # fmt: skip


def scannable(lines, zone: int, number: int) -> list[dict[str, Any]]:
    """Choose lines of a zone that a scanner can count alone: one line a product and bin."""
    seen = [(line["product_id"][0], line["location_id"][0]) for line in lines]
    found = [
        line
        for line in lines
        if line["zone_id"] and line["zone_id"][0] == zone
        and line["product_barcode"] and line["tracking"] == "none"
        and not line["package_id"] and not line["owner_id"] and line["book_quantity"] >= 1
        and seen.count((line["product_id"][0], line["location_id"][0])) == 1
    ]  # fmt: skip
    assert len(found) >= number
    return found[:number]


def count_by_scanner(page, server, call, session_id: int, found: dict[int, int]) -> None:
    """Scan the bin, then the product as often as it is there; a large number is typed."""
    open_session(page, server, session_id)
    page.click(".o_form_statusbar button[name=action_open_lines]")
    page.wait_for_selector(".o_list_view")
    page.wait_for_timeout(800)
    lines = call("stockex.count.line", "read", list(found), LINE_FIELDS)
    places = [line["location_id"][0] for line in lines]
    barcodes = {
        place["id"]: place["barcode"]
        for place in call("stock.location", "read", places, ["barcode"])
    }
    for line in lines:
        scan(page, barcodes[line["location_id"][0]])
        scan(page, line["product_barcode"])
        page.keyboard.type(str(found[line["id"]]), delay=120)
        with page.expect_response(lambda response: "action_record" in response.url):
            page.keyboard.press("Enter")
        page.wait_for_timeout(250)


def workbook(call, lines, found: dict[int, float]) -> bytes:
    """Write what was found as the file of somebody who counted on paper."""
    products = call(
        "product.product", "read", [line["product_id"][0] for line in lines], ["default_code"]
    )
    codes = {product["id"]: product["default_code"] for product in products}
    book = Workbook()
    book.active.append(HEAD)
    for line in lines:
        names = [line[field] and line[field][1] for field in ("package_id", "owner_id")]
        book.active.append(
            [
                codes[line["product_id"][0]],
                line["location_id"][1],
                line["lot_name"] or None,
                *(name or None for name in names),
                found.get(line["id"], line["book_quantity"]),
            ]
        )
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def import_file(page, chromium, session_id: int, data: bytes) -> None:
    open_session(page, chromium.server, session_id)
    page.click("button[name=action_import_file]")
    page.set_input_files(
        "div[name=file] input[type=file]",
        {"name": "lille.xlsx", "mimeType": XLSX, "buffer": data},
    )
    page.wait_for_selector("text=lille.xlsx")
    page.click("button[name=action_read]")
    page.wait_for_selector("div[name=column_ids] .o_data_row")
    page.click(".o_statusbar_buttons button[name=action_check]")
    page.wait_for_selector("button[name=action_import] >> visible=true", timeout=60_000)
    chromium.screenshot(page, "yearly-2-checked")
    assert page.locator("div[name=import_good] >> visible=true").count() == 0
    page.click("button[name=action_import]")
    page.wait_for_selector("button[name=action_open_session] >> visible=true", timeout=60_000)


def give_reasons(call, session_id: int) -> None:
    """Choose a reason for every variance, as the list does for ticked lines."""
    for operator, direction in (("<", "shortage"), (">", "surplus")):
        domain = [("session_id", "=", session_id), ("difference", operator, 0)]
        ids = call("stockex.count.line", "search", domain)
        [reason] = call("stockex.count.reason", "search", [("direction", "=", direction)], limit=1)
        call("stockex.count.line", "write", ids, {"reason_id": reason})


def on_hand(call, line) -> float:
    domain = [
        ("product_id", "=", line["product_id"][0]),
        ("location_id", "=", line["location_id"][0]),
    ]
    quants = call("stock.quant", "search_read", domain, ["quantity"])
    return sum(quant["quantity"] for quant in quants)


def wait_until_done(page) -> None:
    page.wait_for_selector(
        ".o_arrow_button_current[data-value=done]", state="attached", timeout=60_000
    )


def count_zones(pages, server, call, session_id: int, lines) -> dict[int, int]:
    """Have three counters scan, each in a zone: one right, one short, one over."""
    found: dict[int, int] = {}
    zones = sorted({line["zone_id"][0] for line in lines if line["zone_id"]})
    for login, zone, wrong in zip(COUNTERS, zones, (0, -1, 20), strict=False):
        [line] = scannable(lines, zone, 1)
        counted = {line["id"]: max(0, int(line["book_quantity"]) + wrong)}
        count_by_scanner(pages[login], server, call, session_id, counted)
        found.update(counted)
    return found


def close_and_recount(pages, chromium, call, session_id: int, found: dict[int, int]) -> None:
    """Close twice: what is out of tolerance comes back once and is counted again."""
    controller, server = pages["controller"], chromium.server
    open_session(controller, server, session_id)
    controller.click("button[name=action_review]")
    controller.wait_for_selector(".alert div[name=recount_count] >> visible=true")
    again = {line["id"] for line in lines_of(call, session_id) if line["state"] == "pending"}
    assert again
    assert again <= set(found)
    chromium.screenshot(controller, "yearly-4-recount")
    for login, line_id in zip(COUNTERS, found, strict=True):
        if line_id in again:
            one = {line_id: found[line_id]}
            count_by_scanner(pages[login], server, call, session_id, one)
    open_session(controller, server, session_id)
    controller.click("button[name=action_review]")
    controller.wait_for_selector("button[name=action_resume]")


def approve_and_post(pages, chromium, call, session_id: int) -> None:
    """Be refused without reasons, give them, approve as somebody else, post."""
    controller, approver, server = pages["controller"], pages["approver"], chromium.server
    open_session(approver, server, session_id)
    approver.click("button[name=action_approve]")
    approver.wait_for_selector(".o_error_dialog, .modal:has-text('motif')")
    chromium.screenshot(approver, "yearly-5-no-reason")
    approver.keyboard.press("Escape")
    give_reasons(call, session_id)
    open_session(approver, server, session_id)
    approver.click("button[name=action_approve]")
    approver.wait_for_selector("button[name=action_post]")
    open_session(controller, server, session_id)
    controller.click("button[name=action_post]")
    controller.click(".modal .btn-primary")
    wait_until_done(controller)
    chromium.screenshot(controller, "yearly-6-done")


def test_a_yearly_count_from_its_template_to_a_partial_reversal(server, chromium, rpc, pages):
    controller, call = pages["controller"], rpc("controller")
    session_id = make_of_template(controller, chromium, call)
    lines = lines_of(call, session_id)
    found = count_zones(pages, server, call, session_id, lines)
    chromium.screenshot(pages["counter3"], "yearly-3-scanned")
    rest = [line for line in lines if line["id"] not in found]
    import_file(controller, chromium, session_id, workbook(call, rest, {}))

    close_and_recount(pages, chromium, call, session_id, found)
    approve_and_post(pages, chromium, call, session_id)

    after = {line["id"]: line for line in lines_of(call, session_id)}
    differing = {key for key, line in after.items() if line["difference"]}
    assert differing <= set(found)
    for line_id, quantity in found.items():
        assert on_hand(call, after[line_id]) == quantity
        assert after[line_id]["difference"] == quantity - after[line_id]["book_quantity"]
    compare(controller, chromium, session_id)
    reverse_one(pages["approver"], chromium, call, session_id, after[max(differing)])


def compare(page, chromium, session_id: int) -> None:
    """Put the count beside that of the year before."""
    open_session(page, chromium.server, session_id)
    page.click("button[name=action_compare] >> visible=true")
    page.fill(".modal div[name=second_id] input", YEARLY)
    page.locator(".o-autocomplete--dropdown-item", has_text=YEARLY).first.click()
    page.click(".modal button[name=action_compare]")
    page.wait_for_selector(SHOWN)
    chromium.screenshot(page, "yearly-7-comparison")


def reverse_one(page, chromium, call, session_id: int, line) -> None:
    """Reverse one corrected line; the others stay."""
    open_session(page, chromium.server, session_id)
    page.click("button[name=action_reverse] >> visible=true")
    page.fill(".modal div[name=reason] input", "Mauvais bac")
    page.click(".modal div[name=line_ids] input")
    name = line["product_id"][1].split("]")[0] + "]"
    page.keyboard.type(name, delay=40)
    page.locator(".o-autocomplete--dropdown-item", has_text=name).first.click()
    page.click(".modal button[name=action_reverse]")
    page.wait_for_selector("div[name=reversal_of_id]")
    wait_until_done(page)
    chromium.screenshot(page, "yearly-8-reversed")
    domain = [("session_id.reversal_of_id", "=", session_id)]
    reversed_lines = call("stockex.count.line", "search_read", domain, LINE_FIELDS)
    assert [item["difference"] for item in reversed_lines] == [-line["difference"]]
    assert on_hand(call, line) == line["book_quantity"]
