import uuid

from odoo import api, models
from odoo.exceptions import UserError

from ...exceptions import BarcodeUnknown, CountRefused


class CountScanner(models.AbstractModel):
    """Turns a scanned barcode into a count of one, or into the place to count in.

    Understood: a location; a product; a packaging (counts its contents); a lot or serial
    number; a GS1 code with product, lot and quantity. Called as superuser by the session,
    which checked the person.
    """

    _name = "stockex.count.scanner"
    _description = "Count Scanning"

    # --- Business ---

    @api.model
    def _scan(self, session, barcode, location_id):
        """Record a scan.

        :param location_id: where the counter stands, False if not known yet.
        :return: ``{"type": "location", "location_id", "name"}`` or
            ``{"type": "line", **what the counter may see of the line}``.
        :raise CountRefused: naming the barcode and what to do.
        """
        session._check_counting()
        barcode = (barcode or "").strip()
        place = self._place(session, barcode)
        if place:
            return {
                "type": "location",
                "location_id": place.id,
                "name": place.complete_name,
            }
        key = self._resolve(session, barcode)
        key["location_id"] = location_id or self._only_location(session, key)
        lines = session._record_entries([{**key, "uuid": str(uuid.uuid4())}])
        return {"type": "line", **lines._read_for_counter()[0]}

    @api.model
    def _place(self, session, barcode):
        """Return the session's location with this barcode."""
        places = self.env["stock.location"]
        if not barcode:
            return places
        # Most scans are of products: only a hit is worth reading the session's places.
        found = places.search([("barcode", "=", barcode)])
        return (found & self.env["stockex.count.build"]._locations(session))[:1] if found else found

    @api.model
    def _resolve(self, session, barcode):
        """Return the product, lot and quantity that a barcode stands for."""
        # Odoo finds every product without a barcode under an empty one.
        found = barcode and (
            self._by_product(barcode, session)
            or self._by_lot(barcode, session)
            or self._by_gs1(barcode, session)
        )
        if not found:
            raise BarcodeUnknown(
                self.env._(
                    "“%(barcode)s” is no product, lot or location known here.",
                    barcode=barcode,
                ),
                barcode,
            )
        return found

    @api.model
    def _by_product(self, barcode, session):
        barcodes = self.env["stockex.barcode"]
        product = barcodes._products(barcode, session.company_id)
        self._check_one(barcode, product)
        if product:
            return {"product_id": product.id, "quantity": 1.0}
        packaging = barcodes._packagings(barcode, session.company_id)
        if not packaging:
            return None
        contents = barcodes._contents(packaging)
        return {"product_id": contents["product"].id, "quantity": contents["quantity"]}

    @api.model
    def _by_lot(self, barcode, session):
        lots = self.env["stockex.barcode"]._lots(barcode, session.company_id)
        self._check_one(barcode, lots.product_id)
        if not lots:
            return None
        return {
            "product_id": lots.product_id.id,
            "lot_id": lots.id,
            "quantity": 1.0,
        }

    @api.model
    def _check_one(self, barcode, products):
        if len(products) > 1:
            raise CountRefused(
                self.env._(
                    "“%(barcode)s” stands for several products: %(products)s. Type the "
                    "count on the right line.",
                    barcode=barcode,
                    products=", ".join(products.mapped("display_name")),
                )
            )

    @api.model
    def _by_gs1(self, barcode, session):
        values = self._gs1_values(barcode)
        if "product" not in values:
            return None
        forms = self.env["stockex.barcode"]._gtin_forms(values["product"])
        found = next(filter(None, (self._by_product(gtin, session) for gtin in forms)), None)
        if found and "lot" in values:
            product = self.env["product.product"].browse(found["product_id"])
            lot = self.env["stockex.count.locator"]._lot(session, product, values["lot"])
            found["lot_id"] = lot.id
        if found and values.get("quantity"):
            found["quantity"] *= values["quantity"]
        return found

    @api.model
    def _gs1_values(self, barcode):
        """Return {type: value} of the parts of a GS1 code; empty if it is none."""
        parts = self.env["stockex.barcode"]._gs1_parts(barcode)
        return {part["type"]: part["value"] for part in parts}

    @api.model
    def _only_location(self, session, key):
        """Return the one place where the session expects this stock.

        :raise UserError: if there are several, or none: scan the location first.
        """
        lines = self.env["stockex.count.line"]
        found = lines.search(
            [
                ("session_id", "=", session.id),
                ("product_id", "=", key["product_id"]),
                ("lot_id", "=", key.get("lot_id", False)),
            ]
        )
        if len(found.location_id) == 1:
            return found.location_id.id
        raise UserError(self.env._("Scan the location first: this product may be in several."))
