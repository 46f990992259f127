"""Counting by camera: a video of symbols lies where the lens looks."""

from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.scanning import pictures, symbols
from tests.scanning.chromium import chromium, with_camera

from .floor import Good, lay
from .handheld import Handheld

PER_SECOND = 3
SHOWN_S = 2
BEFORE_S = 2
AFTER_S = 15
PATIENCE_MS = 40_000
FIRST = "Scan the location first"
REFUSED = "The camera is not allowed. Allow it in the browser's settings, or type."
PHOTOGRAPHED = ("X12.png", "2.webp", "GUID.webp", "HelloWorld_Text_L_Kaywa.png", "C40.png")
SAMPLES = [one for one in pictures.samples() if one.name.split("/")[1] in PHOTOGRAPHED]


@contextmanager
def looking_at(line, path, views, *, allowed=True):
    """Give a device whose camera sees one picture after the other, then nothing."""
    frames = [pictures.frame([])] * BEFORE_S * PER_SECOND
    for view in views:
        frames += [pictures.frame([view])] * SHOWN_S * PER_SECOND
    frames += [pictures.frame([])] * AFTER_S * PER_SECOND
    pictures.write_video(path, frames, PER_SECOND)
    with chromium(*with_camera(path)) as browser:
        context = browser.new_context(
            viewport={"width": 360, "height": 740},
            has_touch=True,
            is_mobile=True,
            permissions=["camera"] if allowed else [],
        )
        broken = []
        context.on("weberror", lambda error: broken.append(str(error.error)))
        yield Handheld(context, line)
        context.close()
    assert broken == []


def drawn(good):
    """Draw the symbol that is on a good."""
    if good.lot:
        return symbols.code128(
            symbols.FNC1 + good.code.removeprefix("]C1").replace("\x1d", symbols.FNC1)
        )
    return symbols.ean13(good.code)


def count_by_camera(device, floor, count):
    """Count what the camera sees in one round of the video."""
    device.sign_in("karim")
    device.open_count(floor.session)
    camera = device.button("Camera")
    # The decoder is there when it names the first code; nothing is counted without a place.
    camera.click()
    device.page.get_by_text(FIRST).first.wait_for(timeout=PATIENCE_MS)
    camera.click()
    expect(device.page.locator("video")).to_have_count(0)
    device.scan(next(iter(floor.places)))
    device.says("You are in")
    assert device.ops() == []
    camera.click()
    device.wait(lambda: len(device.ops()) >= count, lambda: f"{len(device.ops())} were counted")
    device.page.wait_for_timeout(2_000)
    expect(device.button("Light")).to_have_count(0)
    camera.click()
    device.wait_for_ops(count, "done")


def test_each_code_is_counted_once_each_time_the_camera_comes_to_it(world, line, tmp_path):
    floor = lay(world, places=2, loose=2, lots=1)
    first, second, lot = *floor.loose, *floor.lots
    views = [first, second, lot, first]

    with looking_at(line, tmp_path / "shelf.y4m", map(drawn, views)) as device:
        count_by_camera(device, floor, len(views))
        place = next(iter(floor.places.values()))

        assert {one["body"]["source"] for one in device.ops()} == {"camera"}
    assert floor.counted() == {
        (first.product, place, 0): 2,
        (second.product, place, 0): 1,
        (lot.product, place, lot.lot): lot.quantity,
    }
    assert floor.entries() == len(views)


@pytest.mark.skipif(len(SAMPLES) < len(PHOTOGRAPHED), reason="the sample pictures are not here")
def test_pictures_of_real_symbols_are_counted_once_each(world, line, tmp_path):
    floor = lay(world, places=2, loose=len(SAMPLES), lots=0)
    goods = [
        Good(sample.text, good.product) for sample, good in zip(SAMPLES, floor.loose, strict=True)
    ]
    for good in goods:
        world.admin.call("product.product", "write", [good.product], {"barcode": good.code})

    views = [sample.picture() for sample in SAMPLES]
    with looking_at(line, tmp_path / "samples.y4m", views) as device:
        count_by_camera(device, floor, len(goods))

    place = next(iter(floor.places.values()))
    assert floor.counted() == {(good.product, place, 0): 1 for good in goods}
    assert floor.entries() == len(goods)


def test_a_camera_that_is_refused_is_named_and_the_scanner_goes_on(world, line, tmp_path):
    floor = lay(world, places=1, loose=1, lots=0)
    [good] = floor.loose

    with looking_at(line, tmp_path / "shelf.y4m", [drawn(good)], allowed=False) as device:
        device.sign_in("karim")
        device.open_at(floor)
        device.button("Camera").click()
        device.says(REFUSED)
        expect(device.page.locator("video")).to_have_count(0)
        device.scan(good.code)
        device.wait_for_ops(1, "done")

        assert [one["body"]["source"] for one in device.ops()] == ["wedge"]
    assert floor.counted().total() == 1
