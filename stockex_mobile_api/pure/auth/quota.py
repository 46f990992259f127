"""How much of a minute is left."""

import math
from datetime import datetime

from .identity import Quota

WINDOW_S = 60
NO_LIMIT = Quota(allowed=True, limit=0, remaining=0, reset_s=0)


def quota(limit: int, used: int, started: datetime, now: datetime) -> Quota:
    """Judge a request by its number within the window that began with the first one.

    :param used: requests in this window, the present one included.
    """
    elapsed_s = max(0.0, (now - started).total_seconds())
    return Quota(
        allowed=used <= limit,
        limit=limit,
        remaining=max(0, limit - used),
        reset_s=max(1, math.ceil(WINDOW_S - elapsed_s)),
    )
