"""Photos on the count screen: what arrives of them, and when a device is full."""

import io
import os
import re

from PIL import Image
from playwright.sync_api import expect

from .handheld import Handheld, plain

MOST_BYTES = 1024 * 1024


def jpeg(size, *, orientation=1, noise=False, kind="JPEG"):
    """Draw a picture, red on the left as the sensor saw it."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 4, size[1]))
    if noise:
        image = Image.frombytes("RGB", size, os.urandom(size[0] * size[1] * 3))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Camera of somebody"
    out = io.BytesIO()
    image.save(out, kind, quality=97, exif=exif)
    return out.getvalue()


def take(handheld, content, name="photo.jpg", kind="image/jpeg"):
    """Give a picture to the sheet, as the phone's camera does."""
    field = handheld.page.locator(".s_photos input[type=file]")
    field.set_input_files({"name": name, "mimeType": kind, "buffer": content})


def photos_of(server, line):
    """Return the pictures that the server has of a line."""
    rows = server.sql(f"SELECT id FROM stockex_count_photo WHERE line_id = {line.id} ORDER BY id")
    return len(rows)


def test_a_photo_of_a_line_arrives_upright_and_small_and_after_the_count(server, browser):
    handheld = Handheld(server, browser).start()
    line = handheld.line(plain)
    handheld.cut_off()
    handheld.count(line)
    handheld.page.get_by_role("button", name="Photo").click()
    take(handheld, jpeg((4000, 3000), orientation=6))
    handheld.page.get_by_text("Kept. It is sent after your counts.").wait_for()
    take(handheld, jpeg((2400, 1600), noise=True))
    handheld.page.locator(".s_photo").nth(1).wait_for()
    handheld.page.get_by_role("button", name="Close").click()

    handheld.show("queue")
    listed = handheld.page.locator("main li")
    expect(listed).to_have_count(3)
    expect(listed.nth(1)).to_contain_text("Photo")
    expect(listed.nth(2)).to_contain_text(re.compile("[KM]B"))
    handheld.reconnect()
    handheld.settle()

    kinds = [[op["kind"] for op in params["ops"]] for params in handheld.sent]
    assert kinds == [["count"], ["photo"], ["photo"]]
    first, second = handheld.pictures_sent()
    assert max(len(first), len(second)) <= MOST_BYTES
    picture = Image.open(io.BytesIO(first))
    assert (picture.format, picture.size) == ("JPEG", (960, 1280))
    assert dict(picture.getexif()) == {}
    # Turned by a quarter, what was on the left is above.
    red, _green, blue = picture.convert("RGB").getpixel((480, 40))
    assert red > 200
    assert blue < 60
    assert Image.open(io.BytesIO(second)).size == (1280, 853)
    assert photos_of(server, line) == 2


def test_a_photo_can_be_deleted_until_it_is_sent(server, browser):
    handheld = Handheld(server, browser).start()
    page = handheld.page
    line = handheld.line(plain)
    handheld.cut_off()
    handheld.count(line)
    page.get_by_role("button", name="Photo").click()
    take(handheld, jpeg((800, 600)))
    page.locator(".s_photo").wait_for()
    page.get_by_role("button", name="Close").click()
    handheld.show("queue")
    page.locator("main li").nth(1).get_by_role("button", name="Delete").click()
    page.wait_for_timeout(300)
    handheld.reconnect()
    handheld.settle()

    assert handheld.pictures_sent() == []
    assert photos_of(server, line) == 0


def test_what_is_no_picture_is_refused_and_nothing_is_kept(server, browser):
    handheld = Handheld(server, browser).start()
    handheld.count(handheld.line(plain))
    handheld.page.get_by_role("button", name="Photo").click()

    for content in (b"This is a text.", jpeg((800, 600))[:40], b""):
        take(handheld, content)
        handheld.page.get_by_text("This is no picture that this device can read").wait_for()
        assert handheld.store()["photos"] == []


def test_a_code_that_nobody_knows_is_kept_with_its_photo(server, browser):
    handheld = Handheld(server, browser).start()
    line = handheld.line(plain)
    handheld.scan(line.place)
    handheld.scan("9990001112223")
    handheld.page.get_by_role("button", name="Keep it and take a photo").click()
    take(handheld, jpeg((800, 600)))
    handheld.page.get_by_text("Kept. It is sent after your counts.").wait_for()
    handheld.settle()

    rows = server.sql(
        "SELECT count(photo.id) FROM stockex_count_unknown find "
        "JOIN stockex_count_photo photo ON photo.unknown_id = find.id "
        "WHERE find.barcode = '9990001112223'"
    )
    assert rows == [["1"]]


def test_a_conflict_is_shown_with_a_photo(server, browser):
    from tests.support.rpc import Rpc

    handheld = Handheld(server, browser).start()
    page = handheld.page
    line = handheld.line(plain)
    handheld.cut_off()
    handheld.count(line)
    page.locator(".s_number").click()
    page.get_by_role("button", name="9", exact=True).click()
    page.get_by_role("button", name="Set the quantity").click()
    page.wait_for_timeout(400)
    other = Rpc(server.url, server.db, "controller", "demo")
    other.call("stockex.count.line", "write", [line.id], {"my_quantity": 4})
    handheld.reconnect()
    page.wait_for_timeout(1500)
    handheld.show("queue")
    page.locator("article").get_by_role("button", name="Photo").click()
    take(handheld, jpeg((800, 600)))
    page.get_by_text("Kept. It is sent after your counts.").wait_for()
    handheld.settle()

    assert photos_of(server, line) == 1


# --- A device that is full ---

FILLER = """async () => {
    const db = await new Promise((resolve) => {
        const asked = indexedDB.open("filler", 1);
        asked.onupgradeneeded = () =>
            asked.result.createObjectStore("rows", { autoIncrement: true });
        asked.onsuccess = () => resolve(asked.result);
    });
    window.fill = (size) => new Promise((resolve) => {
        const transaction = db.transaction("rows", "readwrite");
        transaction.objectStore("rows").put(new Blob([new Uint8Array(size)]));
        transaction.oncomplete = () => resolve(true);
        transaction.onabort = () => resolve(false);
    });
}"""
TOP_UP = """async () => {
    for (const size of [100_000, 10_000, 1_000, 100]) {
        for (let row = 0; row < 500 && (await fill(size)); row += 1);
    }
}"""


class Room:
    """How much a browser may keep: less than the machine has, from the first page on."""

    def __init__(self, handheld, megabytes):
        handheld.page.goto(f"{handheld.server.url}/web/login")
        self.page = handheld.page
        self.devtools = handheld.context.new_cdp_session(self.page)
        self.origin = {"origin": handheld.server.url}
        self.allow(megabytes)

    def allow(self, megabytes):
        size = {"quotaSize": megabytes * 1_000_000}
        self.devtools.send("Storage.overrideQuotaForOrigin", {**self.origin, **size})

    def left(self):
        told = self.devtools.send("Storage.getUsageAndQuota", self.origin)
        return told["quota"] - told["usage"]

    def fill(self, left):
        """Fill it until no more than this is left."""
        self.page.evaluate(FILLER)
        while self.left() > left:
            assert self.page.evaluate("fill(500_000)")


def test_a_full_device_keeps_the_counts_and_says_that_the_photo_was_not_kept(server, browser):
    handheld = Handheld(server, browser)
    room = Room(handheld, 40)
    page = handheld.start().page
    line = handheld.line(plain)
    handheld.cut_off()
    handheld.count(line)
    room.fill(600_000)

    page.get_by_role("button", name="Photo").click()
    take(handheld, jpeg((1500, 1000), noise=True))
    page.get_by_text("This device is full: the photo was not kept. Your counts are.").wait_for()
    page.get_by_role("button", name="Close").click()
    handheld.scan(line.code)
    store = handheld.store()
    assert store["photos"] == []
    assert [op["body"]["kind"] for op in store["ops"] if op["state"] == "waiting"] == ["count"] * 2

    # With nothing left at all, nothing is counted, and what was counted stays.
    page.evaluate(TOP_UP)
    handheld.scan(line.code)
    page.get_by_text("This device is full. Nothing was counted").wait_for()
    assert len([op for op in handheld.store()["ops"] if op["state"] == "waiting"]) == 2
    room.allow(500)
    handheld.reconnect()
    handheld.settle()
    rows = server.sql(f"SELECT sum(quantity) FROM stockex_count_entry WHERE line_id = {line.id}")
    assert [float(row[0]) for row in rows] == [2]
