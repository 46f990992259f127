import json
import time
import uuid

from odoo import api, models

from ...pure.auth.identity import Identity
from ...pure.auth.network import neighbourhood
from ...pure.auth.quota import quota
from ...pure.auth.request_log import Entry
from .oauth_parties import SECRET_WAYS, Request
from .oauth_server import Server

# All requests from one neighbourhood in a minute; wrong secrets, codes and tokens count more.
REQUESTS_A_MINUTE = 120
GUESSES = (400, 401)


class OauthDoor(models.AbstractModel):
    """The endpoints that applications call: they pass the protocol on, at a measured pace."""

    _name = "stockex.api.oauth.door"
    _description = "OAuth 2.0 Endpoints"

    @api.model
    def _serve(self, endpoint, httprequest, now):
        """Answer a request of an application.

        :param endpoint: ``token``, ``revocation`` or ``introspection``.
        """
        started = time.perf_counter()
        server = Server(self.env["stockex.api.oauth"])
        answer = self._answer(server, endpoint, httprequest, now)
        request_id = uuid.uuid4().hex
        answer.headers["X-Request-Id"] = request_id
        entry = Entry(
            time=now,
            method=httprequest.method,
            path=httprequest.path,
            status=answer.status_code,
            duration_ms=(time.perf_counter() - started) * 1000,
            request_id=request_id,
            remote_addr=httprequest.remote_addr or "",
            code=self._fault(answer),
            request_size=httprequest.content_length or 0,
            response_size=len(answer.get_data()),
            identity=self._identity(server, answer),
        )
        gate = self.env["stockex.api.gate"]
        # Once it is sent: a transaction that is tried again is still one request.
        answer.call_on_close(lambda: gate._log(entry))
        return answer

    def _answer(self, server, endpoint, httprequest, now):
        place = neighbourhood(httprequest.remote_addr or "")
        gate = self.env["stockex.api.gate"]
        used, started = gate._count(f"oauth:{place}", now)
        left = quota(REQUESTS_A_MINUTE, used, started, now)
        if not left.allowed:
            return self._too_many(server, left)
        answer = server.answer(self._work, server, endpoint, httprequest)
        if answer.status_code in GUESSES:
            left = gate._count_guess(place, now)
            if not left.allowed:
                return self._too_many(server, left)
        return answer

    @staticmethod
    def _work(server, endpoint, httprequest):
        server.asked = Request(httprequest)
        if endpoint == "token":
            return server.create_token_response(server.asked)
        return server.create_endpoint_response(endpoint, server.asked)

    # --- Log ---

    @staticmethod
    def _identity(server, answer):
        """Return whose request it was; None if they did not show it.

        An app without a secret only says its name: whoever fails with it is a stranger.
        """
        proven = server.known_by in SECRET_WAYS or answer.status_code < 400
        if not server.known or not proven:
            return None
        client_sudo = server.known.record
        user_sudo = server.asked.session and server.asked.session.user_id
        own = not user_sudo or server.asked.session.kind == "own"
        return Identity(
            uid=user_sudo.id if user_sudo else 0,
            scopes=frozenset(),
            limit_per_minute=0,
            subject=f"client:{client_sudo.id}" + ("" if own else f"/{user_sudo.id}"),
            label=client_sudo.name,
            company_id=client_sudo.company_id.id,
            client_id=client_sudo.id,
            # Bodies hold nothing but codes, secrets and tokens: they are never kept.
            log=client_sudo.company_id.stockex_api_log,
        )

    @staticmethod
    def _fault(answer):
        if answer.status_code < 400:
            return ""
        body = json.loads(answer.get_data())
        return str(body.get("error", ""))

    @staticmethod
    def _too_many(server, left):
        body = {
            "error": "temporarily_unavailable",
            "error_description": "Too many requests from your address. Wait, then try again.",
        }
        headers = [("Content-Type", "application/json"), ("Retry-After", str(left.reset_s))]
        return server.handle_response(429, body, headers)
