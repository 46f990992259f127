from odoo import api, models
from odoo.fields import Domain

PLACES = ("internal", "transit")
# How many rows of a list fit a small screen; of the others their number is told.
MOST_ROWS = 20
MOST_DELIVERIES = 5
ON_THE_WAY = ("waiting", "confirmed", "partially_available", "assigned")
SUMS = ["quantity:sum", "reserved_quantity:sum"]


class SyncLookupFigures(models.AbstractModel):
    """How much there is, where, until when, for how much: for those who may know it.

    Read with the user's own rights; a list that the user's role may not see is None.
    """

    _inherit = "stockex.sync.lookup"

    # --- Cards ---

    @api.model
    def _product_figures(self, product):
        stocked = self._stocked(("product_id", "=", product.id))
        return {
            "stock": self._stock(stocked) if product.is_storable else None,
            "lots": self._lots(stocked) if product.tracking != "none" else None,
            "price": self._price(product),
            "deliveries": self._deliveries(product),
        }

    @api.model
    def _lot_figures(self, lot):
        return {"stock": self._stock(self._stocked(("lot_id", "=", lot.id)))}

    @api.model
    def _location_figures(self, location):
        if location.usage not in (*PLACES, "view"):
            # What "lies" at a customer or in an adjustment is no stock.
            return {"contents": None, "counted_at": None, "count": None}
        return {
            "contents": self._contents(("location_id", "child_of", location.id), location),
            "counted_at": self._counted_at(location),
            "count": self._open_count(location),
        }

    @api.model
    def _package_figures(self, package):
        # sudo: names of where a package is that the user may read.
        package_sudo = package.sudo()
        return {
            "location": self._link(package_sudo.location_id),
            "container": self._link(package_sudo.parent_package_id),
            "contents": self._contents(("package_id", "child_of", package.id)),
        }

    # --- Stock ---

    @api.model
    def _stocked(self, leaf):
        """Return the domain of the user's companies' stock of something."""
        there = Domain("quantity", "!=", 0) | Domain("reserved_quantity", "!=", 0)
        return (
            Domain(*leaf)
            & there
            & Domain("location_id.usage", "in", PLACES)
            & Domain("company_id", "in", self.env.companies.ids)
        )

    @api.model
    def _stock(self, stocked):
        """Return the sum, and the places with the most first."""
        quants = self.env["stock.quant"]
        [(quantity, reserved, places)] = quants._read_group(
            stocked, [], [*SUMS, "location_id:count_distinct"]
        )
        rows = quants._read_group(
            stocked, ["location_id"], SUMS, order="quantity:sum desc", limit=MOST_ROWS
        )
        return {
            **_amounts(quantity, reserved),
            "rows": [{"location": self._link(row[0]), **_amounts(*row[1:])} for row in rows],
            "more": places - len(rows),
        }

    @api.model
    def _lots(self, stocked):
        """Return the lots there, the one to be used first at the top."""
        if not self.env["stock.lot"].has_access("read"):
            return None
        quants = self.env["stock.quant"]
        stocked &= Domain("lot_id", "!=", False)
        [(number,)] = quants._read_group(stocked, [], ["lot_id:count_distinct"])
        rows = quants._read_group(
            stocked,
            ["lot_id"],
            [*SUMS, "expiration_date:min"],
            order="expiration_date:min, in_date:max desc",
            limit=MOST_ROWS,
        )
        return {
            "rows": [
                {
                    "lot": self._link(lot),
                    "expires": self._written(expires),
                    **_amounts(quantity, reserved),
                }
                for lot, quantity, reserved, expires in rows
            ],
            "more": number - len(rows),
        }

    @api.model
    def _contents(self, leaf, home=None):
        """Return what lies in a place or package, the latest arrival first.

        :param home: the location that need not be named in each row.
        """
        quants = self.env["stock.quant"]
        stocked = self._stocked(leaf)
        found = quants.search(stocked, order="in_date desc, id desc", limit=MOST_ROWS)
        total = len(found) if len(found) < MOST_ROWS else quants.search_count(stocked)
        # sudo: names of what lies in the user's own stock; Odoo shows them in its lists.
        found_sudo = found.sudo()
        return {
            "rows": [self._content_row(quant_sudo, home) for quant_sudo in found_sudo],
            "more": total - len(found),
        }

    @api.model
    def _content_row(self, quant, home):
        elsewhere = quant.location_id != home
        return {
            "product": self._link(quant.product_id),
            "lot": self._lot_link(quant.lot_id),
            "package": self._link(quant.package_id),
            "location": self._link(quant.location_id) if elsewhere else None,
            "uom": quant.product_uom_id.name,
            **_amounts(quant.quantity, quant.reserved_quantity),
        }

    @api.model
    def _lot_link(self, lot):
        """Return a lot's name, and its id to those who may open it."""
        reader = self._reader().env["stock.lot"]
        link = self._link(lot)
        return link and {**link, "id": link["id"] if reader.has_access("read") else None}

    # --- Counts ---

    @api.model
    def _counted_at(self, location):
        """Return when a place was last counted: by a count that was posted, or in Odoo."""
        # sudo: who sees the stock may know when it was counted, whoever counted it.
        lines_sudo = self.env["stockex.count.line"].sudo()
        [(counted,)] = lines_sudo._read_group(
            [
                ("location_id", "=", location.id),
                ("session_id.state", "=", "done"),
                ("state", "in", ("counted", "posted")),
            ],
            [],
            ["last_entry_at:max"],
        )
        native = location.last_inventory_date
        if native and (not counted or native > counted.date()):
            return native.isoformat()
        return self._written(counted)

    @api.model
    def _open_count(self, location):
        """Return the count that has a place to itself, None if there is none."""
        # sudo: that a place is being counted is said to whoever sees its stock; the name of
        # the count only to those who may read it.
        claims_sudo = self.env["stockex.count.claim"].sudo()
        claim_sudo = claims_sudo.search([("location_id", "=", location.id)], limit=1)
        if not claim_sudo:
            return None
        session = claim_sudo.session_id.sudo(False)
        may_read = bool(session.has_access("read"))
        return {
            "name": session.display_name if may_read else None,
            "state": claim_sudo.session_id.state,
        }

    # --- Trade ---

    @api.model
    def _price(self, product):
        """Return the sales price in the currency of who sells it."""
        company = product.company_id or self.env.company
        currency = company.currency_id
        prices = product._price_compute("list_price", currency=currency, company=company)
        return {
            "amount": prices[product.id],
            "currency": currency.name,
            "digits": currency.decimal_places,
        }

    @api.model
    def _deliveries(self, product):
        """Return what comes in from outside, the soonest first."""
        moves = self.env["stock.move"]
        if not moves.has_access("read"):
            return None
        domain = [
            ("product_id", "=", product.id),
            ("state", "in", ON_THE_WAY),
            ("location_id.usage", "not in", ("internal", "view")),
            ("location_dest_id.usage", "=", "internal"),
            ("company_id", "in", self.env.companies.ids),
        ]
        found = moves.search(domain, order="date, id", limit=MOST_DELIVERIES)
        total = len(found) if len(found) < MOST_DELIVERIES else moves.search_count(domain)
        # sudo: from whom goods come is said to whoever may read that they come.
        found_sudo = found.sudo()
        return {
            "rows": [
                {
                    "date": self._written(move_sudo.date),
                    "quantity": move_sudo.product_qty,
                    "from": move_sudo.picking_id.partner_id.display_name
                    or self._name_of(move_sudo.location_id),
                    "reference": move_sudo.reference or None,
                }
                for move_sudo in found_sudo
            ],
            "more": total - len(found),
        }


def _amounts(quantity, reserved):
    """Return an amount, what of it is promised, and what is left."""
    quantity, reserved = quantity or 0.0, reserved or 0.0
    return {"quantity": quantity, "reserved": reserved, "free": quantity - reserved}
