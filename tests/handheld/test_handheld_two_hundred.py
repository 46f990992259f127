"""Two hundred scans with and without a network, and with a server that dies over them."""

import random
import time
from collections import Counter

from playwright.sync_api import expect

from .floor import lay
from .line import LOST, PUSH

HUNDRED = 100
PAUSE_MS = 120
SEED = 20261
DEATHS = 3


def installed(phone):
    """Return what keeps the browser from installing the application."""
    cdp = phone.context.new_cdp_session(phone.page)
    manifest = cdp.send("Page.getAppManifest")
    assert manifest["errors"] == []
    found = cdp.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # The browser of a test keeps nothing for its user.
    return [one["errorId"] for one in found if one["errorId"] != "in-incognito"]


def die(world, line, rng):
    """Kill the server while something is being sent to it, and start it again."""
    asked = line.times(PUSH)
    world.wait(lambda: line.times(PUSH) > asked, "something is sent")
    time.sleep(rng.uniform(0, 0.2))
    world.server.kill()
    world.server.start()


def ready(phone, floor):
    """Give a counter a device with the application on it, and open the count."""
    device = phone()
    device.sign_in("karim")
    device.wait_for_worker()
    assert installed(device) == []
    device.open_count(floor.session)
    return device


def scan_offline(device, floor, rng):
    """Scan a hundred without a network, through a reload and a closing of the page."""
    codes, expected = floor.scans(80, rng)
    more, rest = floor.scans(20, rng)
    device.scan(codes[:50], PAUSE_MS)
    device.reload()
    device.scan(codes[50:], PAUSE_MS)
    device.reopen(f"#count/{floor.session}")
    device.scan(more, PAUSE_MS)
    device.wait_for_ops(HUNDRED)
    return expected + rest


def test_two_hundred_scans_through_a_time_without_a_network_are_counted_once_each(phone, world):
    rng = random.Random(SEED)
    floor = lay(world, serials=30)
    device = ready(phone, floor)
    codes, expected = floor.scans(HUNDRED, rng)

    assert device.scan(codes, PAUSE_MS) >= 2
    device.wait_for_ops(HUNDRED, "done")
    assert floor.counted() == expected
    device.go_offline()
    expected += scan_offline(device, floor, rng)
    expect(device.badge).to_have_text(str(HUNDRED))
    device.says(f"Kept on this device and not yet sent: {HUNDRED}.")
    assert floor.entries() == HUNDRED
    device.go_online()
    device.wait_until_sent()

    assert floor.counted() == expected
    assert floor.entries() == 2 * HUNDRED
    assert floor.operations() == {"applied": 2 * HUNDRED}
    ops = device.ops()
    assert {one["state"] for one in ops} == {"done"}
    assert len({one["op"] for one in ops}) == len(ops) == 2 * HUNDRED
    expect(device.badge).to_have_count(0)


def test_a_server_that_dies_over_the_sending_counts_each_scan_once(phone, world, line):
    rng = random.Random(SEED)
    floor = lay(world, serials=30)
    device = ready(phone, floor)
    codes, expected = floor.scans(HUNDRED, rng)
    more, later = floor.scans(HUNDRED, rng)
    device.go_offline()
    device.scan(codes, 60)
    device.wait_for_ops(HUNDRED)

    device.go_online()
    line.once(LOST, PUSH)
    device.wait(lambda: line.times(PUSH) == 1, "the first batch is on its way")
    with device.scanning(more, 2 * PAUSE_MS):
        for _number in range(DEATHS):
            die(world, line, rng)
    device.send_now()
    device.wait_until_sent()

    assert floor.counted() == expected + later
    assert floor.entries() == 2 * HUNDRED
    assert floor.operations() == {"applied": 2 * HUNDRED}
    answers = Counter(one["result"]["status"] for one in device.ops("done"))
    assert answers["applied"] + answers["duplicate"] == 2 * HUNDRED
    assert answers["duplicate"] >= HUNDRED
