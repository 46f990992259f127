"""The shelves' arithmetic: goods in, goods out by expiry, what has expired."""

from __future__ import annotations

from datetime import date, timedelta

from .demand import Layer, Shelf
from .events import Pick

# Odoo offers a lot for delivery until its removal date, so many days before it expires.
REMOVAL_DAYS = 10
# A plan weighs whole weeks: a lot that leaves sale during the week is not counted on.
_MARGIN_DAYS = 8


def removal_date(expiry: date) -> date:
    """Return the day on which a lot goes off sale."""
    return expiry - timedelta(days=REMOVAL_DAYS)


def _on_sale(layer: Layer, monday: date) -> bool:
    if layer.expiry is None:
        return True
    return removal_date(layer.expiry) > monday + timedelta(days=_MARGIN_DAYS)


def on_hand(shelf: Shelf, monday: date) -> float:
    """Return what can be sold during the week that starts on `monday`."""
    return sum(layer.quantity for layer in shelf.layers if _on_sale(layer, monday))


def put(shelf: Shelf, layer: Layer) -> None:
    """Add a layer, or add to the one of the same place."""
    for present in shelf.layers:
        if present.place == layer.place:
            present.quantity += layer.quantity
            return
    shelf.layers.append(layer)
    shelf.layers.sort(key=lambda item: item.expiry or date.max)


def pick(layer: Layer, quantity: float) -> Pick:
    """Take a quantity from a layer."""
    layer.quantity -= quantity
    return Pick(layer.bin, quantity, layer.lot, layer.consignor, layer.package)


def take(shelf: Shelf, wanted: float, monday: date) -> tuple[Pick, ...]:
    """Take what is on sale, first expiring first, and return from where; perhaps less."""
    picks, missing = [], wanted
    for layer in shelf.layers:
        if missing > 0 and _on_sale(layer, monday):
            picks.append(pick(layer, min(missing, layer.quantity)))
            missing -= picks[-1].quantity
    shelf.layers = [layer for layer in shelf.layers if layer.quantity > 0]
    return tuple(picks)


def expired(shelf: Shelf, monday: date) -> list[Layer]:
    """Return the layers that expired before the week."""
    return [layer for layer in shelf.layers if layer.expiry and layer.expiry < monday]
