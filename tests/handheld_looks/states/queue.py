"""What waits, and what has to be decided."""

from .. import goods
from ..handheld import Handheld
from .registry import state

CONFLICT = {
    "status": "conflict",
    "code": "stale",
    "message": "Somebody else counted here since.",
    "conflict": {"mine": 12345, "theirs": 12340},
}
REJECTED = {
    "status": "rejected",
    "code": "posted",
    "message": "The count “Yearly count” was posted: 8 units of “Cordless drill 18 V”.",
}


@state
def queue_empty(device: Handheld) -> None:
    device.go("queue")
    device.sees("main")


@state
def queue_waiting(device: Handheld) -> None:
    device.offline(True)
    device.go(f"count/{goods.YEARLY}?place={goods.AISLE}")
    for code in (goods.DRILL_CODE, goods.LONG_CODE, goods.SCREW_CODE):
        device.scan(code)
    device.go("queue")
    device.sees(".s_list li")


@state
def offline(device: Handheld) -> None:
    device.go("tasks")
    device.sees(".s_state")


@state
def queue_troubles(device: Handheld) -> None:
    device.site.desk.verdicts["count"] = CONFLICT
    device.offline(False)
    device.go("queue")
    device.sees("article")
    device.site.desk.verdicts["count"] = REJECTED
    device.go(f"count/{goods.YEARLY}?place={goods.AISLE}")
    device.scan(goods.DRILL_CODE)
    device.go("queue")
    device.page.wait_for_selector("article .s_bad")
