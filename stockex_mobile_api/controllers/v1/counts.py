from odoo import http
from odoo.http import request

from ...pure.v1 import counts as shapes
from ...pure.v1.types import Empty
from .reader import Reader
from .resource import Resource, check_links, domain_of, vals_of
from .routing import api

MODEL = "stockex.count.session"
NAMES = {
    "company": "company_id",
    "controller": "user_id",
    "template": "template_id",
    "warehouse": "warehouse_id",
    "region": "region_id",
    "approver": "approver_id",
    "reversal_of": "reversal_of_id",
    "job": "job_id",
    "out_of_tolerance_count": "out_count",
    "currency": "currency_id",
    "created_at": "create_date",
    "updated_at": "write_date",
}
LISTS = (
    *("warehouse_ids", "location_ids", "category_ids", "product_ids", "lot_ids"),
    "counter_ids",
)
COUNTS = Reader(MODEL, shapes.Count, NAMES)
TEMPLATES = Reader("stockex.count.template", shapes.Template, {"company": "company_id"})
REASONS = Reader("stockex.count.reason", shapes.Reason, {"company": "company_id"})
FILTERS = {
    "state": ("state", "in"),
    "kind": ("kind", "in"),
    "warehouse_id": ("warehouse_id", "="),
    "company_id": ("company_id", "="),
    "counter_id": ("counter_ids", "in"),
    "template_id": ("template_id", "="),
    "search": ("display_name", "ilike"),
    "updated_since": ("write_date", ">="),
}
BY_NAME = {"search": ("name", "ilike")}
TAG = "Counts"


class Counts(Resource, http.Controller):
    @api(
        *("GET", "/counts"),
        summary="List counts",
        tag=TAG,
        scope="counts:read",
        query=shapes.CountQuery,
        response=shapes.CountPage,
    )
    def list_counts(self, query):
        domain = domain_of(query, FILTERS)
        sorts = {"updated_at": "write_date", "name": "name"}
        return COUNTS.page(request.env, query, domain, sorts)

    @api(
        *("POST", "/counts"),
        summary="Prepare a count",
        description="From a template, or from what is counted and where. It is a draft: "
        "nothing is frozen before it is started.",
        tag=TAG,
        scope="counts:write",
        status=201,
        located="/counts/{id}",
        body=shapes.CountCreate,
        response=shapes.Count,
    )
    def create_count(self, body):
        env = request.env
        given = vals_of(body, lists=LISTS)
        check_links(env[MODEL], given)
        vals = {}
        if body.template_id is not None:
            template = env["stockex.count.template"].browse(body.template_id)
            vals = template._prepare_session_vals()
        count = env[MODEL].create({**vals, **given})
        return COUNTS.show(count)[0]

    @api(
        *("GET", "/counts/{count_id}"),
        summary="Read a count",
        tag=TAG,
        scope="counts:read",
        query=shapes.CountFields,
        response=shapes.Count,
        versioned=True,
    )
    def read_count(self, count_id, query):
        return COUNTS.one(request.env, count_id, query)

    @api(
        *("PATCH", "/counts/{count_id}"),
        summary="Change a count",
        description="What is counted can change in a draft only.",
        tag=TAG,
        scope="counts:write",
        body=shapes.CountUpdate,
        response=shapes.Count,
        versioned=True,
    )
    def update_count(self, count_id, body):
        count = COUNTS.find(request.env, count_id)
        self._check_version(COUNTS, count)
        vals = vals_of(body, lists=LISTS)
        check_links(count, vals)
        count.write(vals)
        return COUNTS.show(count)[0]

    @api(
        *("DELETE", "/counts/{count_id}"),
        summary="Delete a draft",
        description="Only a draft or a cancelled count; any other one is evidence.",
        tag=TAG,
        scope="counts:write",
        status=204,
        versioned=True,
    )
    def delete_count(self, count_id):
        count = COUNTS.find(request.env, count_id)
        self._check_version(COUNTS, count)
        count.unlink()

    @api(
        *("GET", "/count-templates"),
        summary="List count templates",
        tag=TAG,
        scope="counts:read",
        query=shapes.TemplateQuery,
        response=shapes.TemplatePage,
    )
    def list_count_templates(self, query):
        return TEMPLATES.page(request.env, query, domain_of(query, BY_NAME))

    @api(
        *("GET", "/count-reasons"),
        summary="List reasons for variances",
        tag=TAG,
        scope="counts:read",
        query=shapes.ReasonQuery,
        response=shapes.ReasonPage,
    )
    def list_count_reasons(self, query):
        return REASONS.page(request.env, query, domain_of(query, BY_NAME))


class CountSteps(Resource, http.Controller):
    """The way of a count, a step a route."""

    @api(
        *("POST", "/counts/{count_id}/start"),
        summary="Start a count",
        description="Freezes the book, builds the lines, lets the counters in.",
        tag=TAG,
        scope="counts:write",
        body=Empty,
        response=shapes.Count,
    )
    def start_count(self, count_id, body):
        return self._step(count_id, "action_start")

    @api(
        *("POST", "/counts/{count_id}/submit"),
        summary="Close the counting for review",
        tag=TAG,
        scope="counts:write",
        body=Empty,
        response=shapes.Count,
    )
    def submit_count(self, count_id, body):
        return self._step(count_id, "action_review")

    @api(
        *("POST", "/counts/{count_id}/approve"),
        summary="Approve a count",
        description="As another person than those who counted.",
        tag=TAG,
        scope="counts:approve",
        body=Empty,
        response=shapes.Count,
    )
    def approve_count(self, count_id, body):
        return self._step(count_id, "action_approve")

    @api(
        *("POST", "/counts/{count_id}/reject"),
        summary="Send a count back to counting",
        tag=TAG,
        scope="counts:approve",
        body=shapes.Rejection,
        response=shapes.Count,
    )
    def reject_count(self, count_id, body):
        count = COUNTS.find(request.env, count_id)
        count._reject(body.reason)
        return COUNTS.show(count)[0]

    @api(
        *("POST", "/counts/{count_id}/post"),
        summary="Correct the stock",
        description="In the background: `job` is where its progress is.",
        tag=TAG,
        scope="counts:post",
        status=202,
        body=Empty,
        response=shapes.Count,
    )
    def post_count(self, count_id, body):
        return self._step(count_id, "action_post")

    @api(
        *("POST", "/counts/{count_id}/cancel"),
        summary="Give a count up",
        description="The stock stays as it is.",
        tag=TAG,
        scope="counts:write",
        body=Empty,
        response=shapes.Count,
    )
    def cancel_count(self, count_id, body):
        return self._step(count_id, "action_cancel")

    @api(
        *("POST", "/counts/{count_id}/reverse"),
        summary="Undo a posted count",
        description="Makes and posts the count that undoes it, or some of its lines. "
        "Answers with the new count.",
        tag=TAG,
        scope="counts:post",
        status=202,
        body=shapes.Reversal,
        response=shapes.Count,
    )
    def reverse_count(self, count_id, body):
        count = COUNTS.find(request.env, count_id)
        lines = request.env["stockex.count.line"].browse(body.line_ids or []).exists()
        if body.line_ids:
            vals = {"line_ids": [(6, 0, list(body.line_ids))]}
            check_links(request.env["stockex.count.reverse"], vals)
        else:
            lines = count.line_ids.filtered(
                lambda line: line.state == "posted" and not line.reversing_line_ids
            )
        reversal = count._reverse(lines, body.reason, body.posting_date or False)
        return COUNTS.show(reversal)[0]

    def _step(self, count_id, method):
        count = COUNTS.find(request.env, count_id)
        getattr(count, method)()
        return COUNTS.show(count)[0]
