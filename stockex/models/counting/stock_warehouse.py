from odoo import api, fields, models
from odoo.exceptions import ValidationError


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    stockex_region_id = fields.Many2one("stockex.region", "Region", index="btree_not_null")
    stockex_parent_id = fields.Many2one(
        "stock.warehouse",
        "Depends on",
        index="btree_not_null",
        check_company=True,
        domain="[('company_id', '=', company_id), ('id', '!=', id)]",
        help="The warehouse that supplies or leads this one; both can be counted together.",
    )
    stockex_child_ids = fields.One2many("stock.warehouse", "stockex_parent_id", "Dependents")

    # --- Python constraints ---

    @api.constrains("stockex_parent_id")
    def _check_stockex_parent(self):
        if self._has_cycle("stockex_parent_id"):
            raise ValidationError(
                self.env._("“%(warehouse)s” would depend on itself.", warehouse=self[0].name)
            )

    # --- Business ---

    def _with_dependents(self):
        """Return the warehouses and all that depend on them."""
        found = self
        level = self
        while level := level.stockex_child_ids - found:
            found |= level
        return found
