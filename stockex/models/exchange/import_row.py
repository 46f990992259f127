from odoo import fields, models

from .words import FAMILY_LABELS, REASONS, row_fault_text

SHOWN = ("code", "barcode", "name", "location", "lot", "quantity", "uom")


class ImportRow(models.Model):
    """One row of a count file: its values, what they mean here, or why it is refused.

    Written by `stockex.import.staging` and its fellows, in SQL, thousands at a time.
    """

    _name = "stockex.import.row"
    _description = "Row of a Count File"
    _order = "import_id, number"
    _rec_name = "number"

    import_id = fields.Many2one(
        "stockex.import", required=True, index=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    number = fields.Integer("Row", readonly=True, help="As the spreadsheet counts.")
    state = fields.Selection(
        [
            ("new", "Read"),
            ("ok", "Good"),
            ("refused", "Refused"),
            ("skipped", "Left out"),
            ("imported", "Imported"),
        ],
        required=True,
        readonly=True,
    )
    code = fields.Char(readonly=True, index="btree_not_null")
    values = fields.Json(readonly=True)
    faults = fields.Json(readonly=True)
    key = fields.Char(readonly=True)
    serial_key = fields.Char(readonly=True)
    adds = fields.Boolean(readonly=True)
    creates = fields.Json(readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    location_id = fields.Many2one("stock.location", readonly=True)
    lot_id = fields.Many2one("stock.lot", readonly=True)
    package_id = fields.Many2one("stock.package", readonly=True)
    owner_id = fields.Many2one("res.partner", readonly=True)
    reason_id = fields.Many2one("stockex.count.reason", readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    counted_at = fields.Datetime(readonly=True)
    uuid = fields.Char(readonly=True, index="btree_not_null")
    reason = fields.Char("Fault", compute="_compute_reason")
    message = fields.Char("Why", compute="_compute_reason")
    shown = fields.Char("What stands there", compute="_compute_shown")

    _next = models.Index("(import_id, state, number)")

    # --- Compute ---

    def _compute_reason(self):
        for row in self:
            faults = row.faults or []
            row.reason = self.env._(REASONS[row.code]) if row.code else False
            row.message = " ".join(row_fault_text(self.env, fault) for fault in faults)

    def _compute_shown(self):
        labels = {code: self.env._(label) for code, label in FAMILY_LABELS}
        for row in self:
            values = row.values or {}
            row.shown = " · ".join(
                f"{labels[name]}: {values[name]}" for name in SHOWN if values.get(name) is not None
            )


def _short(value):
    return int(value) if isinstance(value, float) and value.is_integer() else value
