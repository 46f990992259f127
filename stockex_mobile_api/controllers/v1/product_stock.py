from odoo import http
from odoo.fields import Domain
from odoo.http import request

from ...pure.v1 import stock as shapes
from .errors import ApiError
from .products import PRODUCTS, TAG, may_see_stock
from .reader import Reader, link
from .resource import Resource
from .routing import api

PARTS = Reader(
    "stock.quant",
    shapes.StockPart,
    {
        "location": "location_id",
        "warehouse": "warehouse_id",
        "lot": "lot_id",
        "package": "package_id",
        "owner": "owner_id",
        "unit": "product_uom_id",
        "since": "in_date",
    },
)
TOTALS = {
    "on_hand_quantity": "qty_available",
    "free_quantity": "free_qty",
    "incoming_quantity": "incoming_qty",
    "outgoing_quantity": "outgoing_qty",
    "forecast_quantity": "virtual_available",
}
# Transfers name their lots only when they are done.
NOT_OF_A_LOT = ("incoming_quantity", "outgoing_quantity", "forecast_quantity")
PLACES = {"warehouse_id": "stock.warehouse", "location_id": "stock.location", "lot_id": "stock.lot"}


class ProductStock(Resource, http.Controller):
    @api(
        *("GET", "/products/{product_id}/stock"),
        summary="Read what is in stock",
        description="Totals, and a page of the parts that they are made of: by location, lot, "
        "package and owner. Counters, who count blind, are refused.",
        tag=TAG,
        scope="stock:read",
        query=shapes.StockQuery,
        response=shapes.ProductStock,
    )
    def read_product_stock(self, product_id, query):
        env = request.env
        product = PRODUCTS.find(env, product_id)
        if not may_see_stock(env):
            detail = env._(
                "Counters count without knowing the stock, so its figures are not shown."
            )
            raise ApiError(403, "stock_hidden", detail)
        self._check_places(query)
        narrowed = {"warehouse_id": query.warehouse_id, "location": query.location_id}
        if query.lot_id:
            narrowed["lot_id"] = query.lot_id
        product = product.with_context(**narrowed)
        domain = Domain("product_id", "=", product.id) & product._get_domain_locations()[0]
        domain &= Domain("quantity", "!=", 0) | Domain("reserved_quantity", "!=", 0)
        if query.lot_id:
            domain &= Domain("lot_id", "=", query.lot_id)
        return {
            "product": link(product),
            "unit": link(product.uom_id),
            **{
                name: None if query.lot_id and name in NOT_OF_A_LOT else product[field]
                for name, field in TOTALS.items()
            },
            **PARTS.page(env, query, domain),
        }

    def _check_places(self, query):
        """Refuse places and lots that are not there for the user: nothing is not zero."""
        faults = []
        for name, model in PLACES.items():
            asked = request.env[model].browse(getattr(query, name) or [])
            if not asked.exists()._filtered_access("read") and asked:
                message = f"there is no record {asked.id}"
                faults.append({"where": f"query.{name}", "message": message, "code": "not_found"})
        if faults:
            told = ", ".join(f"{fault['where']}: {fault['message']}" for fault in faults)
            raise ApiError(409, "unknown_reference", f"Nothing is shown of {told}.", faults)
