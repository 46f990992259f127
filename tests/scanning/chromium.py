"""A Chromium whose camera is a video file, or that has none."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.browser import ARGUMENTS

from .page import PAGE, Site


@contextmanager
def chromium(*arguments: str) -> Iterator[Browser]:
    """Start a browser of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            headless=True,
            args=[*ARGUMENTS, *arguments],
        )
        try:
            yield browser
        finally:
            browser.close()


def with_camera(video: Path) -> Sequence[str]:
    """Return what makes a video file the camera."""
    return (
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={video}",
    )


def open_page(browser: Browser, site: Site, permissions: Sequence[str] = ()) -> Page:
    """Open the page that decodes, in a context of its own."""
    context = browser.new_context(permissions=list(permissions))
    page = context.new_page()
    page.goto(site.url + PAGE)
    page.wait_for_function("Boolean(window.Decoding)")
    return page
