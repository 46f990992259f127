from odoo import api, fields, models


class Region(models.Model):
    """A part of the country whose warehouses are led, counted and compared together."""

    _name = "stockex.region"
    _description = "Region"
    _order = "name"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    active = fields.Boolean(default=True)
    note = fields.Text()
    warehouse_ids = fields.One2many("stock.warehouse", "stockex_region_id", "Warehouses")
    warehouse_count = fields.Integer("Number of warehouses", compute="_compute_warehouse_count")

    _code_unique = models.Constraint("UNIQUE (code)", "Another region has this code.")

    # --- Compute ---

    @api.depends("warehouse_ids")
    def _compute_warehouse_count(self):
        groups = self.env["stock.warehouse"]._read_group(
            [("stockex_region_id", "in", self.ids)], ["stockex_region_id"], ["__count"]
        )
        counts = {region.id: count for region, count in groups}
        for region in self:
            region.warehouse_count = counts.get(region.id, 0)

    # --- Business ---

    def _warehouses(self, company):
        """Return a company's warehouses in these regions."""
        return self.env["stock.warehouse"].search(
            [("stockex_region_id", "in", self.ids), ("company_id", "=", company.id)]
        )
