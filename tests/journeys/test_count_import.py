"""A count file from the controller's disk to counted lines, through the screens."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import Workbook

LOGIN = "import.controller"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = ("Référence interne", "Emplacement", "Qté comptée", "Remarque")


@pytest.fixture(scope="module")
def server() -> Iterator["Server"]:  # noqa: F821  the import needs the environment's packages
    """A server on a copy of the test database: the demo story is not needed."""
    from tests.support.server import Server

    with Server() as running:
        yield running


@pytest.fixture(scope="module")
def shelf(server):
    """A controller, a started count of one new location, and two products."""
    from tests.support.rpc import Rpc

    call = Rpc(server.url, server.db, "admin", "admin").call
    [controller] = call("ir.model.data", "search_read", [("name", "=", "group_controller")])
    vals = {"name": "Iris", "login": LOGIN, "password": LOGIN}
    call("res.users", "create", [{**vals, "group_ids": [(6, 0, [controller["res_id"]])]}])
    [house] = call("stock.warehouse", "search_read", [], ["lot_stock_id"], limit=1)
    place = {"name": "Import shelf", "usage": "internal", "location_id": house["lot_stock_id"][0]}
    [location] = call("stock.location", "create", [place])
    call(
        "product.product",
        "create",
        [
            {"name": f"Import {code}", "default_code": code, "is_storable": True}
            for code in ("IMP-1", "IMP-2")
        ],
    )
    iris = Rpc(server.url, server.db, LOGIN, LOGIN).call
    plan = {"title": "Import", "scope": "locations", "location_ids": [(6, 0, [location])]}
    [session] = iris("stockex.count.session", "create", [plan])
    iris("stockex.count.session", "action_start", [session])
    return {"session": session, "call": iris}


def workbook(*rows):
    book = Workbook()
    for row in (HEAD, *rows):
        book.active.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def choose(page, name, data):
    """Choose a file as a person does, through the file input."""
    page.set_input_files(
        "div[name=file] input[type=file]", {"name": name, "mimeType": XLSX, "buffer": data}
    )


def read(page, chromium, session_id):
    """Choose the file from the session and look at what it holds."""
    page.goto(f"{chromium.server.url}/odoo/stockex-counts/{session_id}")
    page.click("button[name=action_import_file]")
    choose(
        page,
        "comptage.xlsx",
        workbook(
            ("IMP-1", "Import shelf", 12, "wet"),
            ("IMP-2", "Import shelf", "3,5", None),
            ("IMP-9", "Import shelf", 1, None),
            ("IMP-2", "Import shelf", 8, None),
        ),
    )
    page.wait_for_selector("text=comptage.xlsx")
    chromium.screenshot(page, "import-1-chosen")
    page.click("button[name=action_read]")
    page.wait_for_selector("div[name=column_ids] .o_data_row")
    chromium.screenshot(page, "import-2-columns")
    page.click(".o_notebook a[name=preview]")
    page.wait_for_selector("div[name=preview] td:has-text('IMP-2')")
    chromium.screenshot(page, "import-3-preview")


def check(page, chromium):
    """Check the file; return what is said of the refused rows."""
    page.click(".o_statusbar_buttons button[name=action_check]")
    page.wait_for_selector("div[name=refused_ids] .o_data_row", timeout=20_000)
    chromium.screenshot(page, "import-4-checked")
    return page.locator("div[name=refused_ids] .o_data_row td[name=message]").all_inner_texts()


def bring_in(page, chromium):
    """Import the good rows; return the name of the result file."""
    page.check("div[name=import_good] input")
    page.click("button[name=action_import]")
    page.wait_for_selector("button[name=action_open_session]", timeout=20_000)
    chromium.screenshot(page, "import-5-done")
    with page.expect_download() as download:
        page.click("button[name=action_result]")
    page.click("button[name=action_open_session]")
    page.wait_for_selector("button[name=action_open_imports]")
    chromium.screenshot(page, "import-6-session")
    return download.value.suggested_filename


def test_a_file_is_read_checked_and_imported_through_the_screens(chromium, shelf):
    page = chromium.page(LOGIN)

    read(page, chromium, shelf["session"])
    refused = check(page, chromium)
    name = bring_in(page, chromium)

    assert refused == [
        "No product is “IMP-9”.",
        "Row 3 counts the same goods in the same place.",
    ]
    assert name == "comptage-result.xlsx"
    lines = shelf["call"](
        "stockex.count.line",
        "search_read",
        [("session_id", "=", shelf["session"])],
        ["product_id", "counted_quantity", "note"],
    )
    assert {(line["product_id"][1], line["counted_quantity"], line["note"]) for line in lines} == {
        ("[IMP-1] Import IMP-1", 12.0, "wet"),
        ("[IMP-2] Import IMP-2", 3.5, False),
    }
