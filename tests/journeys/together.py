"""What a counter does in the browser, and what the tables then say."""

import struct
import zlib
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

TYPING_MS = 120  # as a person; the list takes faster keys for a scanner's
UNKNOWN = "4006381333931"


def open_list(chromium, shelf, login: str, width: int = 1400) -> Page:
    """Open the counting list of the session as one person."""
    page = chromium.page(login, width=width)
    page.goto(f"{chromium.server.url}/odoo/stockex-counts/{shelf['session']}")
    page.click("button[name=action_open_lines] >> visible=true")
    page.wait_for_selector(".o_data_row")
    page.wait_for_timeout(2_500)  # the channel opens
    return page


def cell(page: Page, shelf, index: int, field: str) -> Any:
    row = page.locator(".o_data_row", has_text=shelf["names"][index])
    return row.locator(f"td[name={field}]")


def begin(page: Page, shelf, index: int, text: str) -> Any:
    """Type into a row's quantity and stay there."""
    cell(page, shelf, index, "my_quantity").click()
    field = cell(page, shelf, index, "my_quantity").locator("input")
    field.wait_for()
    page.wait_for_timeout(200)
    page.keyboard.press("Control+a")
    page.keyboard.type(text, delay=TYPING_MS)
    return field


def enter(page: Page, shelf, index: int, text: str) -> None:
    begin(page, shelf, index, text)
    with page.expect_response(lambda response: "web_save" in response.url):
        page.keyboard.press("Enter")


def scan(page: Page, code: str) -> None:
    """Press the keys as a scanner does, and wait for the answer."""
    with page.expect_response(lambda response: "action_scan" in response.url):
        # In one go, its Enter too: a busy machine must not make a slow scanner of it.
        page.keyboard.type(f"{code}\n")
    page.wait_for_timeout(300)


def counted(world, shelf, index: int) -> list[tuple[str, float]]:
    """Read the live entries of a line: who, how many."""
    rows = world.rows(
        f"""SELECT users.login, entry.quantity FROM stockex_count_entry entry
              JOIN res_users users ON users.id = entry.user_id
             WHERE line_id = {shelf["lines"][index]}
               AND superseded_by_id IS NULL AND voids IS NOT TRUE ORDER BY entry.id"""
    )
    return [(login, float(quantity)) for login, quantity in rows]


def keep_unknown(world, shelf) -> None:
    """Keep two of something unknown as a counter, as the dialog does."""
    model = "stockex.count.keep.unknown"
    vals = {"session_id": shelf["session"], "location_id": shelf["place"], "barcode": UNKNOWN}
    found = world.karim.call(model, "create", {**vals, "quantity": 2})
    world.karim.call(model, "action_keep", [found])


def picture(path: Path, side: int = 64) -> Path:
    """Write a plain PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = (b"\0" + b"\x20\x80\xc0" * side) * side
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + parts)
    return path
