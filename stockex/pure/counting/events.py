"""The events that counting writes."""

from ..notify.registry import NUMBER, register

register("count.started", {"session": str, "lines": int})
register("count.rejected", {"session": str, "approver": str, "reason": str})
register("count.approved", {"session": str, "approver": str})
register(
    "count.posted",
    {"session": str, "posted": int, "failed": int, "value": NUMBER, "currency": str},
)
register(
    "variance.above_threshold",
    {
        "session": str,
        "product": str,
        "location": str,
        "difference": NUMBER,
        "value": NUMBER,
        "currency": str,
    },
)
