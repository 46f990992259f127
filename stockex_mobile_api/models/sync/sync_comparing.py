from odoo import api, fields, models

from ...pure.sync.decide import last_known


class SyncOperationComparing(models.Model):
    """Who counted what a handheld's correction did not know of."""

    _inherit = "stockex.sync.operation"

    theirs_by = fields.Char("Counted meanwhile by", compute="_compute_theirs_by")
    theirs_at = fields.Datetime("Counted meanwhile at", compute="_compute_theirs_by")

    # --- Compute ---

    @api.depends("status", "line_id", "base", "line_version")
    def _compute_theirs_by(self):
        conflicts = self.filtered(lambda one: one.status == "conflict" and one.line_id)
        # sudo: a conflict tells its counter what was there; this says who counted it.
        entries_sudo = self.env["stockex.count.entry"].sudo()
        found_sudo = entries_sudo.search(
            [("line_id", "in", conflicts.line_id.ids), ("voids", "=", False)], order="id"
        )
        by_line = found_sudo.grouped("line_id")
        for operation in self:
            first, last = last_known(operation.base), last_known(operation.line_version)
            meanwhile = by_line.get(operation.line_id, entries_sudo).filtered(
                lambda entry, first=first, last=last: first < entry.id <= last
            )
            is_conflict = operation in conflicts
            operation.theirs_by = ", ".join(meanwhile.user_id.mapped("name")) if is_conflict else ""
            operation.theirs_at = max(meanwhile.mapped("counted_at"), default=False)
