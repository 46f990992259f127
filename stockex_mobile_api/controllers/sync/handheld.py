from odoo import http
from odoo.http import request

from .door import CALL, SYNC, refusing


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
