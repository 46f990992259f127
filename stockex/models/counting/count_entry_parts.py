from odoo import api, fields, models


class CountEntryParts(models.Model):
    """What was typed, where it was not the product's own unit."""

    _inherit = "stockex.count.entry"

    parts = fields.Json(readonly=True, help="Units and quantities as they were typed.")
    typed_as = fields.Char("Typed as", compute="_compute_typed_as")

    # --- Compute ---

    @api.depends("parts")
    def _compute_typed_as(self):
        for entry in self:
            entry.typed_as = " + ".join(
                f"{part['quantity']:g} × {part['unit']}" for part in entry.parts or ()
            )
