from odoo import api, models
from odoo.fields import Domain
from odoo.tools.sql import escape_psql

from ...pure.sync.lookup import retail_forms, words_of
from .sync_lookup import MODELS, MOST_MATCHES

# What a person begins to write is a name from here on.
LEAST_SIGNS = 2


class SyncLookupFinding(models.AbstractModel):
    """What a code or a name stands for."""

    _inherit = "stockex.sync.lookup"

    # --- Business ---

    @api.model
    def _scanned(self, barcodes, code, label):
        """Return what a code stands for.

        :param barcodes: the reading of barcodes, with the rights to find things.
        :param label: what the application read in it as GS1 data, or None.
        """
        companies = self.env.companies
        found, parts = barcodes._read_code(code, companies)
        matches = [self._match(one) for one in found]
        if label and (parts or not matches):
            matches = self._labelled(barcodes, label) or matches
        if not matches:
            goods = self._goods(barcodes, retail_forms(code)[1:])
            matches = [self._match(one) for one in goods]
        return self._own(matches)

    @api.model
    def _match(self, found):
        """Turn what barcodes find into a match."""
        if found.get("lot"):
            return {"kind": "lot", "record": found["lot"]}
        if found["type"] == "packaging":
            pack = {"name": found["packaging"].name, "quantity": found["quantity"]}
            return {"kind": "product", "record": found["product"], "pack": pack}
        return {"kind": found["type"], "record": found[found["type"]]}

    @api.model
    def _goods(self, barcodes, forms):
        """Return the article that has one of several forms of a number."""
        for code in forms:
            if products := barcodes._products(code, self.env.companies):
                return [{"type": "product", "product": product} for product in products]
            if packaging := barcodes._packagings(code, self.env.companies):
                return [{"type": "packaging", **barcodes._contents(packaging)}]
        return []

    @api.model
    def _labelled(self, barcodes, label):
        """Return what GS1 data stand for: an article with its lot, a package or a place."""
        if label.sscc and (packages := self._with(barcodes, "package", _forms(label.sscc, "00"))):
            return packages
        if label.gtin:
            goods = self._goods(barcodes, retail_forms(label.gtin))
            return [self._match(self._with_lot(barcodes, one, label)) for one in goods]
        if label.gln:
            return self._with(barcodes, "location", _forms(label.gln, "414"))
        names = [name for name in (label.serial, label.lot) if name]
        return self._with(barcodes, "lot", names)

    @api.model
    def _with_lot(self, barcodes, found, label):
        tracking = found["product"].tracking
        names = (label.serial, label.lot) if tracking == "serial" else (label.lot, label.serial)
        name = next(filter(None, names), None)
        if tracking == "none" or not name:
            return found
        domain = [("name", "=", name), ("product_id", "=", found["product"].id)]
        lot = barcodes._readable("stock.lot", domain, self.env.companies, limit=1)
        return {**found, "lot": lot}

    @api.model
    def _with(self, barcodes, kind, names):
        """Return the records of a kind that have one of several names."""
        field = "barcode" if kind == "location" else "name"
        found = barcodes._readable(MODELS[kind], [(field, "in", names)], self.env.companies)
        return [{"kind": kind, "record": record} for record in found]

    # --- By name ---

    @api.model
    def _named(self, text):
        """Return `(what has a name like this, how many more)`, of each kind a few.

        With the user's own rights: a counter who has no label of a lot is told of none.
        """
        if len(text) < LEAST_SIGNS:
            return [], 0
        matches, total = [], 0
        for kind, fields in (
            ("product", ("name", "default_code")),
            ("location", ("complete_name",)),
            ("lot", ("name",)),
            ("package", ("name",)),
        ):
            model = self.env[MODELS[kind]]
            if not model.has_access("read"):
                continue
            domain = self._like(text, fields) & Domain(
                "company_id", "in", (False, *self.env.companies.ids)
            )
            if kind == "location":
                domain &= Domain("usage", "in", ("internal", "transit"))
            found = model.search(domain, limit=MOST_MATCHES)
            total += len(found) if len(found) < MOST_MATCHES else model.search_count(domain)
            matches += [{"kind": kind, "record": record} for record in found]
        own = self._own(matches)[:MOST_MATCHES]
        return own, total - len(own) if len(own) == MOST_MATCHES else 0

    @api.model
    def _like(self, text, fields):
        """Find each of the words in one of the fields."""
        return Domain.AND(
            Domain.OR([Domain(field, "ilike", escape_psql(word))] for field in fields)
            for word in words_of(text)
        )


def _forms(key, prefix):
    """Return a key alone, and behind its application identifier."""
    return [key, prefix + key]
