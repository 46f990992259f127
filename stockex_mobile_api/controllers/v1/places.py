from odoo import http
from odoo.fields import Domain
from odoo.http import request

from ...pure.v1 import places as shapes
from . import resource
from .reader import Reader
from .resource import Resource, domain_of
from .routing import api

LOCATIONS = Reader(
    "stock.location",
    shapes.Location,
    {
        "full_name": "complete_name",
        "parent": "location_id",
        "warehouse": "warehouse_id",
        "company": "company_id",
        "created_at": "create_date",
        "updated_at": "write_date",
    },
)
WAREHOUSES = Reader(
    "stock.warehouse",
    shapes.Warehouse,
    {
        "company": "company_id",
        "region": "stockex_region_id",
        "parent": "stockex_parent_id",
        "dependent_ids": "stockex_child_ids",
        "stock_location": "lot_stock_id",
        "created_at": "create_date",
        "updated_at": "write_date",
    },
)
IN_LOCATIONS = {
    "barcode": ("barcode", "="),
    "warehouse_id": ("warehouse_id", "="),
    "parent_id": ("location_id", "="),
    "within_id": ("id", "child_of"),
    "usage": ("usage", "in"),
    "company_id": ("company_id", "="),
    "updated_since": ("write_date", ">="),
}
IN_WAREHOUSES = {
    "region_id": ("stockex_region_id", "="),
    "parent_id": ("stockex_parent_id", "="),
    "company_id": ("company_id", "="),
}
TAG = "Places"


def _search(query, part, whole):
    """Find what a query searches for in part of one field, or as all of another."""
    if query.search is None:
        return Domain.TRUE
    return Domain(part, "ilike", resource.part(query.search)) | Domain(whole, "=", query.search)


class Places(Resource, http.Controller):
    @api(
        *("GET", "/locations"),
        summary="List locations",
        tag=TAG,
        scope="locations:read",
        query=shapes.LocationQuery,
        response=shapes.LocationPage,
    )
    def list_locations(self, query):
        domain = Domain("active", "=", not query.archived)
        domain &= Domain(domain_of(query, IN_LOCATIONS))
        domain &= _search(query, "complete_name", "barcode")
        sorts = {"updated_at": "write_date", "full_name": "complete_name"}
        return LOCATIONS.page(request.env, query, domain, sorts)

    @api(
        *("GET", "/locations/{location_id}"),
        summary="Read a location",
        tag=TAG,
        scope="locations:read",
        query=shapes.LocationFields,
        response=shapes.Location,
        versioned=True,
    )
    def read_location(self, location_id, query):
        return LOCATIONS.one(request.env, location_id, query)

    @api(
        *("GET", "/warehouses"),
        summary="List warehouses",
        tag=TAG,
        scope="locations:read",
        query=shapes.WarehouseQuery,
        response=shapes.WarehousePage,
    )
    def list_warehouses(self, query):
        domain = Domain("active", "=", not query.archived)
        domain &= Domain(domain_of(query, IN_WAREHOUSES))
        domain &= _search(query, "name", "code")
        return WAREHOUSES.page(request.env, query, domain, {"name": "name"})

    @api(
        *("GET", "/warehouses/{warehouse_id}"),
        summary="Read a warehouse",
        tag=TAG,
        scope="locations:read",
        query=shapes.WarehouseFields,
        response=shapes.Warehouse,
        versioned=True,
    )
    def read_warehouse(self, warehouse_id, query):
        return WAREHOUSES.one(request.env, warehouse_id, query)
