from odoo import fields, http
from odoo.http import request

from ..models.auth.oauth import SERVER
from ..models.auth.oauth_server import NO_STORE

# The page asks for consent: nobody may lay another one over it.
PAGE = [*NO_STORE.items(), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "no-referrer")]
TOKEN_ROUTE = {
    "type": "http",
    "auth": "none",
    "methods": ["POST"],
    "csrf": False,
    "save_session": False,
    "readonly": False,
}


class Oauth(http.Controller):
    @http.route(
        "/.well-known/oauth-authorization-server",
        type="http",
        auth="none",
        methods=["GET"],
        save_session=False,
        readonly=True,
    )
    def metadata(self):
        """Describe the server (RFC 8414)."""
        return request.make_json_response(request.env["stockex.api.oauth"]._metadata())

    @http.route(
        f"{SERVER}/authorize", type="http", auth="user", methods=["GET", "POST"], readonly=False
    )
    def authorize(self, **_parameters):
        """Ask the user whether an application may act for them, and tell it their answer."""
        answer = request.env["stockex.api.consent"]._answer(
            request.httprequest, fields.Datetime.now()
        )
        if isinstance(answer, dict):
            page = request.render("stockex_mobile_api.oauth_page", answer)
            page.status_code = answer["status"]
            page.headers.extend(PAGE)
            return page
        return answer

    @http.route(f"{SERVER}/token", **TOKEN_ROUTE)
    def token(self, **_parameters):
        """Give tokens for a code, for a refresh token, or for a client's own secret."""
        return self._protocol("token")

    @http.route(f"{SERVER}/revoke", **TOKEN_ROUTE)
    def revoke(self, **_parameters):
        """End a token (RFC 7009)."""
        return self._protocol("revocation")

    @http.route(f"{SERVER}/introspect", **TOKEN_ROUTE)
    def introspect(self, **_parameters):
        """Tell an application about its own token (RFC 7662)."""
        return self._protocol("introspection")

    @staticmethod
    def _protocol(endpoint):
        return request.env["stockex.api.oauth.door"]._serve(
            endpoint, request.httprequest, fields.Datetime.now()
        )
