"""A handheld: Chromium with the application, its processor slowed, its store on the disk."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Page, async_playwright

from dev.lib.say import Failure

from .fixture import PASSWORD
from .walk import Scan

SIZE = {"width": 360, "height": 740}
SLOWED = 4
PATIENCE_MS = 600_000
# The worker keeps the files of the application meanwhile.
SETTLE_S = 3
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-proxy-server"]
WATCH = Path(__file__).with_name("watch.js")
READY = "body[data-ready=yes]"
# Everything was fetched when the last slice has its version.
FETCHED = """() => new Promise((resolve) => {
    const request = indexedDB.open("stockex-scan");
    request.onsuccess = () => {
        const get = request.result.transaction("meta").objectStore("meta").get("version:packages");
        get.onsuccess = () => { request.result.close(); resolve(Boolean(get.result)); };
    };
})"""


@asynccontextmanager
async def browsing(folder: Path) -> AsyncIterator[BrowserContext]:
    """Start a browser whose data lie on the disk: a private window keeps them in memory."""
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            str(folder),
            executable_path=shutil.which("chromium"),
            headless=True,
            args=ARGUMENTS,
            viewport=SIZE,
            has_touch=True,
        )
        context.set_default_timeout(PATIENCE_MS)
        try:
            yield context
        finally:
            await context.close()


class Device:
    """The application on one page."""

    def __init__(self, url: str, page: Page, session: CDPSession) -> None:
        self.url = url
        self.page = page
        self.errors: list[str] = []
        self.received = 0
        self._session = session
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        session.on("Network.loadingFinished", self._on_received)

    @classmethod
    async def start(cls, context: BrowserContext, url: str) -> "Device":
        """Open a page whose processor is slow."""
        page = await context.new_page()
        await page.add_init_script(path=WATCH)
        session = await context.new_cdp_session(page)
        device = cls(url, page, session)
        await session.send("Network.enable")
        await session.send("Performance.enable")
        await session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        return device

    def _on_received(self, event: dict[str, Any]) -> None:
        self.received += int(event["encodedDataLength"])

    async def sign_in(self, login: str, path: str = "/stockex/scan") -> None:
        """Log in through the form."""
        page = self.page
        await page.goto(f"{self.url}/web/login?redirect={path}")
        await page.locator("input[name=login]").fill(login)
        await page.locator("input[name=password]").fill(PASSWORD)
        await page.locator(".oe_login_form button[type=submit]").click()
        await page.wait_for_url(lambda url: "/web/login" not in url)

    async def fetch(self) -> float:
        """Wait until the catalogue is on the device; return the seconds it took."""
        began = time.perf_counter()
        await self.page.wait_for_selector(READY)
        while not await self.page.evaluate(FETCHED):
            await asyncio.sleep(0.25)
        return time.perf_counter() - began

    async def cut_off(self) -> None:
        """Take the network away, with the application kept for that."""
        await self.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
        await asyncio.sleep(SETTLE_S)
        await self.page.context.set_offline(True)

    async def open(self, address: str, name: str) -> float:
        """Load the application anew at an address; return after how many ms it is painted."""
        await self.page.goto("about:blank")
        await self.page.goto(f"{self.url}/stockex/scan#{address}")
        await self.page.wait_for_function("(name) => watch.opened[name]", arg=name)
        return float(await self.page.evaluate("(name) => watch.opened[name]", name))

    async def heap_mb(self) -> float:
        """Return the memory of the page's script, after it was tidied."""
        await self._session.send("HeapProfiler.collectGarbage")
        metrics = (await self._session.send("Performance.getMetrics"))["metrics"]
        found = {metric["name"]: metric["value"] for metric in metrics}
        return float(found["JSHeapUsedSize"]) / 1e6

    async def walk(self, scans: list[Scan]) -> list[dict[str, float]]:
        """Scan one after the other; return of each after how many ms it was shown, and kept.

        :raise Failure: if an answer does not come.
        """
        # The first key ever wakes the loudspeaker, which takes longer than a scan.
        await self.page.keyboard.press("Shift")
        found = await self.page.evaluate("(scans) => watch.run(scans)", list(map(asdict, scans)))
        if not found or found[-1] is None or self.errors:
            scan = scans[len(found) - 1]
            text = await self.page.locator("main").inner_text()
            raise Failure(
                f"{scan.code} was not answered by “{scan.wanted['text']}”.",
                f"The screen: {text[:500]}; errors: {self.errors}",
            )
        return list(found)
