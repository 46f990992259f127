"""The map, counting where one stands, looking up."""

from .. import goods, looked_up
from ..handheld import Handheld
from .registry import state


@state
def zone_map(device: Handheld) -> None:
    device.go(f"map/{goods.YEARLY}?place={goods.AISLE}")
    device.sees(".s_map")


@state
def zone_list(device: Handheld) -> None:
    device.press(".s_top button")
    device.sees("ol .s_line")


@state
def adhoc(device: Handheld) -> None:
    device.go("adhoc")
    device.sees("main")


@state
def adhoc_unknown(device: Handheld) -> None:
    device.scan("NOWHERE-1")
    device.sees("main .s_notice, main [role=alert]")


@state
def lookup(device: Handheld) -> None:
    device.go("lookup")
    device.sees("main")


@state
def lookup_product(device: Handheld) -> None:
    device.site.desk.answers["lookup"] = looked_up.LOOKED_UP
    device.scan(goods.LONG_CODE)
    device.sees("main article")
    device.page.wait_for_load_state("networkidle")


@state
def lookup_lot(device: Handheld) -> None:
    device.site.desk.answers["lookup"] = looked_up.LOT_LOOKED_UP
    device.scan(goods.LOTTED_CODE)
    device.sees(".s_look_facts")
    device.page.wait_for_load_state("networkidle")


@state
def lookup_several(device: Handheld) -> None:
    device.site.desk.answers["lookup"] = looked_up.SEVERAL_LOOKED_UP
    device.scan(goods.TWICE_CODE)
    device.page.wait_for_load_state("networkidle")


@state
def lookup_blind(device: Handheld) -> None:
    device.site.desk.answers["lookup"] = looked_up.BLIND_LOOKED_UP
    device.scan(goods.DRILL_CODE)
    device.sees(".s_look_blind")


@state
def lookup_unknown(device: Handheld) -> None:
    device.site.desk.answers["lookup"] = looked_up.UNKNOWN_LOOKED_UP
    device.scan("9990001112223")
    device.page.wait_for_load_state("networkidle")


@state
def lookup_offline(device: Handheld) -> None:
    del device.site.desk.answers["lookup"]
    device.offline(True)
    device.scan(goods.LONG_CODE)
    device.sees("main article")
    device.offline(False)
