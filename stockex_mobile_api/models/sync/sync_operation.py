from odoo import api, fields, models
from odoo.exceptions import UserError


class SyncOperation(models.Model):
    """One thing that a user did on a handheld, and what became of it.

    Nobody deletes one; each is kept for as long as its company says.
    """

    _name = "stockex.sync.operation"
    _description = "Handheld Operation"
    _order = "id desc"
    _rec_name = "uuid"

    uuid = fields.Char(required=True, readonly=True, copy=False)
    device_id = fields.Many2one(
        "stockex.sync.device", required=True, readonly=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    kind = fields.Selection(
        [
            ("count", "Count"),
            ("undo", "Undo"),
            ("adhoc", "Count without a plan"),
            ("unknown", "Unidentified find"),
            ("photo", "Photo"),
            ("resolve", "Decision"),
            ("zone_done", "Zone finished"),
            ("unreadable", "Unreadable"),
        ],
        required=True,
        readonly=True,
    )
    seq = fields.Integer("Number", readonly=True, help="In which order things were done on it.")
    status = fields.Selection(
        [
            ("received", "Received"),
            ("applied", "Applied"),
            ("conflict", "Conflict"),
            ("rejected", "Rejected"),
        ],
        default="received",
        required=True,
        readonly=True,
        index=True,
    )
    code = fields.Char(readonly=True)
    message = fields.Char("Why", readonly=True)
    resolution = fields.Selection(
        [
            ("mine", "The handheld's count"),
            ("theirs", "What was there"),
            ("sum", "Both together"),
            ("entered", "Entered later"),
            ("dismissed", "Dismissed"),
            ("withdrawn", "Withdrawn by the counter"),
        ],
        "Decided",
        readonly=True,
    )
    resolved_by_id = fields.Many2one("res.users", "Decided by", readonly=True)
    resolved_at = fields.Datetime("Decided at", readonly=True)
    session_id = fields.Many2one(
        "stockex.count.session", "Count session", readonly=True, index="btree_not_null"
    )
    session_state = fields.Selection(related="session_id.state", string="Session state")
    local_session = fields.Char(
        readonly=True, index="btree_not_null", help="How the handheld names a count of its own."
    )
    line_id = fields.Many2one("stockex.count.line", readonly=True, index="btree_not_null")
    entry_id = fields.Many2one("stockex.count.entry", readonly=True, index="btree_not_null")
    unknown_id = fields.Many2one(
        "stockex.count.unknown", "Find", readonly=True, index="btree_not_null"
    )
    zone_id = fields.Many2one("stockex.count.zone", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    location_id = fields.Many2one("stock.location", readonly=True)
    lot_id = fields.Many2one("stock.lot", "Lot/Serial", readonly=True)
    quantity = fields.Float("Handheld's count", digits="Product Unit", readonly=True)
    mode = fields.Selection([("add", "Adds"), ("set", "Corrects")], readonly=True)
    theirs_quantity = fields.Float(
        "What was there",
        digits="Product Unit",
        readonly=True,
        help="On the line, without what the handheld corrects, when it was last told.",
    )
    uom_id = fields.Many2one(related="product_id.uom_id")
    base = fields.Char(readonly=True, help="The version of the line that the handheld knew.")
    line_version = fields.Char(readonly=True, help="The version of the line in the conflict.")
    of_id = fields.Many2one(
        "stockex.sync.operation", "About", readonly=True, help="The operation that it is about."
    )
    device_at = fields.Datetime("By its clock", readonly=True)
    corrected_at = fields.Datetime("When", readonly=True, help="By the server's clock.")
    received_at = fields.Datetime("Received", required=True, readonly=True)
    clock_offset_s = fields.Integer("Clock behind (s)", readonly=True)
    latitude = fields.Float(digits=(9, 6), readonly=True)
    longitude = fields.Float(digits=(9, 6), readonly=True)
    accuracy_m = fields.Float("Accuracy (m)", readonly=True)
    payload = fields.Text(readonly=True, help="As it came, without pictures and cut if long.")
    digest = fields.Char(readonly=True)
    photo = fields.Binary(
        attachment=True, readonly=True, help="A picture that could not be put where it belongs."
    )

    _uuid_unique = models.Constraint("UNIQUE (uuid)", "This operation was already received.")

    # --- Compute ---

    @api.depends("kind", "line_id", "product_id", "location_id", "session_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for operation in self:
            # sudo: counters may not read lots and products; their names are on the label.
            operation_sudo = operation.sudo()
            of = operation_sudo.line_id or operation_sudo.product_id or operation_sudo.session_id
            parts = [kinds.get(operation.kind), of.display_name]
            operation.display_name = " · ".join(part for part in parts if part)

    # --- Create, write ---

    def write(self, vals):
        """Say with a line what it is of: lists are searched and grouped by that."""
        if vals.get("line_id") and not vals.get("product_id"):
            line = self.env["stockex.count.line"].browse(vals["line_id"])
            places = ("product_id", "location_id", "lot_id")
            vals = {**{name: line[name].id for name in places}, **vals}
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if self.env.su and self.env.context.get("stockex_sync_expired"):
            return
        raise UserError(
            self.env._("What a handheld sent is kept; dismiss it if nothing is to be done.")
        )
