from odoo import api, models
from odoo.exceptions import AccessError, UserError

# Set by the flow only, whatever door a write comes through.
FLOW_FIELDS = {
    "name",
    "state",
    "started_at",
    "approver_id",
    "approved_at",
    "done_at",
    "job_id",
    "reversal_of_id",
    "reversal_ids",
    "line_ids",
}
# What the frozen lines were built from.
SCOPE_FIELDS = {
    *("company_id", "kind", "scope", "warehouse_id", "warehouse_ids", "region_id"),
    *("location_ids", "category_ids", "product_ids", "lot_ids", "moved_since"),
    *("stock_filter", "allow_overlap", "template_id"),
}
# What a posted count is evidence of besides: who counted, how and for when.
OPEN_FIELDS = {"posting_date", "counter_ids", "auto_recount"}


class CountSessionGuard(models.Model):
    """What users may not do to a session directly, by any door."""

    _inherit = "stockex.count.session"

    # --- Create, write ---

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._check_free_fields(vals)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_free_fields(vals)
            if set(vals) & SCOPE_FIELDS:
                self._check_still(vals, "draft")
            if set(vals) & OPEN_FIELDS:
                self._check_still(vals, "draft", "counting", "review", "approved")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_unposted(self):
        for session in self:
            if session.state not in ("draft", "cancelled"):
                raise UserError(
                    self.env._(
                        "“%(session)s” cannot be deleted any more: it is evidence. "
                        "Cancel it, or reverse it if it is posted.",
                        session=session.display_name,
                    )
                )

    # --- Business ---

    def _check_free_fields(self, vals):
        # The web client sends read-only defaults along when it creates a record.
        defaults = {"name": self.env._("New"), "state": "draft"}
        forced = {
            name
            for name in set(vals) & FLOW_FIELDS
            if vals[name] and vals[name] != defaults.get(name)
        }
        if self and set(vals) & FLOW_FIELDS:
            forced = set(vals) & FLOW_FIELDS
        if forced:
            raise AccessError(
                self.env._(
                    "These fields of a count are set by its buttons only: %(names)s.",
                    names=", ".join(sorted(forced)),
                )
            )

    def _check_still(self, vals, *states):
        for session in self:
            if session.state not in states:
                raise UserError(
                    self.env._(
                        "“%(session)s” is past the point where %(names)s can change.",
                        session=session.display_name,
                        names=", ".join(
                            self._fields[name]._description_string(self.env)
                            for name in sorted(vals)
                        ),
                    )
                )
