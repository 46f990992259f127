"""The events that the suite's own watching writes."""

from .registry import NUMBER, register

register(
    "stock.low",
    {"product": str, "location": str, "quantity": NUMBER, "minimum": NUMBER, "unit": str},
)
register(
    "lot.expiring",
    {"lot": str, "product": str, "quantity": NUMBER, "unit": str, "expires": str},
)
register("job.failed", {"job": str, "message": str, "done": int, "total": int})
