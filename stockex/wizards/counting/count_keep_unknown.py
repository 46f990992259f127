from odoo import fields, models
from odoo.exceptions import UserError

from ...const import MAX_QUANTITY


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
        if self.quantity <= 0:
            raise UserError(
                self.env._("Say how many you found: %(quantity)s is none.", quantity=self.quantity)
            )
        if self.quantity > MAX_QUANTITY:
            raise UserError(
                self.env._(
                    "%(quantity)s is more than anybody can count. Was a barcode typed as a "
                    "quantity?",
                    quantity=self.quantity,
                )
            )
        # sudo: counters write no finds themselves; they are checked as counters above.
        session_sudo = session.sudo()
        session_sudo.env["stockex.count.locator"]._check_locations(
            session_sudo, self.location_id.ids
        )
        unknown_sudo = session_sudo.env["stockex.count.unknown"].create(self._prepare_unknown())
        if self.photo:
            photos_sudo = unknown_sudo.env["stockex.count.photo"]
            home = {"session_id": session.id, "unknown_id": unknown_sudo.id}
            photos_sudo._add(home, self.env._("Photo"), self.photo)
        session._tell_unknown()
        return {"type": "ir.actions.act_window_close", "infos": {"kept": True}}

    # --- Business ---

    def _prepare_unknown(self):
        return {
            "session_id": self.session_id.id,
            "company_id": self.company_id.id,
            "location_id": self.location_id.id,
            "barcode": (self.barcode or "").strip() or False,
            "quantity": self.quantity,
            "note": self.note,
            "user_id": self.env.uid,
            "found_at": fields.Datetime.now(),
        }
