"""The keyboard wedge on a page: what a scanner types, and what a person types."""

import pytest

from .chromium import chromium, open_page
from .page import Site

FIELDS = ("text", "number", "note")
HUMAN_MS = 130

LISTEN = """() => {
    window.codes = [];
    window.clicks = 0;
    document.getElementById("button").onclick = () => clicks++;
    window.stop = listenToWedge(document, (code) => codes.push(code));
}"""
# A scanner's keys come faster than a remote control could press them; the browser does with
# a made-up key nothing by itself, so the test writes what was not swallowed.
SCAN = """async ([text, end, pause]) => {
    for (const key of [...text, ...(end ? [end] : [])]) {
        const target = document.activeElement;
        const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
        if (target.dispatchEvent(event) && "value" in target && key.length === 1) {
            document.execCommand("insertText", false, key);
        }
        if (key === end && !event.defaultPrevented && target.id === "button") {
            target.click();
        }
        if (pause) {
            await new Promise((resolve) => setTimeout(resolve, pause));
        }
    }
}"""


@pytest.fixture(scope="module")
def page():
    with Site([]) as site, chromium() as browser:
        yield open_page(browser, site)


@pytest.fixture(autouse=True)
def fresh(page):
    page.evaluate("window.stop?.()")
    page.reload()
    page.wait_for_function("Boolean(window.listenToWedge)")
    page.evaluate(LISTEN)


def scan(page, text, end="Enter", pause=0):
    page.evaluate(SCAN, [text, end, pause])


def codes_after(page, count):
    page.wait_for_function(f"codes.length >= {count}")
    return page.evaluate("codes")


@pytest.mark.parametrize("field", FIELDS)
def test_a_person_types_into_each_field_as_without_a_scanner(page, field):
    page.focus(f"#{field}")
    page.keyboard.type("13.5", delay=HUMAN_MS)
    page.keyboard.press("Backspace", delay=HUMAN_MS)
    page.keyboard.press("Backspace", delay=HUMAN_MS)
    page.keyboard.press("ArrowLeft", delay=HUMAN_MS)
    page.keyboard.type("2", delay=HUMAN_MS)
    page.wait_for_function(f"document.getElementById('{field}').value === '123'")

    assert page.evaluate("codes") == []


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("end", ["Enter", "Tab", ""])
def test_a_scan_leaves_the_field_alone(page, field, end):
    page.focus(f"#{field}")
    page.keyboard.type("7", delay=HUMAN_MS)
    page.wait_for_timeout(HUMAN_MS)
    scan(page, "4006381333931", end)

    assert codes_after(page, 1) == ["4006381333931"]
    assert page.input_value(f"#{field}") == "7"
    assert page.evaluate("document.activeElement.id") == field


def test_a_scan_presses_no_button(page):
    page.focus("#button")
    scan(page, "4006381333931")
    assert codes_after(page, 1) == ["4006381333931"]
    assert page.evaluate("clicks") == 0

    page.wait_for_timeout(2 * HUMAN_MS)
    page.keyboard.press("Enter")
    assert page.evaluate("clicks") == 1


def test_a_hundred_scans_while_the_page_is_busy_are_a_hundred_codes(page):
    page.evaluate(
        """() => {
            const busy = () => {
                const end = performance.now() + 80;
                while (performance.now() < end);
            };
            window.busy = setInterval(busy, 120);
        }"""
    )
    page.focus("#text")
    expected = [f"40063813{number:05}" for number in range(100)]
    for code in expected:
        scan(page, code)
    page.evaluate("clearInterval(busy)")

    assert codes_after(page, 100) == expected
    assert page.input_value("#text") == ""


def test_after_listening_keys_are_the_pages_again(page):
    page.evaluate("stop()")
    page.focus("#text")
    scan(page, "4006381333931")

    assert page.evaluate("codes") == []
    assert page.input_value("#text") == "4006381333931"
