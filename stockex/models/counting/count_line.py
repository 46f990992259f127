import uuid

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .count_plan import SEES_BOOK

# What a user may write on a line; everything else is set by the flow.
TYPED_FIELDS = {"my_quantity", "note"}
# What those who review may write besides.
REVIEWED_FIELDS = {"reason_id", "note"}


class CountLine(models.Model):
    """One stock key of a session: product, location, lot, package, owner."""

    _name = "stockex.count.line"
    _description = "Count Line"
    _order = "session_id, sequence, id"

    session_id = fields.Many2one(
        "stockex.count.session", required=True, index=True, readonly=True, ondelete="cascade"
    )
    session_state = fields.Selection(related="session_id.state", string="Session state")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(readonly=True, help="Order of the walk.")
    product_id = fields.Many2one("product.product", required=True, readonly=True, index=True)
    product_barcode = fields.Char(related="product_id.barcode")
    category_id = fields.Many2one(related="product_id.categ_id")
    uom_id = fields.Many2one(related="product_id.uom_id")
    tracking = fields.Selection(related="product_id.tracking")
    location_id = fields.Many2one("stock.location", required=True, readonly=True, index=True)
    zone_id = fields.Many2one("stockex.count.zone", readonly=True, index="btree_not_null")
    lot_id = fields.Many2one(
        "stock.lot", "Lot/Serial", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    lot_name = fields.Char("Lot/Serial Number", related="lot_id.name")
    package_id = fields.Many2one("stock.package", readonly=True, ondelete="restrict")
    owner_id = fields.Many2one("res.partner", readonly=True, ondelete="restrict")
    is_unexpected = fields.Boolean(
        "Unexpected", readonly=True, help="Not in the book when counting started."
    )
    state = fields.Selection(
        [
            ("pending", "To count"),
            ("counted", "Counted"),
            ("posted", "Posted"),
            ("failed", "Not posted"),
        ],
        default="pending",
        required=True,
        readonly=True,
        index=True,
    )
    recount = fields.Boolean("Count again", readonly=True)
    recount_round = fields.Integer(
        "Recounts", readonly=True, help="How often the line was sent back."
    )
    entry_ids = fields.One2many("stockex.count.entry", "line_id", readonly=True)
    counted_quantity = fields.Float(
        "Counted", digits="Product Unit", readonly=True, help="By everybody together."
    )
    my_quantity = fields.Float(
        "My count",
        digits="Product Unit",
        compute="_compute_my_quantity",
        inverse="_inverse_my_quantity",
        help="What you counted; type it again to correct it.",
    )
    first_entry_at = fields.Datetime(readonly=True)
    last_entry_at = fields.Datetime("Counted at", readonly=True)
    note = fields.Char()
    post_error = fields.Char("Not posted because", readonly=True)

    book_quantity = fields.Float("Book", digits="Product Unit", readonly=True, groups=SEES_BOOK)
    unit_cost = fields.Float(readonly=True, groups=SEES_BOOK)
    book_at_count = fields.Float(
        "Book when counted", digits="Product Unit", readonly=True, groups=SEES_BOOK
    )
    difference = fields.Float(digits="Product Unit", readonly=True, groups=SEES_BOOK)
    difference_value = fields.Monetary(
        "Variance", compute="_compute_difference_value", store=True, groups=SEES_BOOK
    )
    gross_value = fields.Monetary(
        "Gross variance",
        compute="_compute_difference_value",
        store=True,
        groups=SEES_BOOK,
        help="The variance without its sign: shortages and surpluses add up.",
    )
    verdict = fields.Selection(
        [("matched", "Matches"), ("different", "Differs"), ("moved", "Moved meanwhile")],
        readonly=True,
        groups=SEES_BOOK,
    )
    out_of_tolerance = fields.Boolean(
        readonly=True, groups=SEES_BOOK, help="The variance passes what the tolerances allow."
    )
    reason_id = fields.Many2one(
        "stockex.count.reason",
        domain="[('company_id', 'in', (False, company_id))]",
        groups=SEES_BOOK,
        index="btree_not_null",
    )
    decision = fields.Selection(
        [("accepted", "Accepted as counted"), ("transferred", "Moved where it was found")],
        readonly=True,
        groups=SEES_BOOK,
        help="What a person decided about a line whose stock moved meanwhile, or that was "
        "found in another place.",
    )
    transfer_from_id = fields.Many2one(
        "stock.location", "Moved from", readonly=True, groups=SEES_BOOK
    )
    settled_by_id = fields.Many2one(
        "stockex.count.line",
        "Found again in",
        readonly=True,
        groups=SEES_BOOK,
        index="btree_not_null",
        help="What is missing here was found there: one transfer settles both.",
    )
    decided_by_id = fields.Many2one("res.users", readonly=True, groups=SEES_BOOK)
    move_id = fields.Many2one(
        "stock.move", "Correction", readonly=True, groups=SEES_BOOK, index="btree_not_null"
    )
    reversed_line_id = fields.Many2one(
        "stockex.count.line", readonly=True, groups=SEES_BOOK, index="btree_not_null"
    )

    reversing_line_ids = fields.One2many(
        "stockex.count.line", "reversed_line_id", "Reversed by", groups=SEES_BOOK
    )

    _key = models.UniqueIndex(
        "(session_id, product_id, location_id, COALESCE(lot_id, 0),"
        " COALESCE(package_id, 0), COALESCE(owner_id, 0))"
    )
    _reversed_once = models.UniqueIndex(
        "(reversed_line_id) WHERE reversed_line_id IS NOT NULL",
        "This line is already reversed.",
    )

    # --- Compute ---

    @api.depends("product_id", "location_id", "lot_id")
    def _compute_display_name(self):
        for line in self:
            parts = [line.product_id.display_name, line.location_id.display_name]
            line.display_name = " · ".join(part for part in [*parts, line.lot_name] if part)

    @api.depends("difference", "unit_cost")
    def _compute_difference_value(self):
        for line in self:
            line.difference_value = line.difference * line.unit_cost
            line.gross_value = abs(line.difference_value)

    @api.depends("entry_ids.superseded_by_id")
    @api.depends_context("uid")
    def _compute_my_quantity(self):
        groups = self.env["stockex.count.entry"]._read_group(
            [
                ("line_id", "in", self.ids),
                ("user_id", "=", self.env.uid),
                ("is_live", "=", True),
            ],
            ["line_id"],
            ["quantity:sum"],
        )
        quantities = {line.id: quantity for line, quantity in groups}
        for line in self:
            line.my_quantity = quantities.get(line.id, 0.0)

    def _inverse_my_quantity(self):
        for session, lines in self.grouped("session_id").items():
            session._record_entries(
                [
                    {
                        "line_id": line.id,
                        "quantity": line.my_quantity,
                        "uuid": str(uuid.uuid4()),
                        "mode": "set",
                    }
                    for line in lines
                ]
            )

    # --- Create, write ---

    def write(self, vals):
        if not self.env.su:
            self._check_written(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_with_session(self):
        if any(line.session_id.state not in ("draft", "cancelled") for line in self):
            raise UserError(self.env._("A count line cannot be deleted; count it as zero."))

    # --- Actions ---

    def action_recount(self):
        """Have the lines counted again: their entries stop counting."""
        self._check_reviewer()
        for session, lines in self.grouped("session_id").items():
            session._reopen(lines)
        return True

    def action_accept(self):
        """Accept the last count of lines whose stock moved meanwhile."""
        self._check_reviewer()
        for session in self.session_id:
            session._lock()
        wrong = self.filtered(
            lambda line: line.verdict != "moved" or line.session_id.state != "review"
        )
        if wrong:
            raise UserError(
                self.env._(
                    "“%(line)s” needs no decision: only lines in review whose stock "
                    "moved while they were counted do.",
                    line=wrong[0].display_name,
                )
            )
        # sudo: users write counts only; the checks above say who may decide.
        self_sudo = self.sudo()
        self_sudo.write({"decision": "accepted", "decided_by_id": self.env.uid})
        return True

    def action_count_zero(self):
        """Record that nothing is there."""
        for session, lines in self.grouped("session_id").items():
            session._count_as_zero(lines)
        return True

    def action_count_history(self):
        """Show who counted the line, when and how many."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("stockex.count_entry_action")
        action["domain"] = [("line_id", "=", self.id)]
        return action

    # --- Business ---

    def _check_written(self, vals):
        """Refuse what a user may not write on a line; reasons and notes once approved."""
        reviews = self.env.user.has_group("stockex.group_controller")
        if set(vals) - (TYPED_FIELDS | REVIEWED_FIELDS if reviews else TYPED_FIELDS):
            raise AccessError(self.env._("A count line only takes a count or a note."))
        if set(vals) - {"my_quantity"}:
            for session in self.session_id:
                session._check_state("counting", "review")

    def _key_of(self):
        """Return the stock key (product, location, lot, package, owner), ids or False."""
        self.ensure_one()
        return (
            self.product_id.id,
            self.location_id.id,
            self.lot_id.id,
            self.package_id.id,
            self.owner_id.id,
        )

    def _check_reviewer(self):
        if not self.env.user.has_group("stockex.group_controller"):
            raise AccessError(self.env._("Only a stock controller decides about counted lines."))
        self.check_access("read")

    def _read_for_counter(self):
        """Return what a counter may see of the lines: never anything of the book."""
        # sudo: counters may not read lots; only what is listed here leaves.
        return [
            {
                "line_id": line_sudo.id,
                "product": line_sudo.product_id.display_name,
                "location": line_sudo.location_id.complete_name,
                "lot": line_sudo.lot_id.name or False,
                "counted": line_sudo.counted_quantity,
                "uom": line_sudo.uom_id.name,
                "unexpected": line_sudo.is_unexpected,
            }
            for line_sudo in self.sudo()
        ]
