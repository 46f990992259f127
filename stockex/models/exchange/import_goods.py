import re
from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ...pure.exchange.headers import normalise

# What handhelds and lists write for a single piece.
PIECES = {"u", "un", "pc", "pce", "pcs", "ea", "each", "unit", "unite", "piece", "st", "stk"}
# A bracket or a capital within a word tells units apart: "Carton (12)", "mL".
TELLING = re.compile(r"[()\[\]]|(?<=[a-z])[A-Z]")
PLURAL = re.compile(r"\(e?s\)", re.IGNORECASE)
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
            "units": self._units() if texts["uom"] else None,
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
        """Return {name: packages}, by their own or their full names."""
        packages = self.env["stock.package"].search_fetch(
            [
                ("company_id", "in", (False, company.id)),
                "|",
                ("name", "in", list(names)),
                ("complete_name", "in", list(names)),
            ],
            ["name", "complete_name", "location_id"],
        )
        found = defaultdict(list)
        for package in packages:
            for text in {package.name, package.complete_name}:
                found[text].append(package)
        return found

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
        """Return {key of a name in any language that is in use: unit}, the strictest first.

        A key that several units have stands for none of them.
        """
        units = self.env["uom.uom"].search([("active", "=", True)])
        langs = {"en_US", self.env.lang or "en_US", self.env.user.lang or "en_US"}
        found = [defaultdict(units.browse) for _key in UNIT_KEYS]
        for lang in langs:
            for unit, named in zip(units, units.with_context(lang=lang), strict=True):
                for by_key, key in zip(found, UNIT_KEYS, strict=True):
                    by_key[key(named.name)] |= unit
        piece = self.env.ref("uom.product_uom_unit", raise_if_not_found=False)
        for name in PIECES if piece else ():
            found[-1].setdefault(name, piece)
        return [
            {key: unit for key, unit in by_key.items() if key and len(unit) == 1}
            for by_key in found
        ]

    @api.model
    def _unit(self, index, text):
        for by_key, key in zip(index["units"], UNIT_KEYS, strict=True):
            if unit := by_key.get(key(text)):
                return unit
        return None

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


def _exact(text):
    return " ".join(text.split())


def _folded(text):
    return _exact(text).casefold()


def _loose(text):
    """Bring "Unité(s)", "unités" and "Unite" to one form; "" for what must be exact."""
    text = PLURAL.sub("", text)
    return "" if TELLING.search(text) else normalise(text) or _folded(text)


UNIT_KEYS = (_exact, _folded, _loose)
