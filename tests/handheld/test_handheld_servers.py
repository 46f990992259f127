"""Servers that answer nonsense, or not at all, and one that has a newer application."""

import pytest
from playwright.sync_api import expect

from .floor import lay
from .line import HANG, Answer

# The application waits a minute for an answer.
IMPATIENT = """() => {
    const patient = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = (ms) => patient(ms / 20);
}"""
NONSENSE = {
    "broken": Answer(500, "Internal Server Error"),
    "closed for work": Answer(503, "<h1>Back soon</h1>"),
    "a hotel": Answer(200, "<html><body><h1>Welcome to our WiFi</h1></body></html>"),
    "another program": Answer(200, '{"jsonrpc": "2.0", "result": null}', "application/json"),
    "silent": HANG,
}
LOOK = "navigator.serviceWorker.getRegistration('/stockex/scan').then((it) => it.update())"
NEW_VERSION = "A new version is ready."


@pytest.fixture
def counting(phone, world):
    """A device in a count, with the application kept on it."""
    floor = lay(world, places=1, loose=3, lots=0)
    device = phone()
    device.context.add_init_script(f"({IMPATIENT})()")
    device.sign_in("karim")
    device.wait_for_worker()
    device.open_at(floor)
    return floor, device


@pytest.mark.parametrize("name", NONSENSE)
def test_a_server_that_answers_nonsense_costs_no_count(counting, line, name):
    floor, device = counting
    codes = [good.code for good in floor.loose]
    device.scan(codes)
    device.wait_for_ops(3, "done")

    line.all(NONSENSE[name])
    device.scan(codes)
    device.says("Kept on this device and not yet sent: 3.")
    device.reload()
    device.says("You are in")
    device.scan(codes)
    device.says("Kept on this device and not yet sent: 6.")
    device.tab("queue")
    device.says("Not yet sent")
    assert len(device.ops("waiting")) == 6
    assert floor.entries() == 3
    line.mend()
    device.button("Send now").click()
    device.wait_until_sent()

    assert floor.entries() == 9
    assert set(floor.counted().values()) == {3}


def test_a_newer_application_waits_until_its_user_wants_it(counting, world):
    floor, device = counting
    codes = [good.code for good in floor.loose]
    device.page.evaluate("window.isOld = true")
    before = device.page.get_attribute("body", "data-version")

    with newer_build(world):
        with device.scanning(codes * 8, 250):
            device.page.evaluate(LOOK)
            device.says(NEW_VERSION)
        device.wait_for_ops(24, "done")
        assert device.page.evaluate("window.isOld")
        device.reload()
        device.says(NEW_VERSION)
        device.go_offline()
        device.scan(codes)
        device.wait_for_ops(3)
        device.page.evaluate("window.isOld = true")
        device.button("Update").click()
        device.page.wait_for_function("!window.isOld")
        device.wait_until_ready()

        assert device.page.get_attribute("body", "data-version") not in (before, None)
        expect(device.page.get_by_text(NEW_VERSION)).to_have_count(0)
        device.says("You are in")
        device.scan(codes)
        device.wait_for_ops(6)
        device.go_online()
        device.wait_until_sent()

    assert floor.entries() == 30
    assert set(floor.counted().values()) == {10}


class newer_build:  # noqa: N801  it is used like a function
    """Add a file to the application, as an update does."""

    def __init__(self, world):
        self.world = world

    def __enter__(self):
        vals = {
            "name": "Newer",
            "bundle": "stockex_mobile_api.assets_scan",
            "path": "web/static/lib/prismjs/themes/default.css",
        }
        self.asset = self.world.admin.call("ir.asset", "create", vals)

    def __exit__(self, *_exception):
        self.world.admin.call("ir.asset", "unlink", [self.asset])
