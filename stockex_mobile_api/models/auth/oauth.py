import secrets
from datetime import timedelta

from odoo import api, fields, models

from ...pure.auth import scopes
from ...pure.auth.access_token import LIFE_S, Claims, TokenInvalid, read_token, write_token
from ...pure.auth.credential import KEY_BYTES, digest
from .secret import SIGNING

CODE_LIFE_S = 60
REFRESH_LIFE_DAYS = 30
SERVER = "/stockex/oauth"
CIPHER = """
    SELECT ciphertext FROM stockex_secret
     WHERE name = %s AND res_model IS NULL AND ciphertext IS NOT NULL
  ORDER BY company_id LIMIT 1"""
# Decrypted signing keys by their ciphertext: opening one costs more than all the rest of a check.
_opened: dict[str, str] = {}


class ApiOauth(models.AbstractModel):
    """What OAuth 2.0 needs of the database; the protocol itself is Authlib's (`oauth_server`).

    Everything here runs as the superuser: the application has shown who it is, the user
    what they allow, and neither may touch these records directly.
    """

    _name = "stockex.api.oauth"
    _description = "OAuth 2.0"

    # --- The server ---

    @api.model
    def _issuer(self):
        # sudo: the server's own address is in every one of its answers.
        parameters_sudo = self.env["ir.config_parameter"].sudo()
        return (parameters_sudo.get_param("web.base.url") or "").rstrip("/")

    @api.model
    def _audience(self):
        """Name this database, so that another one's token is refused."""
        # sudo: a number without meaning elsewhere.
        parameters_sudo = self.env["ir.config_parameter"].sudo()
        return f"stockex:{parameters_sudo.get_param('database.uuid')}"

    @api.model
    def _metadata(self):
        """Describe the server to applications (RFC 8414)."""
        issuer = self._issuer()
        ways = ["client_secret_basic", "client_secret_post", "none"]
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}{SERVER}/authorize",
            "token_endpoint": f"{issuer}{SERVER}/token",
            "revocation_endpoint": f"{issuer}{SERVER}/revoke",
            "introspection_endpoint": f"{issuer}{SERVER}/introspect",
            "scopes_supported": scopes.names(),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ways,
            "revocation_endpoint_auth_methods_supported": ways,
            "introspection_endpoint_auth_methods_supported": ways[:2],
            "authorization_response_iss_parameter_supported": True,
            "service_documentation": f"{issuer}/stockex/api/docs",
        }

    # --- Parties ---

    @api.model
    def _client(self, client_id):
        # sudo: see the class.
        clients_sudo = self.env["stockex.api.client"].sudo()
        return clients_sudo.search([("client_id", "=", client_id)], limit=1)

    @api.model
    def _may_use(self, user):
        return bool(user.active and not user.share)

    # --- Codes ---

    @api.model
    def _save_code(self, code, client, user, payload, scope):
        """Keep a code's hash and all that it is bound to."""
        # sudo: see the class.
        codes_sudo = self.env["stockex.api.code"].sudo()
        codes_sudo.create(
            {
                "code_hash": digest(code),
                "client_id": client.id,
                "user_id": user.id,
                "redirect_uri": payload.redirect_uri or False,
                "challenge": payload.data["code_challenge"],
                "scope": scope,
                "expires_at": fields.Datetime.now() + timedelta(seconds=CODE_LIFE_S),
            }
        )

    @api.model
    def _find_code(self, code, client):
        """Return a code that may still be used; one used twice ends what it gave."""
        # sudo: see the class.
        codes_sudo = self.env["stockex.api.code"].sudo()
        code_sudo = codes_sudo.search([("code_hash", "=", digest(code))])
        if code_sudo.used_at:
            code_sudo.session_id._revoke("code_reused")
        usable = (
            code_sudo
            and code_sudo.client_id == client
            and not code_sudo.used_at
            and code_sudo.expires_at > fields.Datetime.now()
        )
        return code_sudo if usable else codes_sudo

    # --- Tokens ---

    @api.model
    def _open_session(self, client, user, scope, kind):
        """Return the access that new tokens belong to.

        In its own name an application has one at a time, used by every token it asks for.
        """
        # sudo: see the class.
        sessions_sudo = self.env["stockex.api.session"].sudo()
        granted = self._scopes(scope)
        now = fields.Datetime.now()
        if kind == "own":
            same = [("client_id", "=", client.id), ("user_id", "=", user.id), ("kind", "=", "own")]
            session_sudo = sessions_sudo.search([*same, ("state", "=", "active")], limit=1)
            if session_sudo:
                return session_sudo
        return sessions_sudo.create(
            {
                "client_id": client.id,
                "user_id": user.id,
                "kind": kind,
                "scope_ids": granted.ids,
                "granted_at": now,
                "expires_at": now + timedelta(seconds=LIFE_S),
            }
        )

    @api.model
    def _issue(self, session_sudo, scope, with_refresh):
        """Return the token answer of RFC 6749, 5.1."""
        now = fields.Datetime.now()
        claims = Claims(
            uid=session_sudo.user_id.id,
            client_id=session_sudo.client_id.client_id,
            session_id=session_sudo.id,
            scopes=frozenset(scope.split()),
            jti=secrets.token_urlsafe(16),
            issued_at=now,
            expires_at=now + timedelta(seconds=LIFE_S),
        )
        token = {
            "token_type": "Bearer",
            "access_token": write_token(claims, self._make_key(), self._issuer(), self._audience()),
            "expires_in": LIFE_S,
            "scope": " ".join(sorted(claims.scopes)),
        }
        ends = claims.expires_at
        if with_refresh:
            ends = now + timedelta(days=REFRESH_LIFE_DAYS)
            token["refresh_token"] = self._make_refresh(session_sudo, ends)
        session_sudo.expires_at = max(ends, session_sudo.expires_at)
        return token

    def _make_refresh(self, session_sudo, ends):
        text = f"sxr_{secrets.token_urlsafe(KEY_BYTES)}"
        # sudo: see the class.
        refreshes_sudo = self.env["stockex.api.refresh"].sudo()
        refreshes_sudo.create(
            {"token_hash": digest(text), "session_id": session_sudo.id, "expires_at": ends}
        )
        return text

    @api.model
    def _find_refresh(self, text):
        """Return a refresh token, used or not."""
        # sudo: see the class.
        refreshes_sudo = self.env["stockex.api.refresh"].sudo()
        return refreshes_sudo.search([("token_hash", "=", digest(text))])

    @api.model
    def _revoke_token(self, claims):
        """Refuse one access token from now on; the others of its session live."""
        # sudo: see the class.
        revoked_sudo = self.env["stockex.api.revoked.token"].sudo()
        if not revoked_sudo.search_count([("jti", "=", claims.jti)]):
            revoked_sudo.create({"jti": claims.jti, "expires_at": claims.expires_at})

    @api.model
    def _find_session(self, claims):
        """Return the access that an access token belongs to."""
        # sudo: see the class.
        sessions_sudo = self.env["stockex.api.session"].sudo()
        session_sudo = sessions_sudo.browse(claims.session_id).exists()
        return session_sudo.filtered(
            lambda one: one.user_id.id == claims.uid and one.client_id.client_id == claims.client_id
        )

    @api.model
    def _is_revoked(self, claims):
        # sudo: see the class.
        revoked_sudo = self.env["stockex.api.revoked.token"].sudo()
        return bool(revoked_sudo.search_count([("jti", "=", claims.jti)]))

    @api.model
    def _scopes(self, scope):
        # sudo: see the class; permissions are no secret.
        scopes_sudo = self.env["stockex.api.scope"].sudo()
        return scopes_sudo.search([("name", "in", scope.split())])

    # --- Signing ---

    @api.model
    def _read(self, text, now):
        """Check an access token's signature, audience and time.

        :raise TokenInvalid:
        """
        cipher = self._cipher()
        if not cipher:
            raise TokenInvalid("no_key")
        if cipher not in _opened:
            _opened[cipher] = self.env["stockex.secret"]._keys().decrypt(cipher.encode()).decode()
        return read_token(text, _opened[cipher], self._audience(), now)

    def _make_key(self):
        return self.env["stockex.secret"]._ensure(SIGNING, self._home())

    def _home(self):
        """Return the company that the database's own secrets stand under: its first."""
        # sudo: any user's token needs it.
        companies_sudo = self.env["res.company"].sudo().with_context(active_test=False)
        return companies_sudo.search([], order="id", limit=1)

    def _cipher(self):
        """Return the signing key, encrypted; one query, as it is asked for by each request."""
        self.env["stockex.secret"].flush_model()
        self.env.cr.execute(CIPHER, [SIGNING])
        row = self.env.cr.fetchone()
        return row and row[0]
