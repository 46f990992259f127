from odoo import api, models

from ...pure.sync.lookup import lot_state


class SyncLookupIdentity(models.AbstractModel):
    """What a thing is: the part of a card that anybody may know, a blind counter too.

    Nothing here may depend on stock. Records come as superuser, of the user's companies.
    """

    _inherit = "stockex.sync.lookup"

    # --- Business ---

    @api.model
    def _product_identity(self, product):
        packs = product.env["product.uom"].search([("product_id", "=", product.id)])
        barcodes = product.env["stockex.barcode"]
        picture = product.with_context(bin_size=True).image_128
        return {
            "name": self._name_of(product),
            "code": product.default_code or None,
            "barcode": product.barcode or None,
            "packs": [
                {
                    "barcode": pack.barcode,
                    "name": pack.uom_id.name,
                    "quantity": barcodes._contents(pack)["quantity"],
                }
                for pack in packs
            ],
            "uom": product.uom_id.name,
            "tracking": product.tracking,
            "storable": product.is_storable,
            "active": product.active,
            "picture": f"/web/image/product.product/{product.id}/image_128" if picture else None,
        }

    @api.model
    def _lot_identity(self, lot):
        product = lot.product_id
        dates = {
            "expires": lot.expiration_date or None,
            "removal": lot.removal_date or None,
            "best_before": lot.use_date or None,
            "alert": lot.alert_date or None,
        }
        return {
            "name": lot.name,
            "reference": lot.ref or None,
            "product": self._link(product),
            "code": product.default_code or None,
            "uom": product.uom_id.name,
            "tracking": product.tracking,
            "state": lot_state(self.env["stockex.count.book"]._clock(), **dates),
            **{name: self._written(date) for name, date in dates.items()},
        }

    @api.model
    def _location_identity(self, location):
        devices = self.env["stockex.sync.device"]
        return {
            "name": location.complete_name,
            "barcode": location.barcode or None,
            "warehouse": location.warehouse_id.name or None,
            "active": location.active,
            # As `stockex.sync.push` decides when a count is begun there.
            "can_count": bool(
                location.active
                and location.usage in ("internal", "transit")
                and devices._may_begin(location.company_id)
            ),
        }

    @api.model
    def _package_identity(self, package):
        return {"name": package.name}
