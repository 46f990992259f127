"""A handheld in a browser: what its user does, and how it is turned and coloured."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from .site import PAGE, Site


@dataclass(frozen=True)
class Size:
    """A screen: width and height in CSS pixels."""

    name: str
    width: int
    height: int


PHONE = Size("phone", 360, 740)
TABLET = Size("tablet", 800, 1280)
LYING = Size("lying", 740, 360)
SIZES = (PHONE, TABLET, LYING)
THEMES = ("light", "dark", "contrast")
LANGUAGES = ("en_US", "fr_FR")
TIMEOUT_MS = 3_000
# What the app's own code changes slowly; a picture of the middle shows nothing real.
STILL = "*, *::before, *::after { animation: none !important; transition: none !important; }"
TWO_FRAMES = """() => new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(resolve));
})"""
SCAN = """(code) => {
    for (const key of [...code, "Enter"]) {
        const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
        document.activeElement.dispatchEvent(event);
    }
}"""


class Handheld:
    """One device with its own store, in one language."""

    def __init__(self, browser: Browser, site: Site, lang: str) -> None:
        self.browser, self.site, self.lang = browser, site, lang
        self.errors: list[str] = []
        self.context: BrowserContext | None = None
        self.page: Page
        self.start()

    def start(self, **desk: Any) -> None:
        """Begin with an empty device, and a server that answers as `desk` says."""
        self.close()
        self.site.desk.reset()
        self.site.desk.lang = self.lang
        for name, value in desk.items():
            setattr(self.site.desk, name, value)
        self.context = self.browser.new_context(
            viewport={"width": PHONE.width, "height": PHONE.height},
            locale=self.lang.replace("_", "-"),
            has_touch=True,
        )
        self.context.set_default_timeout(TIMEOUT_MS)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.open()

    def close(self) -> None:
        """Throw the device away."""
        if self.context:
            self.context.close()
            self.context = None

    def open(self, screen: str = "") -> None:
        """Load the page."""
        with suppress(AttributeError):
            self.page.goto("about:blank")
        self.page.goto(f"{self.site.url}{PAGE}{screen}")
        self.page.wait_for_selector("body[data-ready=yes], .s_refused", timeout=5 * TIMEOUT_MS)
        self.page.add_style_tag(content=STILL)

    def go(self, screen: str) -> None:
        """Show another screen, made anew."""
        self.page.evaluate("location.hash = '#tasks'")
        self.page.evaluate("sessionStorage.clear()")
        self.page.wait_for_selector(".s_tasks")
        self.page.evaluate("hash => { location.hash = hash; }", screen)
        self.page.wait_for_timeout(60)

    def scan(self, code: str) -> None:
        """Scan as a keyboard wedge does: faster than a remote control could press keys."""
        self.page.evaluate(SCAN, code)
        self.page.wait_for_timeout(120)

    def offline(self, is_off: bool) -> None:
        """Cut the line, or mend it."""
        assert self.context is not None
        self.context.set_offline(is_off)

    def sees(self, selector: str) -> Locator:
        """Wait until something is shown."""
        found = self.page.locator(selector).first
        expect(found).to_be_visible(timeout=TIMEOUT_MS)
        return found

    def press(self, selector: str) -> None:
        """Tap on something."""
        self.page.locator(selector).first.click()

    def turn(self, size: Size) -> None:
        """Be a screen of another size."""
        self.page.set_viewport_size({"width": size.width, "height": size.height})
        # The map is laid out anew with the next frame.
        self.page.evaluate(TWO_FRAMES)

    def colour(self, theme: str) -> None:
        """Wear other colours."""
        self.page.evaluate("theme => { document.body.dataset.theme = theme; }", theme)
