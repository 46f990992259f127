"""A barcode scanner: keys faster than anybody types."""

SCAN = """code => {
    for (const key of [...code, "Enter"]) {
        (document.activeElement || document.body).dispatchEvent(
            new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })
        );
    }
}"""


def scan(page, code: str) -> None:
    """Press the keys of a barcode as fast as a scanner does, and wait for the answer."""
    with page.expect_response(lambda response: "action_scan" in response.url):
        page.evaluate(SCAN, code)
    page.wait_for_timeout(300)
