"""What may be counted: the checks of one quantity, before anything is stored."""

import math


def quantity_fault(
    quantity: float, *, tracking: str, has_lot: bool, digits: int, limit: float
) -> str | None:
    """Say why a counted quantity cannot be right.

    :param quantity: counted, in the product's own unit of measure.
    :param tracking: "none", "lot" or "serial".
    :param has_lot: whether the count names a lot or serial number.
    :param digits: decimals that the unit of measure allows.
    :param limit: the largest quantity that a person can have counted.
    :return: a code (``not_a_number``, ``negative``, ``absurd``, ``lot_missing``,
        ``serial_twice``, ``serial_fraction``, ``too_many_decimals``) or None.
    """
    if not math.isfinite(quantity):
        return "not_a_number"
    if quantity < 0:
        return "negative"
    if quantity > limit:
        return "absurd"
    if abs(quantity - round(quantity, digits)) > 10 ** -(digits + 6):
        return "too_many_decimals"
    if tracking != "none" and not has_lot and quantity:
        return "lot_missing"
    if tracking == "serial" and quantity > 1:
        return "serial_twice"
    if tracking == "serial" and quantity not in (0, 1):
        return "serial_fraction"
    return None
