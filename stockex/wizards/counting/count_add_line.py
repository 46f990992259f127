import uuid

from odoo import fields, models


class CountAddLine(models.TransientModel):
    """Something found that the list does not have."""

    _name = "stockex.count.add.line"
    _description = "Add an Unexpected Product"

    session_id = fields.Many2one(
        "stockex.count.session", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="session_id.company_id")
    product_id = fields.Many2one(
        "product.product",
        required=True,
        domain="[('is_storable', '=', True), ('company_id', 'in', (False, company_id))]",
    )
    tracking = fields.Selection(related="product_id.tracking")
    uom_id = fields.Many2one(related="product_id.uom_id")
    location_id = fields.Many2one(
        "stock.location",
        required=True,
        domain="[('usage', 'in', ('internal', 'transit')), ('company_id', '=', company_id)]",
    )
    lot_name = fields.Char("Lot/Serial Number", help="As printed; a new number is created.")
    package_id = fields.Many2one(
        "stock.package", domain="[('location_id', 'in', (False, location_id))]"
    )
    quantity = fields.Float(digits="Product Unit", required=True, default=1.0)

    # --- Actions ---

    def action_add(self):
        """Record the find as a count of the present user."""
        self.ensure_one()
        item = {
            "product_id": self.product_id.id,
            "location_id": self.location_id.id,
            "package_id": self.package_id.id,
            "quantity": self.quantity,
            "uuid": str(uuid.uuid4()),
        }
        session = self.session_id
        session._check_counter()
        session._check_counting()
        if self.lot_name and self.product_id.tracking != "none":
            # sudo: counters may not read or make lots; they are checked as counters.
            locator_sudo = self.env["stockex.count.locator"].sudo()
            item["lot_id"] = locator_sudo._lot(
                session, self.product_id, self.lot_name.strip(), create=True
            ).id
        session._record_entries([item])
        return {"type": "ir.actions.act_window_close"}
