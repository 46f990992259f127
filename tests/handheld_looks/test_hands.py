"""The handheld by keys alone, by the device's “back”, and for who cannot see it."""

import pytest
from playwright.sync_api import expect

from tests.scanning.chromium import chromium

from . import goods
from .handheld import Handheld
from .site import Site


@pytest.fixture(scope="module")
def device():
    with Site() as site, chromium() as browser:
        device = Handheld(browser, site, "en_US")
        yield device
        device.close()
        assert device.errors == []


def begin(device):
    """Start a fresh device with its counts there."""
    device.start()
    device.sees("a.s_card")
    device.page.wait_for_load_state("networkidle")


def focused(device):
    return device.page.evaluate("document.activeElement.textContent.trim()")


def test_a_count_is_made_by_keys_alone(device):
    begin(device)
    device.page.keyboard.press("ArrowDown")
    assert focused(device).startswith("Yearly count")
    device.page.keyboard.press("Enter")
    device.sees(".s_place")
    device.scan(goods.LOCATION_CODE)
    # An Enter that follows a scan at once is the scanner's.
    device.page.wait_for_timeout(300)
    device.page.locator(".s_line").first.focus()
    first = focused(device)
    device.page.keyboard.press("ArrowDown")
    assert focused(device) != first
    device.page.keyboard.press("ArrowUp")
    assert focused(device) == first
    device.page.keyboard.press("Enter")
    device.sees("[role=dialog]")
    device.page.wait_for_timeout(150)
    device.page.keyboard.type("42", delay=130)
    device.page.wait_for_timeout(150)
    device.page.keyboard.press("Enter")

    expect(device.page.locator(".s_number")).to_contain_text("42")


def test_function_keys_press_their_buttons(device):
    begin(device)
    device.go(f"count/{goods.YEARLY}?place={goods.AISLE}")
    device.scan(goods.DRILL_CODE)
    expect(device.page.locator(".s_number")).to_contain_text("1")

    device.page.keyboard.press("F2")
    expect(device.page.locator(".s_count .s_notice")).to_contain_text("Taken back")

    device.page.keyboard.press("F4")
    expect(device.page.locator(".s_place h2")).not_to_have_text("WH/Stock/Aisle A")


def test_back_leaves_a_count_and_then_no_screen_twice(device):
    begin(device)
    device.press("a.s_task")
    device.sees(".s_place")
    device.press("a[href='#tasks']")
    device.sees(".s_tasks")
    device.press(".s_nav a[href='#queue']")
    device.press(".s_nav a[href='#settings']")
    device.sees("select")
    device.press(".s_nav a[href='#tasks']")
    device.sees(".s_tasks")
    device.press("a.s_task")
    device.sees(".s_place")

    device.page.go_back()
    device.sees(".s_tasks")
    device.page.go_back()
    assert device.page.url == "about:blank"


def test_back_closes_the_number_pad_and_stays_in_the_count(device):
    begin(device)
    device.go(f"count/{goods.YEARLY}?place={goods.AISLE}")
    device.press(".s_line")
    device.sees("[role=dialog]")
    assert device.page.locator("main").evaluate("node => node.inert")

    device.page.go_back()

    expect(device.page.locator("[role=dialog]")).to_have_count(0)
    device.sees(".s_place")
    assert not device.page.locator("main").evaluate("node => node.inert")
    assert device.page.evaluate("document.activeElement.matches('.s_line')")


def test_what_was_counted_is_told_by_a_region_that_was_there_before(device):
    begin(device)
    device.go(f"count/{goods.YEARLY}?place={goods.AISLE}")
    region = device.page.locator("main [role=status][aria-live=assertive]")
    expect(region).to_have_text("")
    region.evaluate("node => { node.dataset.before = 'yes'; }")

    device.scan(goods.DRILL_CODE)

    expect(region).to_contain_text("Cordless drill 18 V")
    expect(region).to_contain_text("1 Units")
    expect(region).to_have_attribute("data-before", "yes")


def test_what_the_server_says_is_told_politely(device):
    begin(device)
    region = device.page.locator("[role=status][aria-live=polite]").first
    region.evaluate("node => { node.dataset.before = 'yes'; }")

    device.offline(True)
    device.go(f"count/{goods.YEARLY}?place={goods.AISLE}")
    device.scan(goods.DRILL_CODE)

    expect(region).to_contain_text("not yet sent: 1")
    expect(region).to_have_attribute("data-before", "yes")


def test_a_device_that_asks_for_stillness_sees_no_movement(device):
    begin(device)
    device.page.emulate_media(reduced_motion="reduce")
    device.go(f"count/{goods.YEARLY}?place={goods.AISLE}")
    device.page.evaluate("document.querySelectorAll('style').forEach((one) => one.remove())")
    device.scan(goods.DRILL_CODE)

    assert (
        device.page.locator(".s_last").evaluate("n => getComputedStyle(n).animationName") == "none"
    )
