"""Settings, and what the server says."""

from .. import goods
from ..handheld import Handheld
from .registry import state


@state
def settings(device: Handheld) -> None:
    device.start()
    device.sees("a.s_card")
    device.go("settings")
    device.sees("select")


@state
def settings_all(device: Handheld) -> None:
    device.start(wants_position=True, push_key="BP" + 85 * "A")
    device.sees("a.s_card")
    device.go("settings")
    device.sees(".s_push")


@state
def count_asks_position(device: Handheld) -> None:
    device.go(f"count/{goods.YEARLY}?place={goods.SHELF}")
    device.sees("section[aria-label=Position]")


@state
def settings_sign_out_refused(device: Handheld) -> None:
    device.offline(True)
    device.go(f"count/{goods.YEARLY}?place={goods.AISLE}")
    device.scan(goods.DRILL_CODE)
    device.go("settings")
    device.press("main button:has-text('Sign out'), main button:has-text('Se déconnecter')")
    device.sees("main .s_notice")


@state
def later_missing(device: Handheld) -> None:
    device.start(has_more=False)
    device.go("queue")
    device.sees("main .s_notice")


@state
def signed_out(device: Handheld) -> None:
    device.start()
    device.sees("a.s_card")
    device.site.desk.situation = "signed_out"
    device.go(f"count/{goods.YEARLY}?place={goods.AISLE}")
    device.scan(goods.DRILL_CODE)
    device.sees("a[href*='/web/login']")


@state
def revoked(device: Handheld) -> None:
    device.site.desk.situation = "device_revoked"
    device.open()
    device.sees(".s_state")


@state
def too_old(device: Handheld) -> None:
    device.site.desk.situation = "app_too_old"
    device.open()
    device.sees(".s_state")


@state
def clock_wrong(device: Handheld) -> None:
    device.start(clock_hours=25)
    device.sees(".s_state")


@state
def update_ready(device: Handheld) -> None:
    device.start()
    device.page.evaluate("navigator.serviceWorker.ready")
    device.open()
    device.site.desk.build = {"version": "2"}
    device.page.evaluate("navigator.serviceWorker.ready.then((one) => one.update())")
    device.sees(".s_state button")
