from odoo import http
from odoo.http import request

from ...pure.v1 import jobs as shapes
from ...pure.v1.types import Empty
from .reader import Reader
from .resource import Resource, domain_of
from .routing import api


def _results(jobs):
    return {job.id: shapes.plain_result(job.result) for job in jobs}


def _records(jobs):
    return {job.id: {"model": job.res_model, "id": job.res_id} for job in jobs}


JOBS = Reader(
    "stockex.job",
    shapes.Job,
    {"user": "user_id", "company": "company_id", "created_at": "create_date"},
    {"result": _results, "record": _records},
)
FILTERS = {"state": ("state", "in"), "company_id": ("company_id", "=")}
TAG = "Jobs"


class Jobs(Resource, http.Controller):
    @api(
        *("GET", "/jobs"),
        summary="List jobs",
        description="One's own; those who lead counts see all of their companies.",
        tag=TAG,
        scope="jobs:read",
        query=shapes.JobQuery,
        response=shapes.JobPage,
    )
    def list_jobs(self, query):
        domain = domain_of(query, FILTERS)
        if query.mine is not None:
            domain.append(("user_id", "=" if query.mine else "!=", request.env.uid))
        return JOBS.page(request.env, query, domain)

    @api(
        *("GET", "/jobs/{job_id}"),
        summary="Read a job",
        tag=TAG,
        scope="jobs:read",
        query=shapes.JobFields,
        response=shapes.Job,
        versioned=True,
    )
    def read_job(self, job_id, query):
        return JOBS.one(request.env, job_id, query)

    @api(
        *("POST", "/jobs/{job_id}/cancel"),
        summary="Cancel a job",
        description="It stops after what it is doing now; what is done stays done.",
        tag=TAG,
        scope="jobs:write",
        body=Empty,
        response=shapes.Job,
    )
    def cancel_job(self, job_id, body):
        job = JOBS.find(request.env, job_id)
        job.action_cancel()
        return JOBS.show(job)[0]
