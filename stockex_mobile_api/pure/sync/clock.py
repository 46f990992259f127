"""When something happened, by the server's clock."""

from datetime import datetime, timedelta

# A clock that is further off is shown to its user.
TOLERATED = timedelta(minutes=5)
# Beyond this a clock is not slow but unset.
ABSURD = timedelta(days=366)


def offset_of(device_now: datetime, received: datetime) -> timedelta:
    """Return how far a device's clock is behind the server's (negative: ahead).

    :param device_now: the device's clock as it sent the batch.
    :param received: the server's clock as the batch came.
    """
    return received - device_now


def corrected(at: datetime, offset: timedelta, received: datetime) -> datetime:
    """Return an instant of the device by the server's clock: never after it was received."""
    try:
        return min(at + offset, received)
    except OverflowError:
        return received


def is_off(offset: timedelta) -> bool:
    """Tell whether a clock is so wrong that its user should set it."""
    return abs(offset) > TOLERATED


def is_absurd(at: datetime, received: datetime) -> bool:
    """Tell whether a corrected instant is too old to be one of a count."""
    return received - at > ABSURD
