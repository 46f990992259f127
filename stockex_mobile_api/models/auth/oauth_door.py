from odoo import api, models

from ...pure.auth.network import neighbourhood
from ...pure.auth.quota import quota
from .oauth_parties import Request
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
        server = Server(self.env["stockex.api.oauth"])
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
        asked = Request(httprequest)
        if endpoint == "token":
            return server.create_token_response(asked)
        return server.create_endpoint_response(endpoint, asked)

    @staticmethod
    def _too_many(server, left):
        body = {
            "error": "temporarily_unavailable",
            "error_description": "Too many requests from your address. Wait, then try again.",
        }
        headers = [("Content-Type", "application/json"), ("Retry-After", str(left.reset_s))]
        return server.handle_response(429, body, headers)
