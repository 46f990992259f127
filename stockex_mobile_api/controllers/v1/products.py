from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.stockex.models.counting.count_plan import SEES_BOOK

from ...pure.v1 import products as shapes
from ...pure.v1.types import Empty
from .errors import ApiError
from .reader import Reader
from .resource import Resource, check_links, domain_of, part, vals_of
from .routing import api

MODEL = "product.product"
NAMES = {
    "reference": "default_code",
    "category": "categ_id",
    "unit": "uom_id",
    "has_expiry_date": "use_expiration_date",
    "list_price": "lst_price",
    "currency": "currency_id",
    "abc_class": "stockex_abc_class",
    "company": "company_id",
    "created_at": "create_date",
    "updated_at": "write_date",
}
WRITTEN = NAMES | {"category_id": "categ_id", "unit_id": "uom_id", "company_id": "company_id"}
FILTERS = {
    "barcode": ("barcode", "="),
    "reference": ("default_code", "="),
    "category_id": ("categ_id", "child_of"),
    "company_id": ("company_id", "="),
    "type": ("type", "in"),
    "tracking": ("tracking", "in"),
    "is_storable": ("is_storable", "="),
    "updated_since": ("write_date", ">="),
}
SORTS = {"updated_at": "write_date", "name": "name"}
TAG = "Products"


def _costs(products):
    if not products.env.user.has_groups(SEES_BOOK):
        return {}
    return {product.id: product.standard_price for product in products}


def _quantities(field):
    """Return what shows a figure of the stock to those who may see it."""

    def show(products):
        if not may_see_stock(products.env):
            return {}
        return {product.id: product[field] for product in products}

    return show


def may_see_stock(env):
    """Tell whether the key and its owner may learn of quantities."""
    return request.dispatcher.identity.may("stock:read") and env["stock.quant"]._may_be_seen()


QUANTITIES = {
    "on_hand_quantity": _quantities("qty_available"),
    "free_quantity": _quantities("free_qty"),
    "forecast_quantity": _quantities("virtual_available"),
}
PRODUCTS = Reader(
    MODEL, shapes.Product, NAMES, {"standard_price": _costs, **QUANTITIES}, on_request=QUANTITIES
)
CATEGORIES = Reader(
    "product.category", shapes.Category, {"name": "complete_name", "parent": "parent_id"}
)
UNITS = Reader("uom.uom", shapes.Unit, {"reference_unit": "relative_uom_id"})


def check_barcode(product, vals):
    """Refuse a barcode that another product has, naming it.

    :param product: the one that is written, or none yet.
    :raise ApiError: 409.
    """
    barcode = vals.get("barcode")
    if not barcode:
        return
    company = vals.get("company_id") or product.company_id.id
    domain = [("barcode", "=", barcode), ("id", "not in", product.ids)]
    if company:
        domain.append(("company_id", "in", (False, company)))
    others = product.with_context(active_test=False, skip_preprocess_gs1=True)
    if other := others.search(domain, limit=1):
        detail = product.env._(
            "The barcode %(barcode)s is that of “%(product)s”. Take another one, or change "
            "that product's first.",
            barcode=barcode,
            product=other.display_name,
        )
        raise ApiError(409, "barcode_taken", detail)


class Products(Resource, http.Controller):
    @api(
        *("GET", "/products"),
        summary="List products",
        tag=TAG,
        scope="products:read",
        query=shapes.ProductQuery,
        response=shapes.ProductPage,
    )
    def list_products(self, query):
        domain = Domain("active", "=", not query.archived) & Domain(domain_of(query, FILTERS))
        if query.search is not None:
            # A barcode is found as a whole, so as it was sent.
            found = Domain("display_name", "ilike", part(query.search))
            domain &= found | Domain("barcode", "=", query.search)
        return PRODUCTS.page(request.env, query, domain, SORTS)

    @api(
        *("POST", "/products"),
        summary="Create a product",
        tag=TAG,
        scope="products:write",
        status=201,
        located="/products/{id}",
        body=shapes.ProductCreate,
        response=shapes.Product,
    )
    def create_product(self, body):
        model = request.env[MODEL]
        vals = vals_of(body, WRITTEN)
        check_links(model, vals, WRITTEN)
        check_barcode(model, vals)
        return PRODUCTS.show(model.create(vals))[0]

    @api(
        *("GET", "/products/{product_id}"),
        summary="Read a product",
        description="With `fields=name,on_hand_quantity,free_quantity`: and how much there is.",
        tag=TAG,
        scope="products:read",
        query=shapes.ProductFields,
        response=shapes.Product,
        versioned=True,
    )
    def read_product(self, product_id, query):
        return PRODUCTS.one(request.env, product_id, query)

    @api(
        *("PATCH", "/products/{product_id}"),
        summary="Change a product",
        tag=TAG,
        scope="products:write",
        body=shapes.ProductUpdate,
        response=shapes.Product,
        versioned=True,
    )
    def update_product(self, product_id, body):
        product = PRODUCTS.find(request.env, product_id)
        self._check_version(PRODUCTS, product)
        vals = vals_of(body, WRITTEN)
        check_links(product, vals, WRITTEN)
        check_barcode(product, vals)
        product.write(vals)
        return PRODUCTS.show(product)[0]

    @api(
        *("POST", "/products/{product_id}/archive"),
        summary="Archive a product",
        description="It is no longer offered; what happened with it stays.",
        tag=TAG,
        scope="products:write",
        body=Empty,
        response=shapes.Product,
    )
    def archive_product(self, product_id, body):
        product = PRODUCTS.find(request.env, product_id)
        product.action_archive()
        return PRODUCTS.show(product)[0]

    @api(
        *("POST", "/products/{product_id}/unarchive"),
        summary="Take a product out of the archive",
        tag=TAG,
        scope="products:write",
        body=Empty,
        response=shapes.Product,
    )
    def unarchive_product(self, product_id, body):
        product = PRODUCTS.find(request.env, product_id)
        product.action_unarchive()
        return PRODUCTS.show(product)[0]


class ProductTables(Resource, http.Controller):
    """What products refer to."""

    @api(
        *("GET", "/product-categories"),
        summary="List categories of products",
        tag=TAG,
        scope="products:read",
        query=shapes.CategoryQuery,
        response=shapes.CategoryPage,
    )
    def list_product_categories(self, query):
        return CATEGORIES.page(
            request.env, query, domain_of(query, {"search": ("complete_name", "ilike")})
        )

    @api(
        *("GET", "/units"),
        summary="List units of measure",
        tag=TAG,
        scope="products:read",
        query=shapes.UnitQuery,
        response=shapes.UnitPage,
    )
    def list_units(self, query):
        return UNITS.page(request.env, query, domain_of(query, {"search": ("name", "ilike")}))
