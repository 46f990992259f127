from odoo import api, fields, models
from odoo.exceptions import UserError

from .count_plan import SEES_BOOK


class CountEntry(models.Model):
    """What one person counted at one moment. Never changed, never deleted."""

    _name = "stockex.count.entry"
    _description = "Count Entry"
    _order = "counted_at desc, id desc"
    _rec_name = "quantity"

    line_id = fields.Many2one(
        "stockex.count.line", required=True, index=True, readonly=True, ondelete="cascade"
    )
    session_id = fields.Many2one(
        "stockex.count.session", required=True, index=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    product_id = fields.Many2one(related="line_id.product_id")
    location_id = fields.Many2one(related="line_id.location_id")
    lot_name = fields.Char(related="line_id.lot_name")
    uom_id = fields.Many2one(related="line_id.uom_id")
    user_id = fields.Many2one("res.users", "Counted by", required=True, readonly=True)
    quantity = fields.Float(digits="Product Unit", required=True, readonly=True)
    counted_at = fields.Datetime(
        "Counted at",
        required=True,
        readonly=True,
        help="When it was counted, not when it was sent.",
    )
    device = fields.Char(readonly=True, help="Where it was entered: screen or device.")
    uuid = fields.Char(required=True, readonly=True, copy=False)
    voids = fields.Boolean(
        readonly=True, help="Takes earlier entries back without counting anything."
    )
    superseded_by_id = fields.Many2one("stockex.count.entry", readonly=True, index="btree_not_null")
    is_live = fields.Boolean(compute="_compute_is_live", search="_search_is_live")
    book_quantity = fields.Float(
        digits="Product Unit",
        readonly=True,
        groups=SEES_BOOK,
        help="Book quantity at the moment of counting.",
    )

    _uuid_unique = models.Constraint("UNIQUE (uuid)", "This entry was already recorded.")

    # --- Compute ---

    @api.depends("superseded_by_id", "voids")
    def _compute_is_live(self):
        for entry in self:
            entry.is_live = not entry.superseded_by_id and not entry.voids

    def _search_is_live(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("superseded_by_id", "=", False), ("voids", "=", False)]

    # --- Create, write ---

    def write(self, vals):
        if set(vals) - {"superseded_by_id"} or not self.env.su:
            raise UserError(self.env._("A count entry cannot be changed; enter the line again."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if any(entry.session_id.state not in ("draft", "cancelled") for entry in self):
            raise UserError(self.env._("A count entry cannot be deleted; enter the line again."))
