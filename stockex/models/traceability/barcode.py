from odoo import api, models
from odoo.exceptions import ValidationError


class Barcode(models.AbstractModel):
    """Finds what a code on a label stands for, with the rights of whoever asks.

    What is unreadable for the user is not found.
    """

    _name = "stockex.barcode"
    _description = "Barcode Reading"

    # --- Business ---

    @api.model
    def _read_code(self, code, companies):
        """Return all that a code stands for, and its parts if it is a GS1 code.

        :return: `(matches, parts)`: matches are dicts with `type` (location, product,
            packaging, lot, serial, package), the records and the quantity that belong to it;
            parts see `_gs1_parts`, none of a code that stands for something as it is.
        """
        if not code:
            return [], []
        found = [
            {"type": "location", "location": place}
            for place in self._readable("stock.location", [("barcode", "=", code)], companies)
        ]
        found += [
            {"type": "product", "product": product, "quantity": 1.0}
            for product in self._products(code, companies)
        ]
        for packaging in self._packagings(code, companies):
            found.append({"type": "packaging", **self._contents(packaging)})
        found += [self._lot_match(lot) for lot in self._lots(code, companies)]
        packages = self._readable("stock.package", [("name", "=", code)], companies)
        found += [{"type": "package", "package": package} for package in packages]
        if found:
            return found, []
        parts = self._gs1_parts(code)
        return self._gs1_matches(parts, companies), parts

    @api.model
    def _products(self, code, companies):
        """Return the products with a barcode, or else those with a reference."""
        # A barcode belongs to one product; nothing keeps references apart.
        return self._readable(
            "product.product", [("barcode", "=", code)], companies, limit=1
        ) or self._readable("product.product", [("default_code", "=", code)], companies)

    @api.model
    def _packagings(self, code, companies):
        """Return the packagings with a barcode."""
        domain = [
            ("barcode", "=", code),
            ("product_id.company_id", "in", (False, *companies.ids)),
        ]
        return self.env["product.uom"].search(domain, limit=1)

    @api.model
    def _contents(self, packaging):
        """Return the product in a packaging, and how much of it, in its own unit."""
        product = packaging.product_id
        quantity = packaging.uom_id._compute_quantity(1.0, product.uom_id, round=False)
        return {"product": product, "packaging": packaging.uom_id, "quantity": quantity}

    @api.model
    def _lots(self, code, companies):
        """Return the lots and serial numbers of a name."""
        return self._readable("stock.lot", [("name", "=", code)], companies)

    @api.model
    def _lot_match(self, lot):
        kind = "serial" if lot.product_id.tracking == "serial" else "lot"
        return {"type": kind, "product": lot.product_id, "lot": lot, "quantity": 1.0}

    @api.model
    def _readable(self, model, domain, companies, limit=5):
        if not self.env[model].has_access("read"):
            return self.env[model]
        own = [("company_id", "in", (False, *companies.ids))]
        return self.env[model].search([*domain, *own], limit=limit)

    # --- GS1 ---

    @api.model
    def _gs1_parts(self, code):
        """Return the parts of a GS1 code as dicts of type, ai and value; empty if it is none."""
        nomenclature = self.env.ref("barcodes_gs1_nomenclature.default_gs1_nomenclature")
        try:
            # sudo: how codes are read is no secret; counters may not read its rules.
            return nomenclature.sudo().gs1_decompose_extended(code) or []
        except (ValidationError, ValueError):
            return []

    @api.model
    def _gtin_forms(self, gtin):
        """Return what a GTIN may look like on a product: GS1 codes pad it to 14 digits."""
        return (gtin, gtin.lstrip("0").zfill(13))

    @api.model
    def _gs1_matches(self, parts, companies):
        values = {part["type"]: part["value"] for part in parts}
        if "product" in values:
            return self._gs1_goods(values, companies)
        places = {values.get("location"), values.get("location_dest")} - {None}
        found = [
            {"type": "location", "location": place}
            for place in self._readable(
                "stock.location", [("barcode", "in", list(places))], companies
            )
        ]
        packages = self._readable(
            "stock.package", [("name", "=", values.get("package"))], companies
        )
        return found + [
            {"type": "package", "package": package} for package in packages if package.name
        ]

    @api.model
    def _gs1_goods(self, values, companies):
        """Return what a GTIN stands for, with the quantity and the lot beside it."""
        match = None
        for code in self._gtin_forms(values["product"]):
            if products := self._products(code, companies):
                match = {"type": "product", "product": products[0], "quantity": 1.0}
            elif packagings := self._packagings(code, companies):
                match = {"type": "packaging", **self._contents(packagings)}
            if match:
                break
        if not match:
            return []
        match["quantity"] *= values.get("quantity") or 1.0
        if "lot" in values:
            lots = self._lots(values["lot"], companies)
            match["lot"] = lots.filtered(lambda lot: lot.product_id == match["product"])[:1]
        return [match]
