"""What a new device and a new day show."""

from ..handheld import Handheld
from .registry import state


@state
def first_launch(device: Handheld) -> None:
    device.start(situation="signed_out")
    device.sees("a[href*='/web/login']")


@state
def fetching(device: Handheld) -> None:
    device.start(slow_s=1.0)
    device.sees(".s_tasks > section .s_progress")


@state
def tasks_empty(device: Handheld) -> None:
    device.start(has_counts=False)
    device.sees(".s_card")
    device.page.wait_for_load_state("networkidle")


@state
def tasks(device: Handheld) -> None:
    device.start()
    device.sees("a.s_card")
    device.page.wait_for_load_state("networkidle")
