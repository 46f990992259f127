"""The event that says that stock moved, without saying how much there is."""

from .registry import register

# A transfer of more products tells only these, and that they are not all.
MOST_PRODUCTS = 500

register(
    "stock.changed",
    {"products": list, "locations": list, "complete": bool},
    for_people=False,
)
