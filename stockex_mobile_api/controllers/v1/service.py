from odoo import http
from odoo.http import request

from ...pure.v1.catalogue import ROOT
from ...pure.v1.service import Document
from .errors import not_found
from .resource import Resource
from .routing import api

SWAGGER = "/stockex_mobile_api/static/lib/swagger-ui"
SCRIPT = "/stockex_mobile_api/static/src/v1/docs.js"


class Service(Resource, http.Controller):
    @api(
        *("GET", "/openapi.json"),
        summary="This document",
        tag="Service",
        scope=None,
        response=Document,
    )
    def read_openapi(self):
        return request.env["stockex.api.document"]._document()


class Elsewhere(http.Controller):
    @http.route(
        [ROOT, f"{ROOT}/<stockex_text:below>"],
        type="stockex_api",
        auth="none",
        csrf=False,
        save_session=False,
        readonly=True,
        operation=None,
    )
    def nothing_here(self, below=""):
        """Answer for every path and method that no operation serves."""
        raise not_found()

    @http.route("/stockex/api/docs", type="http", auth="public", readonly=True, save_session=False)
    def docs(self):
        """Show the document with Swagger UI, if the setting allows it."""
        if not request.env["stockex.api.document"]._docs_are_on():
            raise request.not_found()
        values = {"document": f"{ROOT}/openapi.json", "lib": SWAGGER, "script": SCRIPT}
        return request.render("stockex_mobile_api.api_docs", values)
