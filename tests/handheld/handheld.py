"""A phone with the application, and what its user does with it."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page

from .floor import Floor
from .line import CUT, Line

PAGE = "/stockex/scan"
PHONE = {"width": 360, "height": 740, "has_touch": True, "is_mobile": True}
PATIENCE_S = 60
WAITING = "waiting"

# A scanner's keys come faster than a remote control could press them, and bear the time at
# which they were pressed, however busy the machine is.
SCAN = """async ([codes, pause]) => {
    for (const code of codes) {
        const began = performance.now();
        // Scanners send the separator of GS1 data as F8.
        [...code, "Enter"].forEach((sign, at) => {
            const key = sign === "\\x1d" ? "F8" : sign;
            const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
            Object.defineProperty(event, "timeStamp", { value: began + at });
            (document.activeElement ?? document.body).dispatchEvent(event);
        });
        await new Promise((resolve) => setTimeout(resolve, pause));
    }
}"""
ROWS = """(name) => new Promise((resolve, reject) => {
    const request = indexedDB.open("stockex-scan");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
        const rows = request.result.transaction(name).objectStore(name).getAll();
        rows.onsuccess = () => {
            request.result.close();
            resolve(rows.result);
        };
    };
})"""


class Handheld:
    """One device: a browser's context, in which one page is open."""

    def __init__(self, context: BrowserContext, line: Line) -> None:
        self.line = line
        self.context = context
        self.page: Page = self.context.new_page()

    # --- Opening ---

    def sign_in(self, login: str) -> None:
        """Sign in as on the first day: open the application, follow its way, come back."""
        self.page.goto(self.line.url + PAGE)
        self.page.get_by_role("link", name="Sign in").click()
        self.fill_in(login)
        self.wait_for_catalogue()

    def fill_in(self, login: str) -> None:
        """Fill the sign-in form, and wait for the application."""
        self.page.locator("input[name=login]").fill(login)
        self.page.locator("input[name=password]").fill(login)
        self.page.locator(".oe_login_form button[type=submit]").click()
        self.page.wait_for_url(lambda url: "/web/login" not in url)
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        self.page.wait_for_selector("body[data-ready=yes]")

    def wait_for_catalogue(self) -> None:
        """Wait until all that can be scanned is on the device."""
        self.wait(lambda: self.meta("version:packages"), "the catalogue is there")

    def wait_for_worker(self) -> None:
        """Wait until the page is kept for the time without a network."""
        self.page.wait_for_function("navigator.serviceWorker.controller !== null")

    def reload(self) -> None:
        self.page.reload()
        self.wait_until_ready()

    def reopen(self, hash_: str = "") -> None:
        """Close the page and open it again."""
        self.page.close()
        self.page = self.context.new_page()
        self.page.goto(self.line.url + PAGE + hash_)
        self.wait_until_ready()

    def close(self) -> None:
        self.context.close()

    # --- The line ---

    def go_offline(self) -> None:
        """Cut the line: for the page, and for the service worker behind it."""
        self.line.all(CUT)
        self.context.set_offline(True)

    def go_online(self) -> None:
        self.line.mend()
        self.context.set_offline(False)

    # --- Doing ---

    def open_count(self, session: int) -> None:
        """Open a count from the list of those that wait."""
        self.page.locator(f"a[href='#count/{session}']").click()
        self.page.get_by_role("button", name="Next location").wait_for()

    def scan(self, codes: str | Iterable[str], pause_ms: float = 150) -> float:
        """Scan with the hand scanner; return how many codes a second that were."""
        codes = [codes] if isinstance(codes, str) else list(codes)
        started = time.monotonic()
        self.page.evaluate(SCAN, [codes, pause_ms])
        return len(codes) / (time.monotonic() - started)

    @contextmanager
    def scanning(self, codes: list[str], pause_ms: float) -> Iterator[None]:
        """Scan while something else happens."""
        self.page.evaluate(
            f"(codes) => {{ window.scanning = ({SCAN})(codes); }}", [codes, pause_ms]
        )
        yield
        self.page.evaluate("window.scanning")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    @property
    def badge(self) -> Locator:
        """How many operations wait, as the bar below shows it."""
        return self.page.locator("nav .s_badge")

    def tab(self, name: str) -> None:
        """Go to one of the screens below."""
        self.page.locator(f"nav a[href='#{name}']").click()

    def open_at(self, floor: Floor) -> None:
        """Open the count of a floor, and stand in its first place."""
        self.open_count(floor.session)
        self.scan(next(iter(floor.places)))
        self.says("You are in")

    def send_now(self) -> None:
        """Ask for sending, as an impatient user does."""
        self.page.evaluate("window.dispatchEvent(new Event('online'))")

    # --- What is on it ---

    def rows(self, store: str) -> list[dict[str, Any]]:
        return self.page.evaluate(ROWS, store)

    def meta(self, key: str) -> dict[str, Any] | None:
        found = [row for row in self.rows("meta") if row["key"] == key]
        return found[0] if found else None

    def ops(self, state: str | None = None) -> list[dict[str, Any]]:
        """Return the operations on the device, in their order."""
        return [one for one in self.rows("ops") if state in (None, one["state"])]

    def wait_for_ops(self, count: int, state: str = WAITING) -> None:
        self.wait(
            lambda: len(self.ops(state)) == count,
            lambda: f"{count} operations are {state}: {len(self.ops(state))}",
        )

    def wait_until_sent(self) -> None:
        self.wait_for_ops(0)

    def says(self, text: str) -> None:
        """Wait until the screen says something."""
        self.page.get_by_text(text).first.wait_for()

    def wait(self, is_true: Any, what: Any, seconds: float = PATIENCE_S) -> None:
        end = time.monotonic() + seconds
        while not is_true():
            assert time.monotonic() < end, what() if callable(what) else f"not true: {what}"
            self.page.wait_for_timeout(100)
