"""A headless Chromium that logs in as a person does and minds the console."""

import re
import shutil
from collections.abc import Sequence
from types import TracebackType
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from dev.lib import places

from .rpc import Rpc
from .server import Server

SCREENSHOTS = places.ROOT / ".screenshots"
TIMEOUT_MS = 30_000
ARGUMENTS = [
    "--no-sandbox",  # refused to root, who runs the continuous integration
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing leaves the machine
]
LOCALES = {"en_US": "en-US", "fr_FR": "fr-FR"}


class Chromium:
    """One browser for many pages, closed at the end.

    :param ignore: patterns of console errors that a test provokes on purpose.
    """

    def __init__(self, server: Server, ignore: Sequence[str] = ()) -> None:
        self.server = server
        self.errors: list[str] = []
        self._ignore = [re.compile(pattern) for pattern in ignore]
        self._playwright = sync_playwright().start()
        self._browser: Browser = self._playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            headless=True,
            args=ARGUMENTS,
        )

    def __enter__(self) -> "Chromium":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._browser.close()
        self._playwright.stop()
        if kind is None:
            self.check_console()

    def context(
        self, lang: str = "en_US", width: int = 1400, height: int = 900, **more: Any
    ) -> BrowserContext:
        """Open a session of its own; `more` goes to Playwright (has_touch, offline …)."""
        context = self._browser.new_context(
            locale=LOCALES.get(lang, lang.replace("_", "-")),
            viewport={"width": width, "height": height},
            **more,
        )
        context.set_default_timeout(TIMEOUT_MS)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self._note(str(error.error)))
        return context

    def page(
        self,
        login: str = "admin",
        lang: str = "en_US",
        width: int = 1400,
        height: int = 900,
        *,
        password: str | None = None,
        path: str = "/odoo",
    ) -> Page:
        """Log in through the form and open a path.

        :param password: the login itself if not given, as for all users of the tests.
        """
        password = password or login
        rpc = Rpc(self.server.url, self.server.db, login, password)
        rpc.call("res.users", "write", [rpc.uid], {"lang": lang})
        page = self.context(lang, width, height).new_page()
        page.goto(f"{self.server.url}/web/login?redirect={path}")
        page.locator("input[name=login]").fill(login)
        page.locator("input[name=password]").fill(password)
        page.locator(".oe_login_form button[type=submit]").click()
        page.wait_for_url(lambda url: "/web/login" not in url)
        return page

    def screenshot(self, page: Page, name: str) -> None:
        """Keep a picture in `.screenshots`."""
        SCREENSHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png")

    def check_console(self) -> None:
        """Fail if a page wrote an error to its console or raised one."""
        errors, self.errors = self.errors, []
        assert not errors, "The browser's console has errors:\n" + "\n".join(errors)

    def _on_console(self, message: ConsoleMessage) -> None:
        url = str(message.location.get("url", ""))
        outside = url.startswith("http") and not url.startswith(self.server.url)
        # Odoo's website asks for fonts from outside; they are not reachable here.
        if message.type == "error" and not outside:
            self._note(f"{message.text} ({url})")

    def _note(self, text: str) -> None:
        if not any(pattern.search(text) for pattern in self._ignore):
            self.errors.append(text)
