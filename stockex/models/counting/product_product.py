from odoo import fields, models


class ProductProduct(models.Model):
    _inherit = "product.product"

    stockex_abc_class = fields.Selection(
        [("a", "A"), ("b", "B"), ("c", "C")],
        string="ABC class",
        company_dependent=True,
        help="How much the product matters: A is counted most often and most exactly.",
    )
