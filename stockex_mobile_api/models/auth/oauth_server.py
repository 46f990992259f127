"""Authlib's authorization server over our records (RFC 6749, 7009, 7636, 7662, 9207)."""

import json

from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import (
    AuthorizationServer,
    InvalidGrantError,
    InvalidRequestError,
    InvalidScopeError,
    grants,
)
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc7662 import IntrospectionEndpoint
from authlib.oauth2.rfc9207 import IssuerParameter

from odoo import fields
from odoo.http import Response

from ...pure.auth import scopes
from ...pure.auth.access_token import TokenInvalid
from .oauth_parties import SECRET_WAYS, Client, Code, Request, Token

NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}


class Issuing:
    """A grant that ends in tokens of ours."""

    TOKEN_ENDPOINT_AUTH_METHODS = [*SECRET_WAYS, "none"]

    def generate_token(self, user=None, scope=None, include_refresh_token=True, **_more):
        """Open or go on with an access, and write its tokens."""
        scope = self.request.client.get_allowed_scope(scope)
        if not scope:
            raise InvalidScopeError
        self.request.session = self._session(user, scope)
        return self.server.oauth._issue(self.request.session, scope, include_refresh_token)


class AuthorizationCodeGrant(Issuing, grants.AuthorizationCodeGrant):
    def save_authorization_code(self, code, request):
        self.server.oauth._save_code(
            code, request.client.record, request.user, request.payload, request.scope
        )

    def query_authorization_code(self, code, client):
        code_sudo = self.server.oauth._find_code(code, client.record)
        return Code(code_sudo) if code_sudo else None

    def delete_authorization_code(self, authorization_code):
        """Keep it, used: a second use must be noticed."""
        authorization_code.record.write(
            {"used_at": fields.Datetime.now(), "session_id": self.request.session.id}
        )

    def authenticate_user(self, authorization_code):
        user = authorization_code.record.user_id
        return user if self.server.oauth._may_use(user) else None

    def _session(self, user, scope):
        client = self.request.client.record
        return self.server.oauth._open_session(client, user, scope, "code")

    @staticmethod
    def validate_authorization_redirect_uri(request, client):
        """Refuse without quoting: what is quoted in an error may come from anybody."""
        asked = request.payload.redirect_uri
        if asked and not client.check_redirect_uri(asked):
            raise InvalidRequestError("The redirect_uri is not one of this application.")
        uri = asked or client.get_default_redirect_uri()
        if not uri:
            raise InvalidRequestError("Missing 'redirect_uri' in request.")
        return uri


class RefreshTokenGrant(Issuing, grants.RefreshTokenGrant):
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token):
        """Return a token that may renew; an old one ends the whole access (RFC 9700, 4.14)."""
        refresh_sudo = self.server.oauth._find_refresh(refresh_token)
        if not refresh_sudo:
            return None
        if refresh_sudo.used_at:
            refresh_sudo.session_id._revoke("refresh_reused")
        token = Token(refresh_sudo.session_id, refresh_sudo)
        return None if token.is_revoked() or token.is_expired() else token

    def authenticate_user(self, refresh_token):
        return refresh_token.get_user()

    def revoke_old_credential(self, refresh_token):
        refresh_token.refresh.used_at = fields.Datetime.now()

    def _session(self, _user, _scope):
        return self.request.refresh_token.session


class ClientCredentialsGrant(Issuing, grants.ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = list(SECRET_WAYS)

    def _session(self, _user, scope):
        client = self.request.client.record
        if not self.server.oauth._may_use(client.user_id):
            raise InvalidGrantError("The user of this application is not active.")
        return self.server.oauth._open_session(client, client.user_id, scope, "own")


class Pkce(CodeChallenge):
    """PKCE for everybody, with S256 said in so many words."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]

    def validate_code_challenge(self, grant, redirect_uri):
        data = grant.request.payload.data
        if not data.get("code_challenge"):
            raise InvalidRequestError("Missing 'code_challenge'")
        if data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("Unsupported 'code_challenge_method'")
        return super().validate_code_challenge(grant, redirect_uri)


class TokenFinder:
    """Find what a client calls a token."""

    def query_token(self, token_string, _token_type_hint):
        oauth = self.server.oauth
        refresh_sudo = oauth._find_refresh(token_string)
        if refresh_sudo:
            return Token(refresh_sudo.session_id, refresh_sudo)
        try:
            claims = oauth._read(token_string, fields.Datetime.now())
        except TokenInvalid:
            return None
        session_sudo = oauth._find_session(claims)
        if not session_sudo:
            return None
        return Token(session_sudo, claims=claims, gone=oauth._is_revoked(claims))


class Revocation(TokenFinder, RevocationEndpoint):
    CLIENT_AUTH_METHODS = [*SECRET_WAYS, "none"]

    def revoke_token(self, token, _request):
        """End one access token, or with a refresh token all that comes from it."""
        if token.claims:
            self.server.oauth._revoke_token(token.claims)
        else:
            token.session._revoke("client")


class Introspection(TokenFinder, IntrospectionEndpoint):
    CLIENT_AUTH_METHODS = list(SECRET_WAYS)

    def check_permission(self, token, client, _request):
        return token.check_client(client)

    def introspect_token(self, token):
        return {
            "client_id": token.get_client().client_id,
            "sub": str(token.get_user().id),
            "username": token.get_user().login,
            "scope": " ".join(sorted(token.claims.scopes)) if token.claims else token.get_scope(),
            "exp": token.get_expiry(),
            "iss": self.server.oauth._issuer(),
            "aud": self.server.oauth._audience(),
            "token_type": "Bearer",
        }


class Server(AuthorizationServer):
    """One for each request, as it holds its environment.

    :param oauth: `stockex.api.oauth` with the request's environment.
    """

    def __init__(self, oauth):
        super().__init__(scopes_supported=scopes.names())
        self.oauth = oauth
        self.asked = None
        # The application that showed who it is, and how.
        self.known, self.known_by = None, ""
        self.register_grant(AuthorizationCodeGrant, [Pkce(required=True)])
        self.register_grant(RefreshTokenGrant)
        self.register_grant(ClientCredentialsGrant)
        self.register_endpoint(Revocation)
        self.register_endpoint(Introspection)
        self.register_extension(self._issuer_parameter)

    @staticmethod
    def _issuer_parameter(server):
        parameter = IssuerParameter()
        parameter.get_issuer = server.oauth._issuer
        parameter(server)
        return parameter

    def authenticate_client(self, request, methods, endpoint="token"):
        """Remember who asks: the log names them also when they are refused."""
        client = super().authenticate_client(request, methods, endpoint)
        self.known, self.known_by = client, request.auth_method
        return client

    def query_client(self, client_id):
        client_sudo = self.oauth._client(client_id)
        return Client(client_sudo) if client_sudo else None

    def save_token(self, token, request):
        """Remember when the access was last renewed: its tokens are saved as they are made."""
        request.session.flush_recordset()

    def send_signal(self, name, *args, **kwargs):
        """Tell nobody: what happens is read from the records."""

    def create_oauth2_request(self, request):
        """Read a request of ours; Authlib calls it with what it was given."""
        if isinstance(request, Request):
            return request
        return Request(request.httprequest)

    def handle_response(self, status, body, headers):
        """Answer as Odoo does, and let nobody keep it."""
        text = json.dumps(body) if isinstance(body, dict) else body
        return Response(text, status=status, headers=list({**dict(headers), **NO_STORE}.items()))

    def answer(self, work, *arguments):
        """Run a piece of the protocol and answer its error as the protocol says."""
        try:
            return work(*arguments)
        except OAuth2Error as error:
            return self.handle_error_response(None, error)
