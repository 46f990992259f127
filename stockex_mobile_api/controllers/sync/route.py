from odoo import http
from odoo.http import request

from odoo.addons.stockex.controllers.document import send_workbook


class Route(http.Controller):
    @http.route(
        "/stockex/handheld/route.xlsx", type="http", auth="user", methods=["GET"], readonly=True
    )
    def workbook(self, user="", day="", session="", **_rest):
        """Send a counter's day as an Excel workbook."""
        name, data = request.env["stockex.sync.route.workbook"]._build(
            _number(user), day or None, _number(session)
        )
        return send_workbook(data, f"{name}.xlsx")


def _number(text):
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
