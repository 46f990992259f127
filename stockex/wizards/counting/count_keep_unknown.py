from odoo import fields, models


class CountKeepUnknown(models.TransientModel):
    """Keep something whose barcode nobody knows, for the controller to identify."""

    _name = "stockex.count.keep.unknown"
    _description = "Keep as Unidentified"

    session_id = fields.Many2one(
        "stockex.count.session", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="session_id.company_id")
    barcode = fields.Char()
    location_id = fields.Many2one(
        "stock.location",
        required=True,
        domain="[('usage', 'in', ('internal', 'transit')), ('company_id', '=', company_id)]",
    )
    quantity = fields.Float(digits="Product Unit", required=True, default=1.0)
    note = fields.Char(help="What it looks like, what is printed on it.")
    photo = fields.Binary(attachment=False)

    # --- Actions ---

    def action_keep(self):
        """Keep the find as the present user's."""
        self.ensure_one()
        session = self.session_id
        session._check_counter()
        session._check_counting()
        unknown_sudo = session._keep_find(self._prepare_unknown())
        if self.photo:
            photos_sudo = unknown_sudo.env["stockex.count.photo"]
            home = {"session_id": session.id, "unknown_id": unknown_sudo.id}
            photos_sudo._add(home, self.env._("Photo"), self.photo)
        return {"type": "ir.actions.act_window_close", "infos": {"kept": True}}

    # --- Business ---

    def _prepare_unknown(self):
        return {
            "location_id": self.location_id.id,
            "barcode": (self.barcode or "").strip() or False,
            "quantity": self.quantity,
            "note": self.note,
            "found_at": fields.Datetime.now(),
        }
