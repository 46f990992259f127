"""The list of states in which the handheld's screens are looked at."""

from collections.abc import Callable
from dataclasses import dataclass

from ..handheld import Handheld


@dataclass(frozen=True)
class State:
    """A screen in a state.

    :ivar reach: what the user does from where the state before left the device.
    """

    name: str
    reach: Callable[[Handheld], None]


STATES: list[State] = []


def state(reach: Callable[[Handheld], None]) -> Callable[[Handheld], None]:
    """Add a state, named by its function."""
    STATES.append(State(reach.__name__, reach))
    return reach
