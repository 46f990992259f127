"""Our records as Authlib sees an application, a code and a token."""

import hmac
from datetime import UTC

from authlib.oauth2.rfc6749 import (
    AuthorizationCodeMixin,
    ClientMixin,
    InvalidRequestError,
    OAuth2Payload,
    OAuth2Request,
    TokenMixin,
)

from odoo import fields

from ...pure.auth.credential import digest
from ...pure.auth.redirect import is_registered

SECRET_WAYS = ("client_secret_basic", "client_secret_post")
# Authlib quotes these in its errors, which hold printable ASCII only.
QUOTED = ("client_id", "grant_type", "redirect_uri", "response_type", "scope", "token_type_hint")
LONGEST = 4096


class Payload(OAuth2Payload):
    """The parameters of one request, each of them given once."""

    def __init__(self, values):
        self._values = values
        for name, found in values.lists():
            if len(found) > 1:
                raise InvalidRequestError("A parameter is given more than once.")
            if "\0" in found[0] or len(found[0]) > LONGEST:
                raise InvalidRequestError("A parameter is too long or holds a zero byte.")
            if name in QUOTED and not _is_plain(found[0]):
                raise InvalidRequestError("A parameter holds signs that are not allowed.")

    @property
    def data(self):
        return self._values

    @property
    def datalist(self):
        return dict(self._values.lists())


def _is_plain(text):
    return text.isascii() and text.isprintable() and '"' not in text and "\\" not in text


class Request(OAuth2Request):
    """A request of Odoo: authorisation reads its query, all else its body."""

    def __init__(self, httprequest, at_authorisation=False):
        super().__init__(httprequest.method, httprequest.url, headers=httprequest.headers)
        self._form = httprequest.form
        self._args = httprequest.args
        self.payload = Payload(self._args if at_authorisation else self._form)
        self.session = None

    @property
    def args(self):
        return self._args

    @property
    def form(self):
        return self._form


class Client(ClientMixin):
    """An application."""

    def __init__(self, record_sudo):
        self.record = record_sudo

    def get_client_id(self):
        return self.record.client_id

    def get_default_redirect_uri(self):
        uris = self.record._redirects()
        return uris[0] if len(uris) == 1 else None

    def get_allowed_scope(self, scope):
        """Return what is asked for, all that is allowed if nothing is; None if it is too much."""
        allowed = self.record.scope_ids.mapped("name")
        asked = (scope or "").split() or allowed
        return " ".join(sorted(set(asked))) if set(asked) <= set(allowed) else None

    def check_redirect_uri(self, redirect_uri):
        return is_registered(redirect_uri, self.record._redirects())

    def check_client_secret(self, client_secret):
        stored = self.record.secret_hash or ""
        return bool(stored) and hmac.compare_digest(stored, digest(client_secret))

    def check_endpoint_auth_method(self, method, _endpoint):
        return method in SECRET_WAYS if self.record.kind == "confidential" else method == "none"

    def check_response_type(self, response_type):
        return response_type == "code" and self.record.in_users_name

    def check_grant_type(self, grant_type):
        return {
            "authorization_code": self.record.in_users_name,
            "refresh_token": self.record.in_users_name and self.record.stays_signed_in,
            "client_credentials": self.record.in_own_name,
        }.get(grant_type, False)


class Code(AuthorizationCodeMixin):
    """An authorisation code."""

    def __init__(self, record_sudo):
        self.record = record_sudo
        self.code_challenge = record_sudo.challenge
        self.code_challenge_method = "S256"

    def get_redirect_uri(self):
        return self.record.redirect_uri

    def get_scope(self):
        return self.record.scope


class Token(TokenMixin):
    """An access or a refresh token, for its renewal, its end or a question about it.

    :ivar claims: of an access token, None for a refresh token.
    """

    def __init__(self, session_sudo, refresh_sudo=None, claims=None, gone=False):
        self.session = session_sudo
        self.refresh = refresh_sudo
        self.claims = claims
        self._gone = gone

    def check_client(self, client):
        return self.session.client_id == client.record

    def get_scope(self):
        """Return what was granted and is still allowed to the application."""
        granted = self.session.scope_ids & self.session.client_id.scope_ids
        return " ".join(sorted(granted.mapped("name")))

    @property
    def ends_at(self):
        return self.claims.expires_at if self.claims else self.refresh.expires_at

    def get_expires_in(self):
        return int((self.ends_at - fields.Datetime.now()).total_seconds())

    def get_expiry(self):
        """Return the last moment as a Unix time."""
        return int(self.ends_at.replace(tzinfo=UTC).timestamp())

    def is_expired(self):
        return self.ends_at <= fields.Datetime.now()

    def is_revoked(self):
        user = self.session.user_id
        used = bool(self.refresh and self.refresh.used_at)
        return bool(self._gone or used or self.session.revoked_at or not user.active or user.share)

    def get_user(self):
        return self.session.user_id

    def get_client(self):
        return self.session.client_id
