"""Two tabs, two people, a session that is gone: nothing is sent twice, nothing is lost."""

from playwright.sync_api import expect

from .floor import lay
from .line import HANG, PUSH

SIGN_IN = "Sign in again to send what you count. Nothing is lost."
NOT_SENT = "Some of your work is not sent yet. Send it first: see the queue."


def start(phone, world, login="karim"):
    """Lay out a small shelf and open its count."""
    floor = lay(world, places=1, loose=3, lots=0)
    device = phone()
    device.sign_in(login)
    device.open_at(floor)
    return floor, device


def test_two_tabs_show_one_queue_and_send_nothing_twice(phone, world, line):
    floor, device = start(phone, world)
    [place], codes = floor.places, [good.code for good in floor.loose]
    first = device.page
    second = device.context.new_page()
    second.goto(first.url)
    device.page = second
    device.wait_until_ready()
    device.scan(place)
    line.all(HANG, PUSH)

    # The first sender waits for its answer all the while.
    for page in (first, second, first, second):
        device.page = page
        device.scan(codes)
    device.wait_for_ops(12)
    for page in (first, second):
        expect(page.locator("nav .s_badge")).to_have_text("12")
    assert line.times(PUSH) == 1
    line.mend()
    device.wait_until_sent()

    assert floor.entries() == 12
    assert floor.operations() == {"applied": 12}
    assert {one["result"]["status"] for one in device.ops("done")} == {"applied"}
    assert set(floor.counted().values()) == {4}
    for page in (first, second):
        expect(page.locator("nav .s_badge")).to_have_count(0)


def test_signing_out_waits_until_everything_is_sent(phone, world):
    floor, device = start(phone, world)
    device.wait_for_worker()
    device.go_offline()
    device.scan(floor.loose[0].code)
    device.wait_for_ops(1)

    device.tab("settings")
    device.button("Sign out").click()
    device.says(NOT_SENT)
    assert device.meta("me")["value"]["user"]["name"] == "Karim"
    device.go_online()
    device.wait_until_sent()
    device.button("Sign out").click()

    device.says(SIGN_IN)
    assert floor.entries() == 1


def test_a_session_that_ended_keeps_the_work_until_its_user_is_back(phone, world):
    floor, device = start(phone, world)
    device.scan([good.code for good in floor.loose])
    device.wait_for_ops(3, "done")

    device.context.clear_cookies()
    device.scan([good.code for good in floor.loose] * 2)
    device.says(SIGN_IN)
    device.wait_for_ops(6)
    assert floor.entries() == 3
    device.page.get_by_role("link", name="Sign in").click()
    device.fill_in("karim")
    device.wait_until_sent()

    assert floor.entries() == 9
    assert set(floor.counted().values()) == {3}


def test_what_one_person_counted_waits_for_them_while_another_works(phone, world):
    floor, device = start(phone, world)
    device.context.clear_cookies()
    device.scan([good.code for good in floor.loose])
    device.wait_for_ops(3)

    device.page.get_by_role("link", name="Sign in").click()
    device.fill_in("lea")
    device.wait(
        lambda: device.meta("me")["value"]["user"]["name"] == "Lea" and device.rows("lines"),
        "what Lea may count is on the device",
    )
    device.tab("tasks")
    device.open_count(floor.session)
    device.scan(floor.places)
    device.says("3 left of 3")
    device.scan(floor.loose[0].code)
    device.wait_for_ops(1, "done")
    assert who_counted(world, floor) == [["lea", "1"]]
    device.tab("queue")
    expect(device.page.get_by_text("Of another user of this device")).to_have_count(3)
    device.tab("settings")
    device.button("Sign out").click()
    device.page.get_by_role("link", name="Sign in").click()
    device.fill_in("karim")
    device.wait_until_sent()

    assert who_counted(world, floor) == [["karim", "3"], ["lea", "1"]]
    owners = world.rows(
        f"""SELECT users.login, count(*) FROM stockex_sync_operation operation
              JOIN stockex_sync_device device ON device.id = operation.device_id
              JOIN res_users users ON users.id = device.user_id
             WHERE operation.session_id = {floor.session} GROUP BY 1 ORDER BY 1"""
    )
    assert owners == [["karim", "3"], ["lea", "1"]]


def who_counted(world, floor):
    return world.rows(
        f"""SELECT users.login, count(*) FROM stockex_count_entry entry
              JOIN res_users users ON users.id = entry.user_id
             WHERE session_id = {floor.session} GROUP BY 1 ORDER BY 1"""
    )
