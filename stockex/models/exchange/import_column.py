from odoo import fields, models
from odoo.exceptions import AccessError

from .words import FAMILY_LABELS


class ImportColumn(models.Model):
    """A column of a count file, and what it is taken for."""

    _name = "stockex.import.column"
    _description = "Column of a Count File"
    _order = "import_id, position"

    import_id = fields.Many2one(
        "stockex.import", required=True, index=True, readonly=True, ondelete="cascade"
    )
    position = fields.Integer(readonly=True, help="0 is the first column.")
    header = fields.Char("In the file", readonly=True)
    sample = fields.Char("First values", readonly=True)
    family = fields.Selection("_selection_family", "Taken for")
    doubt = fields.Char("Look at this", readonly=True)

    # --- Compute ---

    def _selection_family(self):
        return [(code, self.env._(label)) for code, label in FAMILY_LABELS]

    # --- Create, write ---

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        if set(vals) - {"family"}:
            raise AccessError(self.env._("Of a column only its meaning can be chosen."))
        self.import_id._check_not_busy()
        result = super().write(vals)
        self.import_id._back_to_mapping()
        return result
