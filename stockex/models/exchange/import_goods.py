from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ...pure.exchange.headers import normalise

# What handhelds and lists write for a single piece.
PIECES = {"u", "un", "pc", "pce", "pcs", "ea", "each", "unit", "unite", "piece", "st", "stk"}
# More than any shop has; all are read once a chunk if a file names categories at all.
MAX_CATEGORIES = 20_000


class ImportGoods(models.AbstractModel):
    """Finds lots, packages, owners, units, reasons, categories and counters by name."""

    _name = "stockex.import.goods"
    _description = "Lot and Unit Finding"

    # --- Business ---

    @api.model
    def _index(self, session, rows):
        """Read all that some rows may name, in one query a kind."""
        texts = defaultdict(set)
        for row in rows:
            for name, value in row["values"].items():
                texts[name].add(value)
        company = session.company_id
        return {
            "lots": self._lots(texts["lot"], company),
            "packages": self._packages(texts["package"], company),
            "owners": self._owners(texts["owner"], company),
            "units": self._units() if texts["uom"] else {},
            "reasons": self._reasons(company) if texts["reason"] else {},
            "categories": self._categories() if texts["category"] else {},
            "counters": self._counters(session) if texts["counted_by"] else {},
        }

    @api.model
    def _lots(self, names, company):
        """Return {name: {product id: lot id}}."""
        found = defaultdict(dict)
        if not names:
            return found
        self.env["stock.lot"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT name, product_id, id FROM stock_lot
                    WHERE name = ANY(%s) AND (company_id IS NULL OR company_id = %s)""",
                list(names),
                company.id,
            )
        )
        for name, product, lot in rows:
            found[name][product] = lot
        return found

    @api.model
    def _packages(self, names, company):
        """Return {name: package}, by its own or its full name."""
        packages = self.env["stock.package"].search_fetch(
            [
                ("company_id", "in", (False, company.id)),
                "|",
                ("name", "in", list(names)),
                ("complete_name", "in", list(names)),
            ],
            ["name", "complete_name", "location_id"],
        )
        found = {package.name: package for package in packages}
        return found | {package.complete_name: package for package in packages}

    @api.model
    def _owners(self, names, company):
        """Return {name or reference: contacts}."""
        partners = self.env["res.partner"].search_fetch(
            [
                ("company_id", "in", (False, company.id)),
                "|",
                ("name", "in", list(names)),
                ("ref", "in", list(names)),
            ],
            ["name", "ref"],
        )
        found = defaultdict(list)
        for partner in partners:
            for text in {partner.name, partner.ref} - {False}:
                found[text].append(partner)
        return found

    @api.model
    def _units(self):
        """Return {name in any language that is in use: unit}."""
        units = self.env["uom.uom"].search([("active", "=", True)])
        langs = {"en_US", self.env.lang or "en_US", self.env.user.lang or "en_US"}
        found = {}
        for lang in langs:
            for unit in units.with_context(lang=lang):
                found.setdefault(_unit_key(unit.name), unit)
        piece = self.env.ref("uom.product_uom_unit", raise_if_not_found=False)
        for name in PIECES if piece else ():
            found.setdefault(name, piece)
        return found

    @api.model
    def _unit(self, index, text):
        return index["units"].get(_unit_key(text))

    @api.model
    def _reasons(self, company):
        reasons = self.env["stockex.count.reason"].search(
            [("company_id", "in", (False, company.id))]
        )
        return {reason.name.casefold(): reason.id for reason in reasons}

    @api.model
    def _categories(self):
        categories = self.env["product.category"].search([], limit=MAX_CATEGORIES)
        found = {category.name.casefold(): category.id for category in categories}
        return found | {category.complete_name.casefold(): category.id for category in categories}

    @api.model
    def _counters(self, session):
        people = session.counter_ids | session.user_id | self.env.user
        return {text.casefold() for person in people for text in (person.name, person.login)}


def _unit_key(text):
    """Bring "Unité(s)", "unités" and "Unite" to one form."""
    return normalise(text) or text.casefold().strip()
