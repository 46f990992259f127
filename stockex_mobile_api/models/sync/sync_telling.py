from odoo import models

from odoo.addons.stockex.pure.notify.registry import register

DECIDED = "conflict.decided"
register(DECIDED, {"session": str, "line": str, "choice": str, "decider": str})


class SyncOperationTelling(models.Model):
    """Tells counters what became of what they counted."""

    _inherit = "stockex.sync.operation"

    # --- Business ---

    def _mark(self, resolution):
        done = super()._mark(resolution)
        decided = self.filtered(
            lambda operation: (
                operation.session_id
                and operation.user_id != self.env.user
                and operation.status in ("conflict", "rejected")
            )
        )
        payloads = {
            operation.id: {
                "session": operation.session_id.name,
                "line": operation.line_id.display_name or operation.display_name,
                "choice": resolution,
                "decider": self.env.user.login,
            }
            for operation in decided
        }
        self.env["stockex.event"]._emit(DECIDED, decided, payloads)
        return done
