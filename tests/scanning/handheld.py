"""The handheld application in a browser the size of a phone, on a real server."""

import base64
import json
import time
from collections.abc import Callable, Sequence
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route

from tests.journeys.scanner import SCAN
from tests.support.browser import Chromium
from tests.support.server import Server

PHONE = {"width": 360, "height": 740}
PATIENCE_MS = 30_000

# What the store of the device has, without its pictures.
STORE = """async () => {
    const db = await new Promise((resolve) => {
        const asked = indexedDB.open("stockex-scan");
        asked.onsuccess = () => resolve(asked.result);
    });
    const all = (name) => new Promise((resolve) => {
        const asked = db.transaction(name).objectStore(name).getAll();
        asked.onsuccess = () => resolve(asked.result.map(({ picture, ...row }) => row));
    });
    const names = ["meta", "lines", "products", "locations", "ops", "photos"];
    const rows = await Promise.all(names.map(all));
    db.close();
    return Object.fromEntries(names.map((name, index) => [name, rows[index]]));
}"""


class Handheld:
    """A phone with the application, signed in, in the only open count of its user."""

    def __init__(self, server: Server, browser: Chromium, **context: Any) -> None:
        self.server = server
        self.context: BrowserContext = browser.context(**PHONE, has_touch=True, **context)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.sent: list[dict[str, Any]] = []
        self.is_cut_off = False
        self.page.route("**/stockex/scan/sync/*", self._pass)

    def start(self, login: str = "counter", before: str = "") -> "Handheld":
        """Sign in, wait for the catalogue, and open the count.

        :param before: a script that the page runs before its own.
        """
        if before:
            self.page.add_init_script(before)
        self.page.goto(f"{self.server.url}/web/login?redirect=/stockex/scan")
        self.page.locator("input[name=login]").fill(login)
        self.page.locator("input[name=password]").fill("demo")
        self.page.locator(".oe_login_form button[type=submit]").click()
        self.page.wait_for_url(lambda url: "/web/login" not in url)
        self.page.wait_for_selector("body[data-ready=yes]")
        self.page.locator("a.s_card").first.wait_for()
        # Packages come last.
        self.wait_for(lambda store: "version:packages" in [row["key"] for row in store["meta"]])
        self.open_count()
        return self

    def open_count(self) -> None:
        self.page.goto(f"{self.server.url}/stockex/scan#tasks")
        self.page.locator("a.s_card[href^='#count/']").first.click()
        self.page.get_by_role("button", name="Next location").wait_for()

    def show(self, screen: str) -> None:
        """Go to a screen by the bar below."""
        self.page.locator(f".s_nav a[href='#{screen}']").click()

    def store(self) -> dict[str, list[dict[str, Any]]]:
        return self.page.evaluate(STORE)

    def line(self, fits: Callable[[dict, dict], bool]) -> "Line":
        """Find a line that nobody counted, in whose location nothing else of its product lies."""
        store = self.store()
        products = {row["id"]: row for row in store["products"]}
        locations = {row["id"]: row for row in store["locations"]}
        places = [(row["location"], row["product"]) for row in store["lines"]]
        for line in store["lines"]:
            product = products.get(line["product"])
            alone = places.count((line["location"], line["product"])) == 1
            if product and alone and line["base"] == "e0" and fits(product, line):
                return Line(line, product, locations[line["location"]])
        raise LookupError("the demo story has no such line")

    def scan(self, code: str) -> None:
        """Type a code as fast as a hand scanner does, however busy this machine is."""
        self.page.evaluate(SCAN, code)
        self.page.wait_for_timeout(400)

    def count(self, line: "Line") -> None:
        """Go to a line's location and count one of it."""
        self.scan(line.place)
        self.scan(line.code)
        self.page.locator(".s_last h2").wait_for()

    def settle(self) -> None:
        """Wait until nothing is left to be sent."""
        self.wait_for(
            lambda store: (
                not store["photos"] and all(op["state"] != "waiting" for op in store["ops"])
            )
        )

    def wait_for(self, holds: Callable[[dict], bool]) -> None:
        """Wait until something holds of the device's store."""
        end = time.monotonic() + PATIENCE_MS / 1000
        while not holds(store := self.store()):
            assert time.monotonic() < end, (store["ops"], store["photos"])
            self.page.wait_for_timeout(100)

    def cut_off(self) -> None:
        """Let nothing out, as without a network, until `reconnect`."""
        self.is_cut_off = True

    def reconnect(self) -> None:
        self.is_cut_off = False
        self.page.evaluate("window.dispatchEvent(new Event('online'))")

    def _pass(self, route: Route) -> None:
        if self.is_cut_off:
            route.abort()
            return
        if route.request.url.endswith("/push"):
            self.sent.append(json.loads(route.request.post_data or "{}")["params"])
        route.continue_()

    def pictures_sent(self) -> list[bytes]:
        ops = [op for params in self.sent for op in params["ops"]]
        return [base64.b64decode(op["data"]) for op in ops if op["kind"] == "photo"]

    def sql(self, statement: str) -> Sequence[Sequence[str]]:
        return self.server.sql(statement)


class Line:
    """A line of the catalogue, and what is scanned for it."""

    def __init__(self, line: dict, product: dict, location: dict) -> None:
        self.id: int = line["id"]
        self.product = product
        self.name: str = product["name"]
        self.code: str = product["barcodes"][0]
        self.place: str = location["barcode"]


def plain(product: dict, _line: dict) -> bool:
    """Tell a product that is counted by the piece alone, without lots."""
    return product["tracking"] == "none" and not product["packs"]


def in_boxes(product: dict, _line: dict) -> bool:
    """Tell a product that has one packaging, without lots."""
    return product["tracking"] == "none" and len(product["packs"]) == 1
