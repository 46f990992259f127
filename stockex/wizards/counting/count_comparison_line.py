from odoo import fields, models


class CountComparisonLine(models.TransientModel):
    """What two counts found of one product, location and lot."""

    _name = "stockex.count.comparison.line"
    _description = "Compared Line"
    _order = "is_changed desc, value, id"

    comparison_id = fields.Many2one(
        "stockex.count.comparison", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    product_id = fields.Many2one("product.product", readonly=True)
    category_id = fields.Many2one("product.category", readonly=True)
    location_id = fields.Many2one("stock.location", readonly=True)
    lot_id = fields.Many2one("stock.lot", "Lot/Serial", readonly=True)
    uom_id = fields.Many2one(related="product_id.uom_id")
    presence = fields.Selection(
        [("both", "In both"), ("only_a", "Only in A"), ("only_b", "Only in B")],
        "Counted in",
        readonly=True,
    )
    is_changed = fields.Boolean("Changed", readonly=True, help="The two counts do not agree.")
    counted_a = fields.Float("Counted in A", digits="Product Unit", readonly=True)
    counted_b = fields.Float("Counted in B", digits="Product Unit", readonly=True)
    difference = fields.Float(
        "B less A", digits="Product Unit", readonly=True, help="What B found more than A."
    )
    variance_a = fields.Float("Variance in A", digits="Product Unit", readonly=True)
    variance_b = fields.Float("Variance in B", digits="Product Unit", readonly=True)
    unit_cost = fields.Float(readonly=True, aggregator=None)
    value = fields.Monetary(
        "Worth of the difference", readonly=True, help="At the cost of B, or of A if only A has it."
    )
