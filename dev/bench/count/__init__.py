"""The first count: build, enter and post a session, beside its peers."""

from .runs import run

__all__ = ["run"]
