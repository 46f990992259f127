from collections import defaultdict

from odoo import api, models

PRODUCT_FIELDS = (
    *("default_code", "barcode", "name", "active", "is_storable", "company_id", "tracking"),
    *("uom_id", "uom_ids", "use_expiration_date"),
)


class ImportProducts(models.AbstractModel):
    """Finds the products that rows name: by barcode, packaging, code or exact name."""

    _name = "stockex.import.products"
    _description = "Product Finding"

    # --- Business ---

    @api.model
    def _index(self, rows):
        """Read every product that some rows may mean, in a few queries for all.

        :param rows: dicts with ``values``.
        """
        named = {name: set() for name in ("code", "barcode", "name")}
        for row in rows:
            for name, texts in named.items():
                if row["values"].get(name):
                    texts.add(row["values"][name])
        codes = list(named["code"] | named["barcode"])
        products = self.env["product.product"].with_context(active_test=False)
        index = {"code": defaultdict(list), "barcode": defaultdict(list), "name": defaultdict(list)}
        index["packaging"] = {}
        found = products.search_fetch([("default_code", "in", codes)], PRODUCT_FIELDS)
        for product in found:
            index["code"][product.default_code].append(product)
        for product in products.search_fetch([("barcode", "in", codes)], PRODUCT_FIELDS):
            index["barcode"][product.barcode].append(product)
        unnamed = [
            row["values"]["name"]
            for row in rows
            if row["values"].get("name") and not row["values"].get("code")
        ]
        for product in products.search_fetch([("name", "in", unnamed)], PRODUCT_FIELDS):
            index["name"][product.name].append(product)
        for packaging in self.env["product.uom"].search([("barcode", "in", codes)]):
            index["packaging"][packaging.barcode] = packaging
        return index

    @api.model
    def _find(self, index, values, company):
        """Return (product, unit of a packaging, fault) of one row; all may be empty.

        No product and no fault: it is unknown.
        """
        code, barcode = values.get("code"), values.get("barcode")
        by_barcode = self._by_barcode(index, barcode) if barcode else ([], None)
        by_code = index["code"].get(code, []) if code else []
        if code and not by_code and not by_barcode[0]:
            by_barcode = self._by_barcode(index, code)
        found, unit = by_barcode
        text = barcode or code
        if found and by_code and not set(found) & set(by_code):
            other = {"code": "product_contradiction", "value": barcode, "other": code}
            return None, None, other
        found = found or by_code
        if not found and not text:
            text = values.get("name")
            found = index["name"].get(text, [])
        product, fault = self._pick(found, company)
        return product, unit, fault and {"code": fault, "value": text}

    @api.model
    def _by_barcode(self, index, barcode):
        packaging = index["packaging"].get(barcode)
        if packaging and not index["barcode"].get(barcode):
            return [packaging.product_id], packaging.uom_id
        return index["barcode"].get(barcode, []), None

    @api.model
    def _pick(self, found, company):
        """Return (the one product that can be counted, None) or (None, code of a fault)."""
        steps = (
            (lambda one: not one.company_id or one.company_id == company, "product_other_company"),
            (lambda one: one.active, "product_archived"),
            (lambda one: one.is_storable, "product_not_storable"),
        )
        if not found:
            return None, None
        for holds, fault in steps:
            found = [product for product in found if holds(product)]
            if not found:
                return None, fault
        return (found[0], None) if len(found) == 1 else (None, "product_ambiguous")
