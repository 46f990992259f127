"""What a new operator and a new device are told, once."""

import time

import pytest
from playwright.sync_api import expect

from tests.scanning.chromium import chromium

from . import goods
from .handheld import Handheld
from .site import PAGE, Site

OFFER = """() => {
    const event = new Event("beforeinstallprompt", { cancelable: true });
    event.prompt = async () => { window.wasAsked = true; };
    event.userChoice = Promise.resolve({ outcome: "dismissed" });
    window.dispatchEvent(event);
}"""


@pytest.fixture
def device():
    with Site() as site, chromium() as browser:
        device = Handheld(browser, site, "en_US")
        yield device
        device.close()


def test_a_new_device_shows_one_button(device):
    device.start(situation="signed_out")
    device.sees("a[href='/web/login?redirect=/stockex/scan']")

    assert device.page.locator("a, button").all_inner_texts() == ["Sign in"]


def test_from_the_first_screen_to_the_first_counted_line_it_takes_two_taps_and_two_scans(device):
    device.start()
    begun = time.monotonic()
    device.press("a.s_task")
    expect(device.page.locator("main")).to_contain_text("Scan a location")
    device.scan(goods.LOCATION_CODE)
    expect(device.page.locator("main")).to_contain_text("WH/Stock/Aisle A")
    device.scan(goods.DRILL_CODE)
    expect(device.page.locator(".s_last")).to_contain_text("Cordless drill 18 V")

    assert time.monotonic() - begun < 20


def test_how_to_count_is_told_until_the_first_count(device):
    device.start()
    expect(device.page.locator(".s_hint")).to_contain_text("Press the trigger")
    device.go(f"count/{goods.YEARLY}?place={goods.AISLE}")
    device.scan(goods.DRILL_CODE)
    device.sees(".s_last")

    device.open()

    device.sees("a.s_task")
    device.page.wait_for_load_state("networkidle")
    expect(device.page.locator(".s_hint")).to_have_count(0)


def test_installing_is_offered_once(device):
    device.start()
    device.sees("a.s_task")
    device.page.evaluate(OFFER)
    device.press(".s_hint button:has-text('Install')")

    assert device.page.evaluate("window.wasAsked")
    expect(device.page.locator(".s_hint", has_text="home screen")).to_have_count(0)
    device.open()
    device.sees(".s_hint")
    device.page.evaluate(OFFER)
    device.page.wait_for_timeout(200)
    expect(device.page.locator(".s_hint", has_text="home screen")).to_have_count(0)


def test_the_language_of_who_signs_in_shows_at_once(device):
    device.start(lang="fr_FR")

    expect(device.page.locator("h1")).to_have_text("Mes comptages")


def test_a_browser_that_keeps_nothing_is_named(device):
    page = device.page.context.new_page()
    page.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }"
    )
    page.goto(device.site.url + PAGE)

    expect(page.get_by_role("alert")).to_contain_text("keeps nothing")


def test_a_certificate_that_forbids_the_worker_forbids_no_counting(device):
    page = device.page.context.new_page()
    page.add_init_script(
        "ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error('SSL'));"
    )
    page.goto(device.site.url + PAGE)

    expect(page.locator("a.s_task").first).to_be_visible()


def test_a_browser_that_cannot_start_it_is_told_so(device):
    page = device.page.context.new_page()
    page.route("**/main.js", lambda route: route.abort())
    page.clock.install()
    page.goto(device.site.url + PAGE)
    old = page.locator(".s_old")

    expect(old).to_be_hidden()
    old.evaluate("node => node.getAnimations().forEach((one) => one.finish())")
    expect(old).to_be_visible()


def test_without_https_counting_works_and_what_does_not_is_told():
    rules = "--host-resolver-rules=MAP plain.test 127.0.0.1, EXCLUDE 127.0.0.1"
    with Site() as site, chromium(rules) as browser:
        site.url = site.url.replace("127.0.0.1", "plain.test")
        device = Handheld(browser, site, "en_US")
        assert not device.page.evaluate("isSecureContext")
        expect(device.page.locator(".s_hint").first).to_contain_text("https")

        device.go(f"count/{goods.YEARLY}?place={goods.AISLE}")
        device.scan(goods.DRILL_CODE)
        expect(device.page.locator(".s_last")).to_contain_text("Cordless drill 18 V")
        expect(device.page.locator(".s_nav .s_badge")).to_have_count(0)
        device.close()

    assert device.errors == []
