"""Carries a request of the API from its key to its answer."""

import json
import logging
import time
import uuid
from datetime import UTC, datetime

from odoo import fields, http

from ...pure.auth.request_log import Entry
from ...pure.v1.catalogue import ROOT
from ...pure.v1.operation import JSON, PROBLEM
from ...pure.v1.problem import problem
from ...pure.v1.request import RequestInvalid, read_body, read_query
from .errors import ApiError, as_api_error, not_found
from .version import etag_of, matches

_logger = logging.getLogger(__name__)

LARGEST_ID = 2**31 - 1


class ApiDispatcher(http.Dispatcher):
    """Identity, limit, validation, repetition, answer and log of one request."""

    routing_type = "stockex_api"

    def __init__(self, request):
        super().__init__(request)
        self.started = time.perf_counter()
        self.request_id = uuid.uuid4().hex
        self.operation = None
        self.identity = None
        self.quota = None

    @classmethod
    def is_compatible_with(cls, request):
        return True

    # --- The way in ---

    def dispatch(self, endpoint, args):
        self.operation = endpoint.routing["operation"]
        if self.operation is None:
            raise self._unrouted()
        self._identify()
        self.request.params = self._params(args)
        key = self._idempotency_key()
        if key is None:
            return self._answer(endpoint)
        replays = self.request.env["stockex.api.replay"]
        stored = replays._begin(self.identity.subject, key, self._fingerprint())
        if stored:
            return self._replayed(stored)
        response = self._answer(endpoint)
        kept = None if self.operation.secret else response.get_data()
        replays._finish(self.identity.subject, key, response.status_code, kept)
        return response

    def _answer(self, endpoint):
        result = self.request.registry["ir.http"]._dispatch(endpoint)
        if isinstance(result, http.Response):
            return result
        return self._json(result, self.operation.status)

    def _identify(self):
        """Find out who asks and how often; the rights from here on are theirs."""
        if self.operation.scope is None:
            return
        request = self.request.httprequest
        now = fields.Datetime.now()
        # sudo: whose key it is must be known before there is a user.
        gate_sudo = self.request.env["stockex.api.gate"].sudo()
        # A replayed transaction is still the same request.
        if self.identity is None:
            header = request.headers.get("Authorization", "")
            self.identity = gate_sudo._identify(header, request.remote_addr, now)
        if self.quota is None:
            self.quota = gate_sudo._take(self.identity, now)
        if not self.quota.allowed:
            raise self._over_limit()
        if not self.identity.may(self.operation.scope):
            raise ApiError(
                403,
                "scope_missing",
                f"This needs a key with the scope “{self.operation.scope}”.",
            )
        self._become_owner()

    def _become_owner(self):
        request, identity = self.request, self.identity
        request.update_env(user=identity.uid)
        # sudo: the owner's own companies, language and nothing else.
        user_sudo = request.env.user.sudo()
        companies = identity.company_ids or (
            user_sudo.company_id.id,
            *(set(user_sudo.company_ids.ids) - {user_sudo.company_id.id}),
        )
        request.update_context(
            lang=user_sudo.lang, tz=user_sudo.tz, allowed_company_ids=list(companies)
        )

    def _over_limit(self):
        seconds = str(self.quota.reset_s)
        return ApiError(
            429,
            "rate_limited",
            f"The key made {self.quota.limit} requests in a minute. Go on in {seconds} s.",
            headers=[("Retry-After", seconds)],
        )

    def _params(self, args):
        for name, value in args.items():
            if name.endswith("_id") and not 0 < value <= LARGEST_ID:
                raise not_found()
            if not name.endswith("_id") and ("\x00" in value or len(value) > 200):
                raise not_found()
        request = self.request.httprequest
        params = dict(args)
        try:
            query = read_query(self.operation.query, dict(request.args.lists()))
            if query is not None:
                params["query"] = query
            if self.operation.takes_body:
                params |= self._body_params(request)
        except RequestInvalid as error:
            status, code = (400, "malformed") if error.malformed else (422, "invalid")
            detail = f"The request cannot be taken: {error}."
            raise ApiError(status, code, detail[:2000], error.faults[:100]) from error
        return params

    def _body_params(self, request):
        if self.operation.body and request.mimetype == JSON:
            return {"body": read_body(self.operation.body, request.get_data())}
        if request.mimetype in self.operation.media:
            return {"data": request.get_data()}
        expected = [JSON] if self.operation.body else []
        raise ApiError(
            415,
            "media_type",
            f"Send the body as {' or '.join([*expected, *self.operation.media])}.",
        )

    def _unrouted(self):
        """Say that nothing is at a path, or which methods are."""
        request = self.request
        allowed = request.env["stockex.api.document"]._methods(request.httprequest.path)
        if not allowed:
            return not_found()
        names = ", ".join(allowed)
        detail = f"This path takes {names}."
        return ApiError(405, "method_not_allowed", detail, headers=[("Allow", names)])

    # --- Repetition ---

    def _idempotency_key(self):
        header = self.request.httprequest.headers.get("Idempotency-Key")
        if header is None or self.operation.method != "POST" or self.identity is None:
            return None
        if not 0 < len(header) <= 200 or not all("!" <= sign <= "~" for sign in header):
            fault = {
                "where": "header.Idempotency-Key",
                "message": "1 to 200 visible ASCII characters",
                "code": "pattern",
            }
            raise ApiError(422, "invalid", "The Idempotency-Key cannot be taken.", [fault])
        return header

    def _fingerprint(self):
        request = self.request.httprequest
        return [request.method, request.full_path, request.get_data()]

    def _replayed(self, stored):
        status, body = stored
        if body is None:
            detail = self.request.env._(
                "This was done already under the same Idempotency-Key. Its answer held a "
                "secret and is not kept: begin again with a new key."
            )
            raise ApiError(409, "answer_not_kept", detail)
        response = self.request.make_response(body, [("Content-Type", JSON)], status=status)
        response.headers["Idempotent-Replayed"] = "true"
        if self.operation.located:
            response.headers["Location"] = self._place(json.loads(body))
        return response

    # --- The way out ---

    def _json(self, result, status):
        operation = self.operation
        if result is None:
            response = self.request.make_response("", status=status)
            response.headers.remove("Content-Type")
            return response
        text = json.dumps(result, ensure_ascii=False, separators=(",", ":"))
        response = self.request.make_response(text, [("Content-Type", JSON)], status=status)
        if operation.versioned and "fields" not in self.request.httprequest.args:
            etag = etag_of(result)
            response.headers["ETag"] = etag
            if operation.is_safe and matches(
                self.request.httprequest.headers.get("If-None-Match"), etag
            ):
                response.set_data(b"")
                response.status_code = 304
        if operation.located:
            response.headers["Location"] = self._place(result)
        return response

    def _place(self, result):
        """Return where what was created is."""
        return ROOT + self.operation.located.format(**{**self.request.params, "id": result["id"]})

    def post_dispatch(self, response):
        result = super().post_dispatch(response)
        self._finish(response)
        return result

    def handle_error(self, exc):
        error = as_api_error(exc)
        # Refusals are everyday; what broke inside has its traceback in Odoo's own log.
        if error.code != 500:
            exc.loglevel = logging.DEBUG
        else:
            _logger.error("request %s failed", self.request_id)
        body = problem(
            error.code, error.problem_code, error.description, self.request_id, error.faults
        )
        response = self.request.make_response(
            json.dumps(body, ensure_ascii=False),
            [("Content-Type", PROBLEM), *error.extra_headers],
            status=error.code,
        )
        if error.code == 401:
            challenge = getattr(exc, "www_authenticate", "") or 'Bearer realm="stockex"'
            response.headers["WWW-Authenticate"] = challenge
        self._finish(response, error.problem_code)
        return response

    def _finish(self, response, code=""):
        """Add what every answer carries, and log it once it is sent."""
        headers = response.headers
        headers["X-Request-Id"] = self.request_id
        headers.setdefault("Cache-Control", "no-store")
        headers["X-Content-Type-Options"] = "nosniff"
        operation = self.operation
        if operation and operation.deprecated:
            moment = datetime.combine(operation.deprecated, datetime.min.time(), UTC)
            headers["Deprecation"] = f"@{int(moment.timestamp())}"
            if operation.sunset:
                end = datetime.combine(operation.sunset, datetime.min.time(), UTC)
                headers["Sunset"] = end.strftime("%a, %d %b %Y %H:%M:%S GMT")
        if self.quota and self.quota.limit:
            left, reset_s = self.quota.remaining, self.quota.reset_s
            headers["RateLimit-Policy"] = f'"minute";q={self.quota.limit};w=60'
            headers["RateLimit"] = f'"minute";r={left};t={reset_s}'
        response.call_on_close(self._log_entry(response, code))

    def _log_entry(self, response, code):
        """Return what writes the request into the log; the request itself is gone by then."""
        request, identity = self.request.httprequest, self.identity
        gate = self.request.env["stockex.api.gate"]
        bodies = identity is not None and identity.log_bodies
        entry = Entry(
            time=fields.Datetime.now(),
            method=request.method,
            path=ROOT + self.operation.path if self.operation else request.path,
            status=response.status_code,
            duration_ms=(time.perf_counter() - self.started) * 1000,
            request_id=self.request_id,
            remote_addr=request.remote_addr or "",
            query=request.query_string.decode("latin-1"),
            code=code,
            request_size=request.content_length or 0,
            response_size=response.content_length or len(response.get_data()),
            identity=identity,
            request_body=request.get_data() if bodies else "",
            response_body=response.get_data() if bodies else "",
        )
        return lambda: gate._log(entry)
