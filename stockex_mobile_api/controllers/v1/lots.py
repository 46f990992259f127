from odoo import http
from odoo.http import request

from ...pure.v1 import lots as shapes
from .errors import ApiError
from .products import may_see_stock
from .reader import Reader, link
from .resource import Resource, check_links, domain_of, vals_of
from .routing import api

MODEL = "stock.lot"
NAMES = {
    "reference": "ref",
    "product": "product_id",
    "company": "company_id",
    "expires_at": "expiration_date",
    "best_before_at": "use_date",
    "removal_at": "removal_date",
    "alert_at": "alert_date",
    "is_expired": "product_expiry_alert",
    "unit": "product_uom_id",
    "created_at": "create_date",
    "updated_at": "write_date",
}
WRITTEN = NAMES | {"product_id": "product_id", "company_id": "company_id"}
FILTERS = {
    "product_id": ("product_id", "="),
    "search": ("name", "ilike"),
    "reference": ("ref", "="),
    "expiring_before": ("expiration_date", "<"),
    "company_id": ("company_id", "="),
    "updated_since": ("write_date", ">="),
}
# Of a lot, besides the one on which it expires.
MOVING = ("use_date", "removal_date", "alert_date")
DATES = ("expiration_date", *MOVING)
TAG = "Lots"


def _on_hand(lots, *by):
    domain = [("lot_id", "in", lots.ids), ("location_id.usage", "in", ("internal", "transit"))]
    return lots.env["stock.quant"]._read_group(domain, ["lot_id", *by], ["quantity:sum"])


def _quantities(lots):
    if not may_see_stock(lots.env):
        return {}
    return dict.fromkeys(lots.ids, 0.0) | {lot.id: found for lot, found in _on_hand(lots)}


def _locations(lots):
    if not may_see_stock(lots.env):
        return {}
    found = {lot_id: [] for lot_id in lots.ids}
    for lot, location, quantity in _on_hand(lots, "location_id"):
        if quantity:
            found[lot.id].append({"location": link(location), "quantity": quantity})
    return found


def _moved_dates(lot, vals):
    """Return the dates that move with a new date of expiry; Odoo moves them in its form only."""
    old, new = lot.expiration_date, vals.get("expiration_date")
    if not old or not new:
        return {}
    return {name: lot[name] + (new - old) for name in MOVING if lot[name]}


def _check_expires(product, vals):
    """Refuse dates for a product without expiry: nothing would ever look at them."""
    if not product.use_expiration_date and any(vals.get(name) for name in DATES):
        detail = request.env._(
            "“%(product)s” does not expire: leave the dates out, or have it expire first.",
            product=product.display_name,
        )
        raise ApiError(409, "no_expiry", detail)


LOTS = Reader(MODEL, shapes.Lot, NAMES, {"quantity": _quantities})
DETAILS = Reader(MODEL, shapes.LotDetail, NAMES, {"quantity": _quantities, "locations": _locations})


class Lots(Resource, http.Controller):
    @api(
        *("GET", "/lots"),
        summary="List lots and serial numbers",
        tag=TAG,
        scope="lots:read",
        query=shapes.LotQuery,
        response=shapes.LotPage,
    )
    def list_lots(self, query):
        sorts = {"updated_at": "write_date", "name": "name"}
        return LOTS.page(request.env, query, domain_of(query, FILTERS), sorts)

    @api(
        *("POST", "/lots"),
        summary="Create a lot or serial number",
        tag=TAG,
        scope="lots:write",
        status=201,
        located="/lots/{id}",
        body=shapes.LotCreate,
        response=shapes.LotDetail,
    )
    def create_lot(self, body):
        model = request.env[MODEL]
        vals = vals_of(body, WRITTEN)
        check_links(model, vals, WRITTEN)
        product = request.env["product.product"].browse(body.product_id)
        if product.tracking == "none":
            detail = request.env._(
                "“%(product)s” is tracked neither by lot nor by serial number.",
                product=product.display_name,
            )
            raise ApiError(409, "not_tracked", detail)
        _check_expires(product, vals)
        return DETAILS.show(model.create(vals))[0]

    @api(
        *("GET", "/lots/{lot_id}"),
        summary="Read a lot or serial number",
        tag=TAG,
        scope="lots:read",
        query=shapes.LotFields,
        response=shapes.LotDetail,
        versioned=True,
    )
    def read_lot(self, lot_id, query):
        return DETAILS.one(request.env, lot_id, query)

    @api(
        *("PATCH", "/lots/{lot_id}"),
        summary="Change a lot or serial number",
        tag=TAG,
        scope="lots:write",
        body=shapes.LotUpdate,
        response=shapes.LotDetail,
        versioned=True,
    )
    def update_lot(self, lot_id, body):
        lot = DETAILS.find(request.env, lot_id)
        self._check_version(DETAILS, lot)
        vals = vals_of(body, WRITTEN)
        _check_expires(lot.product_id, vals)
        lot.write(_moved_dates(lot, vals) | vals)
        return DETAILS.show(lot)[0]
