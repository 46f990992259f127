from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# What the controller fills in before they link or dismiss.
DECIDED_FIELDS = {"product_id", "lot_name", "store_barcode", "resolution"}


class CountUnknown(models.Model):
    """Something found whose barcode nobody knows: kept until somebody says what it is."""

    _name = "stockex.count.unknown"
    _description = "Unidentified Find"
    _order = "session_id desc, state, id"
    _rec_name = "barcode"

    session_id = fields.Many2one(
        "stockex.count.session", required=True, index=True, readonly=True, ondelete="cascade"
    )
    session_state = fields.Selection(related="session_id.state", string="Session state")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    location_id = fields.Many2one("stock.location", required=True, readonly=True)
    barcode = fields.Char(readonly=True, help="As it was scanned; empty if there was none.")
    quantity = fields.Float(digits="Product Unit", required=True, readonly=True)
    note = fields.Char(readonly=True, help="What the finder says of it.")
    user_id = fields.Many2one("res.users", "Found by", required=True, readonly=True)
    found_at = fields.Datetime("Found at", required=True, readonly=True)
    photo_ids = fields.One2many("stockex.count.photo", "unknown_id", "Photos", readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("linked", "Linked"), ("dismissed", "Dismissed")],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    product_id = fields.Many2one(
        "product.product",
        domain="[('is_storable', '=', True), ('company_id', 'in', (False, company_id))]",
    )
    tracking = fields.Selection(related="product_id.tracking")
    uom_id = fields.Many2one(related="product_id.uom_id")
    lot_name = fields.Char("Lot/Serial Number", help="As printed; a new number is created.")
    lot_id = fields.Many2one("stock.lot", readonly=True)
    line_id = fields.Many2one("stockex.count.line", "Counted on", readonly=True)
    store_barcode = fields.Boolean(
        "Keep the barcode",
        default=True,
        help="Stores the barcode on the product if that has none, so that the next scan knows it.",
    )
    resolution = fields.Char("Why dismissed", help="Needed to dismiss: what it turned out to be.")
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True)

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "The quantity found must be more than zero."
    )

    # --- Python constraints ---

    @api.constrains("product_id")
    def _check_product_company(self):
        for unknown in self:
            owner = unknown.product_id.company_id
            if owner and owner != unknown.company_id:
                raise ValidationError(
                    self.env._(
                        "“%(product)s” belongs to another company than “%(session)s”.",
                        product=unknown.product_id.display_name,
                        session=unknown.session_id.display_name,
                    )
                )

    # --- Create, write ---

    def write(self, vals):
        if not self.env.su:
            if set(vals) - DECIDED_FIELDS:
                raise UserError(
                    self.env._("What was found cannot be changed: link it, or dismiss it.")
                )
            self._check_open()
        return super().write(vals)

    # --- Actions ---

    def action_link(self):
        """Count each find on its product, as the finder, at the time of the find."""
        self._check_decider()
        # sudo: entries, lots and barcodes are the system's to write; the role is checked.
        for unknown_sudo in self.sudo():
            unknown_sudo._link()
        return True

    def action_dismiss(self):
        """Close finds that are no stock, with the reason."""
        self._check_decider()
        for unknown in self:
            if not (unknown.resolution or "").strip():
                raise UserError(
                    self.env._(
                        "“%(find)s”: say in “Why dismissed” what it turned out to be.",
                        find=unknown.display_name,
                    )
                )
        # sudo: the state is the system's; the role is checked above.
        self_sudo = self.sudo()
        self_sudo.write({"state": "dismissed", "decided_by_id": self.env.uid})
        self.session_id._tell_unknown()
        return True

    # --- Business ---

    @api.depends("barcode", "location_id", "note")
    def _compute_display_name(self):
        for unknown in self:
            name = unknown.barcode or unknown.note or self.env._("No barcode")
            unknown.display_name = f"{name} · {unknown.location_id.name}"

    def _check_decider(self):
        self.session_id._check_role("stockex.group_controller")
        self._check_open()
        for session in self.session_id:
            session._lock()
            session._check_state("counting", "review")

    def _check_open(self):
        for unknown in self:
            if unknown.state != "open":
                raise UserError(
                    self.env._(
                        "“%(find)s” is decided already.",
                        find=unknown.display_name,
                    )
                )

    def _link(self):
        """Record one find; called as superuser."""
        self.ensure_one()
        if not self.product_id:
            raise UserError(
                self.env._("“%(find)s”: choose its product first.", find=self.display_name)
            )
        lot = self._lot()
        finder = self.session_id.with_user(self.user_id)
        # sudo: the finder may count no more here, yet the find is theirs.
        session_sudo = finder.sudo()
        item = {
            "product_id": self.product_id.id,
            "location_id": self.location_id.id,
            "lot_id": lot.id,
            "quantity": self.quantity,
            "counted_at": self.found_at,
            "uuid": f"unknown-{self.id}",
        }
        waiting = self._lines_to_recount(lot)
        lines = session_sudo.env["stockex.count.recorder"]._record(session_sudo, [item])
        if lines & waiting:
            raise UserError(
                self.env._(
                    "“%(line)s” is to be counted again: link “%(find)s” after that count, or "
                    "dismiss it if the new count includes it.",
                    line=lines.display_name,
                    find=self.display_name,
                )
            )
        self.write(
            {
                "state": "linked",
                "line_id": lines.id,
                "lot_id": lot.id,
                "decided_by_id": self.env.uid,
            }
        )
        self._store_barcode()
        self.session_id._tell_unknown()

    def _lines_to_recount(self, lot):
        """Return the lines of the find's goods that somebody is to count again."""
        return self.env["stockex.count.line"].search(
            [
                ("session_id", "=", self.session_id.id),
                ("product_id", "=", self.product_id.id),
                ("location_id", "=", self.location_id.id),
                ("lot_id", "=", lot.id),
                ("recount", "=", True),
            ]
        )

    def _lot(self):
        name = (self.lot_name or "").strip()
        if self.product_id.tracking == "none" or not name:
            return self.env["stock.lot"]
        locator = self.env["stockex.count.locator"]
        return locator._lot(self.session_id, self.product_id, name, create=True)

    def _store_barcode(self):
        """Keep the barcode on the product, unless either has another use already."""
        if not (self.store_barcode and self.barcode) or self.product_id.barcode:
            return
        barcode = self._product_barcode()
        taken = [("barcode", "=", barcode)]
        if not any(
            self.env[model].with_context(active_test=False).search_count(taken, limit=1)
            for model in ("product.product", "product.uom")
        ):
            self.product_id.barcode = barcode

    def _product_barcode(self):
        """Return what stands for the product: a GS1 code names its lot too."""
        parts = self.env["stockex.count.scanner"]._gs1_values(self.barcode)
        gtin = parts.get("product")
        return gtin.lstrip("0").zfill(13) if gtin else self.barcode
