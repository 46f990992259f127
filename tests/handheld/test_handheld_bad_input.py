"""What a device may meet: foreign codes, archived goods, no room, a wrong clock, a lock-out."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from .floor import ean13, lay

DAY = timedelta(days=1)
SECRET = "Prototype of somebody else"
FULL = "This device is full. Nothing was counted: send the queue, or free space."
CLOCK = "The clock of this device is wrong; times are corrected by the server."
TOO_OLD = "A newer version is needed before anything can be sent."
BLOCKED = "This device was blocked. Show it to your controller."
STORES = ("sessions", "locations", "lines", "products", "lots", "packages", "ops", "meta")
# The device's clock, not its stop watch.
AHEAD = """(ms) => {
    const Real = Date;
    globalThis.Date = class extends Real {
        constructor(...parts) {
            super(...(parts.length ? parts : [Real.now() + ms]));
        }
        static now() {
            return Real.now() + ms;
        }
    };
}"""


def start(phone, world, **more):
    """Open a small count."""
    floor = lay(world, places=1, loose=3, lots=0)
    device = phone(**more)
    device.sign_in("karim")
    device.open_at(floor)
    return floor, device


def foreign_product(world):
    """Make another company with a product of its own; return its barcode."""
    company = world.admin.call("res.company", "create", {"name": "Somebody else"})
    world.admin.call("res.users", "write", [world.admin.uid], {"company_ids": [(4, company)]})
    code = ean13(company)
    vals = {"name": SECRET, "barcode": code, "company_id": company}
    world.admin.call("product.product", "create", {**vals, "type": "consu", "is_storable": True})
    return code


def test_a_code_of_another_company_is_answered_like_one_that_nobody_knows(phone, world):
    codes = [foreign_product(world), ean13(987654321)]
    floor, device = start(phone, world)
    seen = []

    for code in codes:
        device.scan(code)
        device.says("Nobody knows this code")
        seen.append(device.page.inner_text("main").replace(code, "CODE"))
        device.button("Keep it for the controller").click()
    device.wait_for_ops(2, "done")

    assert seen[0] == seen[1]
    answers = [{**one["result"], "op": ""} for one in device.ops()]
    assert answers[0] == answers[1]
    assert answers[0]["code"] == "unidentified"
    kept = json.dumps([device.rows(store) for store in STORES])
    assert SECRET not in kept + device.page.content()
    assert floor.entries() == 0
    finds = world.rows(
        f"SELECT barcode FROM stockex_count_unknown WHERE session_id = {floor.session} ORDER BY id"
    )
    assert [code for [code] in finds] == codes


def test_goods_archived_since_the_download_are_kept_and_the_counter_is_told(phone, world):
    [found] = lay(world, places=1, loose=1, lots=0).loose
    floor, device = start(phone, world)
    expected = floor.loose[0]
    device.go_offline()
    device.scan([expected.code, found.code])
    device.wait_for_ops(2)
    names = [name_of(world, good) for good in (expected, found)]

    world.admin.call("product.product", "action_archive", [expected.product, found.product])
    device.go_online()
    device.wait_until_sent()

    # What the count was begun with is counted to its end; nothing new is begun with it.
    assert [key[0] for key in floor.counted()] == [expected.product]
    assert floor.operations() == {"applied": 1, "rejected": 1}
    told = f"“{names[1]}” is archived: unarchive it before counting it."
    device.tab("queue")
    device.says(told)
    device.reload()
    device.says(told)
    [kept] = device.ops("rejected")
    assert (kept["body"]["product"], kept["body"]["quantity"]) == (found.product, 1)
    [[message, payload]] = world.rows(
        "SELECT message, payload FROM stockex_sync_operation "
        f"WHERE session_id = {floor.session} AND status = 'rejected'"
    )
    assert message == told
    assert json.loads(payload)["product"] == found.product


def test_a_full_device_says_so_sends_and_goes_on_when_there_is_room(phone, world):
    floor, device = start(phone, world)
    first, second, _third = floor.loose
    device.go_offline()
    device.scan(first.code)
    device.wait_for_ops(1)

    room(device, 1)
    device.scan(second.code)
    device.says(FULL)
    [kept] = device.ops()
    assert kept["body"]["line"] == line_of(device, first)
    device.page.get_by_role("button", name=name_of(world, second)).click()
    device.button("7").click()
    device.button("Set the quantity").click()
    device.says(FULL)
    assert device.ops() == [kept]
    expect(device.badge).to_have_text("1")
    device.go_online()
    device.wait_until_sent()
    device.says("This device is full: free some space.")
    assert floor.operations() == {"applied": 1}
    room(device, None)
    device.scan(second.code)
    device.wait_for_ops(1, "done")

    assert floor.counted() == dict.fromkeys(key_of(floor, first, second), 1)
    assert floor.entries() == 2
    device.send_now()
    expect(device.page.get_by_text("This device is full")).to_have_count(0)


def room(device, size):
    """Leave a device so many bytes; None gives them back."""
    cdp = device.context.new_cdp_session(device.page)
    quota = {} if size is None else {"quotaSize": size}
    cdp.send("Storage.overrideQuotaForOrigin", {"origin": device.line.url, **quota})
    if size is not None:
        # Chromium asks anew how much room there is when its last answer is so old.
        device.page.wait_for_timeout(31_000)


def key_of(floor, *goods):
    [place] = floor.places.values()
    return [(good.product, place, 0) for good in goods]


def line_of(device, good):
    [line] = [one["id"] for one in device.rows("lines") if one["product"] == good.product]
    return line


def name_of(world, good):
    return world.admin.call("product.product", "read", [good.product], ["name"])[0]["name"]


@pytest.mark.parametrize("ahead", [DAY, -DAY])
def test_times_of_a_clock_wrong_by_a_day_are_put_right(phone, world, ahead):
    floor = lay(world, places=1, loose=3, lots=0)
    device = phone()
    device.context.add_init_script(f"({AHEAD})({ahead / timedelta(milliseconds=1)})")
    device.sign_in("karim")
    device.open_at(floor)

    device.says(CLOCK)
    began = datetime.now(UTC).replace(tzinfo=None)
    device.scan(floor.loose[0].code)
    device.wait_for_ops(1, "done")
    ended = datetime.now(UTC).replace(tzinfo=None)

    [kept] = device.ops()
    told = datetime.fromisoformat(kept["at"]).replace(tzinfo=None)
    assert abs(told - began - ahead) < timedelta(minutes=1)
    [[instant]] = world.rows(
        f"SELECT counted_at FROM stockex_count_entry WHERE session_id = {floor.session}"
    )
    slack = timedelta(seconds=2)
    assert began - slack <= datetime.fromisoformat(instant) <= ended + slack
    [[offset]] = world.rows(
        f"SELECT clock_offset_s FROM stockex_sync_device WHERE session_id = {floor.session}"
    )
    assert abs(int(offset) + ahead.total_seconds()) < 60


def test_a_device_that_was_shut_out_keeps_its_queue_until_it_is_let_in(phone, world):
    floor, device = start(phone, world)
    device.scan(floor.loose[0].code)
    device.wait_for_ops(1, "done")
    own = device.meta("me")["value"]["device"]["id"]

    world.carla.call("stockex.sync.device", "action_revoke", [own])
    device.scan([good.code for good in floor.loose])
    device.says(BLOCKED)
    device.wait_for_ops(3)
    device.reload()
    device.says(BLOCKED)
    assert floor.entries() == 1
    world.carla.call("stockex.sync.device", "action_admit", [own])
    device.send_now()
    device.wait_until_sent()

    assert floor.entries() == 4
    device.page.get_by_text(BLOCKED).wait_for(state="detached")


def test_an_application_too_old_for_the_server_keeps_everything(phone, world):
    floor, device = start(phone, world)

    def speak_as_before(route):
        call = route.request.post_data_json
        call["params"]["protocol"] = 0
        route.continue_(post_data=json.dumps(call))

    device.context.route("**/stockex/scan/sync/*", speak_as_before)
    device.scan([good.code for good in floor.loose])
    device.says(TOO_OLD)
    device.wait_for_ops(3)
    device.reload()
    device.says(TOO_OLD)
    device.wait_for_ops(3)
    assert floor.entries() == 0
    device.context.unroute_all()
    device.reload()
    device.wait_until_sent()

    assert floor.entries() == 3
    assert device.page.get_by_text(TOO_OLD).count() == 0
