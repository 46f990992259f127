from odoo import api, models

from ...exceptions import OperationRefused


class SyncPushResolving(models.AbstractModel):
    """What a handheld's user decides about a conflict of theirs."""

    _inherit = "stockex.sync.push"

    # --- Business ---

    @api.model
    def _resolve(self, batch, step):
        of = self._own_operation(step.parsed.of)
        about = {
            "of_id": of.id,
            "session_id": of.session_id.id,
            "company_id": of.company_id.id,
            "line_id": of.line_id.id,
        }
        if of.status != "conflict":
            raise OperationRefused(
                self.env._("There is nothing to decide about it."), "no_conflict", **about
            )
        if of.resolution:
            return {**about, "status": "applied", "code": "already_resolved"}
        session = self._own_session(batch, of, about)
        if step.parsed.choice == "mine" and of._is_counted_again():
            of._tell_again()
            return {
                **about,
                "status": "rejected",
                "code": "counted_again",
                "resolution": "withdrawn",
                "message": self.env._(
                    "“%(line)s” was counted once more: decide again.",
                    line=of.line_id.display_name,
                ),
            }
        entry = of._enter_choice(session, step.parsed.choice)
        return {**about, "status": "applied", "entry_id": entry.id if entry.voids else False}
