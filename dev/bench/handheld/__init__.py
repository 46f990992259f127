"""The handheld without a network, slowed, with a full store; and the server behind it."""

from .runs import run

__all__ = ["run"]
