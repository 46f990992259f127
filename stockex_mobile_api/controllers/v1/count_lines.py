from odoo import http
from odoo.http import request

from ...pure.v1 import count_lines as shapes
from .counts import COUNTS
from .errors import not_found
from .reader import Reader
from .resource import Resource, check_links, domain_of, vals_of
from .routing import api

MODEL = "stockex.count.line"
NAMES = {
    "product": "product_id",
    "location": "location_id",
    "lot": "lot_id",
    "package": "package_id",
    "owner": "owner_id",
    "zone": "zone_id",
    "unit": "uom_id",
    "reason": "reason_id",
    "updated_at": "write_date",
}
LINES = Reader(MODEL, shapes.Line, NAMES)
FILTERS = {
    "state": ("state", "in"),
    "location_id": ("location_id", "child_of"),
    "product_id": ("product_id", "="),
    "zone_id": ("zone_id", "="),
    "verdict": ("verdict", "in"),
    "recount": ("recount", "="),
    "out_of_tolerance": ("out_of_tolerance", "="),
    "updated_since": ("write_date", ">="),
}
TAG = "Count lines"


class CountLines(Resource, http.Controller):
    @api(
        *("GET", "/counts/{count_id}/lines"),
        summary="List the lines of a count",
        tag=TAG,
        scope="counts:read",
        query=shapes.LineQuery,
        response=shapes.LinePage,
    )
    def list_count_lines(self, count_id, query):
        count = COUNTS.find(request.env, count_id)
        domain = [("session_id", "=", count.id), *domain_of(query, FILTERS)]
        return LINES.page(request.env, query, domain)

    @api(
        *("GET", "/counts/{count_id}/lines/{line_id}"),
        summary="Read a line",
        tag=TAG,
        scope="counts:read",
        query=shapes.LineFields,
        response=shapes.Line,
        versioned=True,
    )
    def read_count_line(self, count_id, line_id, query):
        return LINES.show(self._line(count_id, line_id), query.fields)[0]

    @api(
        *("PATCH", "/counts/{count_id}/lines/{line_id}"),
        summary="Give a reason or a note",
        tag=TAG,
        scope="counts:write",
        body=shapes.LineUpdate,
        response=shapes.Line,
        versioned=True,
    )
    def update_count_line(self, count_id, line_id, body):
        line = self._line(count_id, line_id)
        self._check_version(LINES, line)
        vals = vals_of(body)
        check_links(line, vals)
        line.write(vals)
        return LINES.show(line)[0]

    @api(
        *("POST", "/counts/{count_id}/lines/recount"),
        summary="Have lines counted again",
        description="Their entries stop counting; the count goes back to counting.",
        tag=TAG,
        scope="counts:write",
        body=shapes.LineChoice,
        response=shapes.LineList,
    )
    def recount_lines(self, count_id, body):
        return self._decide(count_id, body, "action_recount")

    @api(
        *("POST", "/counts/{count_id}/lines/accept"),
        summary="Accept lines whose stock moved meanwhile",
        tag=TAG,
        scope="counts:write",
        body=shapes.LineChoice,
        response=shapes.LineList,
    )
    def accept_lines(self, count_id, body):
        return self._decide(count_id, body, "action_accept")

    def _decide(self, count_id, body, method):
        lines = request.env[MODEL].search(
            [("session_id", "=", count_id), ("id", "in", list(body.line_ids))]
        )
        if set(lines.ids) != set(body.line_ids):
            raise not_found()
        getattr(lines, method)()
        return {"data": LINES.show(lines)}

    def _line(self, count_id, line_id):
        line = LINES.find(request.env, line_id)
        if line.session_id.id != count_id:
            raise not_found()
        return line
