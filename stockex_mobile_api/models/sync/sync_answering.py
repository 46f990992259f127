from odoo import api, models

# Codes of operations that found their work done.
DONE_BEFORE = {"already_undone", "already_resolved", "already_begun"}


class SyncPushAnswering(models.AbstractModel):
    """What a handheld learns of each operation: nothing that a blind counter may not know."""

    _inherit = "stockex.sync.push"

    # --- Business ---

    @api.model
    def _answers(self, batch):
        """Return the answers to a batch, in its order."""
        by_uuid = {step.uuid: step.record for step in batch.steps if step.record}
        rows = [by_uuid[step.uuid] for step in batch.steps]
        lines_sudo = batch.device.env["stockex.count.line"].union(*[row.line_id for row in rows])
        shown = {line["id"]: line for line in lines_sudo._read_for_handheld()}
        return [self._answer(step, row, shown) for step, row in zip(batch.steps, rows, strict=True)]

    @api.model
    def _answer(self, step, row, shown):
        status = self._status(step, row)
        told = row.of_id if row.code == "counted_again" else row
        conflict = {"mine": told.quantity, "theirs": told.theirs_quantity}
        return {
            "op": step.given,
            "status": status,
            "code": row.code or None,
            "message": row.message or None,
            "session": row.session_id.id or None,
            "line": shown.get(row.line_id.id),
            "conflict": conflict if status == "conflict" else None,
        }

    @api.model
    def _status(self, step, row):
        if row.code == "counted_again":
            return "conflict"
        if (row.status == "conflict" and row.resolution) or row.resolution == "entered":
            return "duplicate"
        if row.status == "applied" and (step.again or row.code in DONE_BEFORE):
            return "duplicate"
        return row.status
