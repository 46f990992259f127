from odoo import models


class SyncCatalogueProducts(models.AbstractModel):
    """What handhelds keep of products: names, codes, units and packagings."""

    _inherit = "stockex.sync.catalogue"

    # --- Business ---

    def _products_rows(self, products):
        packs = self._packs_of(products)
        # The reference stands beside the name.
        products = products.with_context(display_default_code=False)
        return [
            {
                "id": product.id,
                "name": product.display_name,
                "code": product.default_code or None,
                "barcodes": list(
                    dict.fromkeys(filter(None, (product.barcode, product.default_code)))
                ),
                "uom": {"id": product.uom_id.id, "name": product.uom_id.name},
                "tracking": product.tracking,
                "packs": packs[product.id],
            }
            for product in products
        ]

    def _packs_of(self, products):
        """Return {product id: its packagings}: those with a code, then those without."""
        coded = self.env["product.uom"].search([("product_id", "in", products.ids)])
        by_product = coded.grouped("product_id")
        found = {}
        for product in products:
            own = by_product.get(product, coded.browse())
            plain = (product.uom_ids - own.uom_id - product.uom_id).sorted("factor")
            found[product.id] = [
                *(self._pack(product, pack.uom_id, pack.barcode) for pack in own),
                *(
                    self._pack(product, unit)
                    for unit in plain
                    if unit._has_common_reference(product.uom_id)
                ),
            ]
        return found

    def _pack(self, product, unit, barcode=None):
        quantity = unit._compute_quantity(1.0, product.uom_id, round=False)
        return {"barcode": barcode, "uom": unit.id, "name": unit.name, "quantity": quantity}
