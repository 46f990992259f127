"""When a failed call is tried again, and how long a failing account is left alone."""

from collections.abc import Sequence
from random import Random

# Waits after the 1st, 2nd … try; Standard Webhooks 1.0.0, "Deliverability and reliability".
STANDARD_WEBHOOKS = (5.0, 300.0, 1800.0, 7200.0, 18000.0, 36000.0, 50400.0, 72000.0, 86400.0)

# For services that answer people: after half a day a message is of no use any more.
DEFAULT = (5.0, 60.0, 300.0, 1800.0, 7200.0, 14400.0, 21600.0)

JITTER = 0.2
LONGEST_REST_S = 300.0


def next_delay_s(
    delays: Sequence[float], tries: int, asked_s: float | None, rng: Random
) -> float | None:
    """Return how long to wait for the next try, in seconds; None if there is none.

    The wait is up to a fifth longer than the schedule says, so that calls that failed
    together do not come back together, and never shorter than the other side asked.

    :param delays: seconds after each try, the first first.
    :param tries: how many there were, at least one.
    """
    if tries > len(delays):
        return None
    return max(delays[tries - 1], asked_s or 0.0) * (1 + JITTER * rng.random())


def rest_s(failures: int, asked_s: float | None) -> float:
    """Return how long an account rests after its n-th failure in a row, in seconds.

    :param failures: at least one.
    """
    return max(min(2.0 ** min(failures, 20), LONGEST_REST_S), asked_s or 0.0)
