from odoo import http
from odoo.http import request

from .door import CALL, READ, SYNC, refusing


class Handheld(http.Controller):
    @http.route(f"{SYNC}/hello", **CALL)
    @refusing
    def hello(self, **sent):
        """Register a handheld, hear how it is, and tell it what it needs to begin."""
        return request.env["stockex.sync.device"]._hello(sent)

    @http.route(f"{SYNC}/push", **CALL)
    @refusing
    def push(self, **sent):
        """Take in what was done on a handheld."""
        return request.env["stockex.sync.push"]._push(sent)

    @http.route(f"{SYNC}/catalogue", **READ)
    @refusing
    def catalogue(self, **sent):
        """Give a handheld a page of what it keeps."""
        return request.env["stockex.sync.catalogue"]._serve(sent)

    @http.route(f"{SYNC}/lookup", **READ)
    @refusing
    def lookup(self, **sent):
        """Say what something scanned is, and what the user may know of it."""
        return request.env["stockex.sync.lookup"]._serve(sent)
