"""The count screen in all that happens on it."""

from .. import goods
from ..handheld import Handheld
from .registry import state


@state
def count_start(device: Handheld) -> None:
    device.go(f"count/{goods.YEARLY}")
    device.sees(".s_place")


@state
def count_place(device: Handheld) -> None:
    device.scan(goods.LOCATION_CODE)
    device.sees(".s_line")


@state
def count_counted(device: Handheld) -> None:
    device.scan(goods.DRILL_CODE)
    device.sees(".s_last")


@state
def count_great_quantity(device: Handheld) -> None:
    device.scan(goods.LONG_CODE)
    device.sees(".s_last")


@state
def count_taken_back(device: Handheld) -> None:
    device.press(".s_top button")
    device.sees(".s_notice")


@state
def count_choices(device: Handheld) -> None:
    device.scan(goods.LOTTED_CODE)
    device.sees(".s_choices, section .s_wide")


@state
def count_lot(device: Handheld) -> None:
    device.scan(goods.SHELF_CODE)
    device.scan(goods.SERIAL_CODE)
    device.sees("form.s_card")


@state
def count_unknown(device: Handheld) -> None:
    device.scan("9990001112223")
    device.sees("input[maxlength='200']")


@state
def count_wrong_place(device: Handheld) -> None:
    device.go(f"count/{goods.YEARLY}")
    device.scan(goods.DRILL_CODE)
    device.sees(".s_notice")


@state
def count_nothing_expected(device: Handheld) -> None:
    device.go(f"count/{goods.FREE}")
    device.scan(goods.LOCATION_CODE)
    device.sees(".s_place")


@state
def count_pad(device: Handheld) -> None:
    device.go(f"count/{goods.YEARLY}?place={goods.AISLE}")
    device.press(".s_line")
    device.page.keyboard.type("12345", delay=130)
    device.sees(".s_pad")


@state
def count_typing(device: Handheld) -> None:
    device.page.go_back()
    device.press(".s_bar button:last-of-type")
    device.sees(".s_bar input")


@state
def count_camera_trouble(device: Handheld) -> None:
    device.go(f"count/{goods.YEARLY}?place={goods.SHELF}")
    device.press(".s_bar button[aria-pressed]")
    device.sees(".s_bar .s_notice")


@state
def count_photo(device: Handheld) -> None:
    device.go(f"count/{goods.YEARLY}?place={goods.SHELF}")
    device.scan(goods.DRILL_CODE)
    device.press(".s_last .s_small")
    device.sees(".s_photos")


@state
def count_gone(device: Handheld) -> None:
    device.start()
    device.sees("a.s_card")
    device.go("count/99")
    device.sees(".s_card")


@state
def count_zone_unfinished(device: Handheld) -> None:
    device.go(f"count/{goods.YEARLY}?place={goods.SHELF}")
    device.press(".s_guide_row button:last-of-type")
    device.sees("[role=alertdialog]")


@state
def count_all_counted(device: Handheld) -> None:
    device.scan(goods.DRILL_CODE)
    device.sees(".s_guide")
