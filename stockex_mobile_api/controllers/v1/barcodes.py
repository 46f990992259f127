from odoo import http
from odoo.http import request

from ...pure.v1 import barcodes as shapes
from .errors import ApiError
from .reader import link
from .resource import Resource
from .routing import api

# What is told of it needs a scope beyond `products:read`.
SCOPES = {
    "location": "locations:read",
    "package": "locations:read",
    "lot": "lots:read",
    "serial": "lots:read",
}
# Parts that say what was scanned, not only how much or until when.
NAMING = {"product", "lot", "package", "location", "location_dest"}
UNKNOWN = "A code that stands for nothing known here, or for nothing that the key may see."
TAG = "Barcodes"


class Barcodes(Resource, http.Controller):
    @api(
        *("GET", "/barcodes"),
        summary="Look a code up",
        description="A product, packaging, lot, serial number, location or package, by its "
        "barcode, number or GS1 string.",
        tag=TAG,
        scope="products:read",
        query=shapes.BarcodeQuery,
        response=shapes.Barcode,
        refusals={404: UNKNOWN},
    )
    def find_barcode(self, query):
        return self._find(query.code)

    @api(
        *("GET", "/barcodes/{code}"),
        summary="Look a code up by its path",
        description="As `GET /barcodes?code=`, for codes that a path can carry: some "
        "programs alter `//`, `.` and `..` in paths.",
        tag=TAG,
        scope="products:read",
        response=shapes.Barcode,
        refusals={404: UNKNOWN},
    )
    def read_barcode(self, code):
        return self._find(code)

    def _find(self, code):
        env = request.env
        matches, parts = env["stockex.barcode"]._read_code(code.strip(" \t\r\n"), env.companies)
        may = request.dispatcher.identity.may
        matches = [match for match in matches if may(SCOPES.get(match["type"], ""))]
        if not matches and not NAMING & {part["type"] for part in parts}:
            detail = env._("“%(code)s” stands for nothing known here.", code=code[:100])
            raise ApiError(404, "not_found", detail)
        return {
            "code": code,
            "matches": [self._shown(match, may("lots:read")) for match in matches],
            "gs1": shapes.plain_parts(parts),
        }

    def _shown(self, match, lots):
        product = match.get("product")
        return {
            "type": match["type"],
            "product": product and link(product),
            "quantity": match.get("quantity"),
            "unit": product and link(product.uom_id),
            "packaging": link(match.get("packaging")),
            "lot": link(match.get("lot")) if lots else None,
            "location": link(match.get("location")),
            "package": link(match.get("package")),
        }
