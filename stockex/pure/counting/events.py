"""The events that counting writes."""

from ..notify.registry import NUMBER, register

register("count.created", {"session": str, "kind": str, "controller": str})
register("count.started", {"session": str, "lines": int})
register("count.submitted", {"session": str, "lines": int, "counted": int})
register("count.recounted", {"session": str, "lines": int})
register("count.rejected", {"session": str, "approver": str, "reason": str})
register("count.approved", {"session": str, "approver": str})
register("count.cancelled", {"session": str})
register("count.posting_failed", {"session": str, "failed": int, "first": str})
register("count.reversed", {"session": str, "reversal": str, "lines": int})
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
