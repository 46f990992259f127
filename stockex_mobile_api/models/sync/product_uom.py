from odoo import models
from odoo.tools import SQL


class ProductUom(models.Model):
    """A box barcode: a handheld that has it must learn that it is gone."""

    _inherit = "product.uom"

    # --- Create, write ---

    def write(self, vals):
        left = self.product_id if "product_id" in vals else self.env["product.product"]
        result = super().write(vals)
        _date_again(left)
        return result

    def unlink(self):
        left = self.product_id
        result = super().unlink()
        _date_again(left)
        return result


def _date_again(products):
    """Have products fetched again: what is gone leaves no row of its own to tell of it."""
    if not products:
        return
    products.flush_recordset()
    # The ORM dates only what it changes. The clock of `write_date`: the transaction's begin.
    products.env.execute_query(
        SQL(
            """UPDATE product_product SET write_date = now() AT TIME ZONE 'UTC'
                WHERE id = ANY(%s) RETURNING id""",
            products.ids,
        )
    )
    products.invalidate_recordset(["write_date"])
