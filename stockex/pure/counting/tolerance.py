"""Whether a variance is larger than what is tolerated."""

from dataclasses import dataclass

# More than a quantity or an amount has.
DECIMALS = 8


@dataclass(frozen=True)
class Limits:
    """What a variance may be; None is no limit.

    :ivar quantity: in the product's unit of measure.
    :ivar ratio: of the book quantity, 0.02 is 2 %.
    :ivar value: in the company's currency.
    """

    quantity: float | None = None
    ratio: float | None = None
    value: float | None = None


def exceeds(difference: float, book: float, value: float, limits: Limits) -> bool:
    """Tell whether a variance passes one of its limits.

    :param difference: counted minus book.
    :param book: book quantity when counted; without any, every variance passes a ratio.
    :param value: worth of the variance; its sign does not matter.
    """
    if not difference:
        return False
    size = abs(difference)
    if limits.quantity is not None and _above(size, limits.quantity):
        return True
    if limits.ratio is not None and _above(size, limits.ratio * abs(book)):
        return True
    return limits.value is not None and _above(abs(value), limits.value)


def _above(size: float, limit: float) -> bool:
    """Compare as decimals: 29 % of 100 is 28.999… in binary."""
    return round(size, DECIMALS) > round(limit, DECIMALS)
