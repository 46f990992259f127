"""The camera as a scanner: a video of symbols instead of a lens."""

import time

import pytest

from dev.lib import places

from . import pictures, symbols
from .chromium import chromium, open_page, with_camera
from .page import PAGE, STATIC, Site

FIRST = "4006381333931"
OTHERS = ["5012345678900", "9501101530003"]
ROUNDS = 2
PER_SECOND = 10
SHOWN_S = 2
PATIENCE_S = 60

OPEN = """async () => {
    window.told = [];
    window.camera = new Camera({
        video: document.querySelector("video"),
        onCode: ({ text, source }) => told.push([text, source]),
        onProblem: (name) => told.push([name, "problem"]),
    });
    return await camera.start();
}"""
INSTALL = f"""async () => {{
    await navigator.serviceWorker.register("{PAGE}/service-worker.js", {{ scope: "{PAGE}" }});
    await navigator.serviceWorker.ready;
}}"""


@pytest.fixture
def site():
    with Site([]) as running:
        yield running


@pytest.fixture
def video(tmp_path):
    """A shelf walked along, again and again: one symbol, nothing, two symbols, nothing."""
    views = [[FIRST], [], OTHERS, []]
    frames = [
        pictures.frame(map(symbols.ean13, view))
        for view in views
        for _ in range(SHOWN_S * PER_SECOND)
    ]
    path = tmp_path / "shelf.y4m"
    pictures.write_video(path, frames, PER_SECOND)
    return path


def wait_for(page, count):
    """Wait until so many codes were told."""
    end = time.monotonic() + PATIENCE_S
    while (told := page.evaluate("told")) is not None and len(told) < count:
        assert time.monotonic() < end, told
        page.wait_for_timeout(100)
    return told


def test_each_symbol_is_told_once_each_time_it_comes_into_view(site, video):
    with chromium(*with_camera(video)) as browser:
        page = open_page(browser, site, ["camera"])

        assert page.evaluate(OPEN) == ""
        told = wait_for(page, len(OTHERS) + ROUNDS * 3)
        size = page.evaluate("[camera.video.videoWidth, camera.video.videoHeight]")
        page.evaluate("camera.stop()")

    texts = [text for text, _source in told]
    begin = texts.index(FIRST)
    assert size == [1280, 720]
    assert {source for _text, source in told} == {"camera"}
    assert begin <= len(OTHERS), "the video begins anywhere"
    for at in range(begin, begin + ROUNDS * 3, 3):
        assert [texts[at], *sorted(texts[at + 1 : at + 3])] == [FIRST, *OTHERS], texts


def test_a_camera_that_is_refused_or_absent_is_named(site, video):
    with chromium(*with_camera(video)) as browser:
        assert open_page(browser, site).evaluate(OPEN) == "refused"
    with chromium() as browser:
        assert open_page(browser, site, ["camera"]).evaluate(OPEN) == "absent"


def test_the_app_keeps_all_that_the_decoder_loads(site):
    controller = places.ROOT / "stockex_mobile_api" / "controllers" / "app" / "scan_page.py"
    text = controller.read_text(encoding="utf-8")
    with chromium() as browser:
        files = open_page(browser, site).evaluate("WORKER_FILES")

    assert [path for path in files if path.replace(STATIC, "{STATIC}") not in text] == []


def test_the_decoder_loads_without_a_network(site):
    with chromium() as browser:
        page = open_page(browser, site)
        site.kept += page.evaluate("WORKER_FILES")
        page.evaluate(INSTALL)
        page.reload()
        page.wait_for_function("Boolean(window.Decoding && navigator.serviceWorker.controller)")
        asked = len(site.asked)
        page.context.set_offline(True)

        assert page.evaluate("async () => await new Decoding().start()")

    assert [path for path in site.asked[asked:] if path.startswith(STATIC)] == []
