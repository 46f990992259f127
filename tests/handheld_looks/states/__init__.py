"""Every screen of the handheld in every state, in the order of a day's work."""

from .registry import STATES  # isort: skip
from . import launch, counting, elsewhere, queue, server  # isort: skip

__all__ = ["STATES", "counting", "elsewhere", "launch", "queue", "server"]
