"""Ten counters entering at once on two workers: how long each waits, and that all is kept."""

from .runs import run

__all__ = ["run"]
