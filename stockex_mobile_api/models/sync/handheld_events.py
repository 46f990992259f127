"""The events that handhelds leave. Registered here, as the registry is another addon's."""

from odoo.addons.stockex.pure.notify.registry import register

CONFLICT = "handheld.conflict_found"
STUCK = "handheld.queue_stuck"
REVOKED = "handheld.revoked"

register(
    CONFLICT, {"session": str, "handheld": str, "counter": str, "conflicts": int, "first": str}
)
register(STUCK, {"session": str, "handheld": str, "counter": str, "waiting": int, "since": str})
register(REVOKED, {"handheld": str, "counter": str, "by": str, "waiting": int})
