"""A token bucket as one number: the instant from which it has a token.

The generic cell rate algorithm (ITU-T I.371, annex A): a bucket of `count` tokens that
fills in `period_s` seconds never lets through more than `count` at once nor more than
`count + t × count / period_s` in any `t` seconds.
"""


def take(free_at: float, now: float, count: int, period_s: float) -> float:
    """Take a token and return the instant from which there is another one.

    :param free_at: what the last taking returned; anything in the past for a full bucket.
    :param now: seconds on the same clock, `>= free_at`.
    :param count: tokens of a full bucket, at least one.
    :raise ValueError: if there is no token yet.
    """
    if now < free_at:
        raise ValueError(f"no token for {free_at - now} s")
    step = period_s / count
    # A bucket left alone for a whole period is full, not fuller.
    return max(free_at, now - period_s + step) + step
