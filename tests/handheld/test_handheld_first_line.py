"""A new operator with a new phone: from the address to the first counted line."""

import time

from .floor import lay
from .handheld import PAGE

MOST = 6


class Operator:
    """Does what stands out, reads nothing, and is counted."""

    def __init__(self, device):
        self.device = device
        self.did = []

    def tap(self, selector):
        """Tap what stands out most: the first of its kind that is seen."""
        self.device.page.locator(f"{selector} >> visible=true").first.tap()
        self.did.append(f"tap {selector}")

    def scan(self, code):
        self.device.scan(code)
        self.did.append("scan")


def test_a_new_operator_counts_the_first_line_within_six_steps(phone, world):
    floor = lay(world, places=1, loose=2, lots=0)
    device = phone()
    operator = Operator(device)
    began = time.monotonic()

    device.page.goto(device.line.url + PAGE)
    operator.tap(".s_main")
    operator.tap(".oe_login_form input[name=login]")
    device.page.keyboard.type("mona")
    device.page.keyboard.press("Tab")
    device.page.keyboard.type("mona")
    operator.tap(".oe_login_form button[type=submit]")
    device.page.wait_for_selector(f"a[href='#count/{floor.session}']")
    operator.tap(f"a[href='#count/{floor.session}']")
    device.page.get_by_role("button", name="Next location").wait_for()
    [place] = floor.places
    operator.scan(place)
    operator.scan(floor.loose[0].code)
    device.page.locator(".s_last").wait_for()
    took = time.monotonic() - began
    device.wait_for_ops(1, "done")

    print(f"first line after {took:.1f} s and {len(operator.did)} steps")  # noqa: T201
    assert floor.counted().total() == 1
    assert len(operator.did) <= MOST, operator.did
