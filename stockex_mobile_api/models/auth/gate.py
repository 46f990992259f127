import logging
from contextlib import contextmanager
from datetime import timedelta

import psycopg2

from odoo import api, models
from odoo.sql_db import db_connect
from odoo.tools import SQL

from ...exceptions import ApiDenied
from ...pure.auth.access_token import TokenInvalid
from ...pure.auth.credential import digest, read_authorization
from ...pure.auth.identity import Identity
from ...pure.auth.network import neighbourhood
from ...pure.auth.quota import NO_LIMIT, WINDOW_S, quota
from ...pure.auth.request_log import row
from ...pure.auth.verdict import STATUS, Facts, refusal
from .gate_sql import COUNT, COUNTER, KEY, KEY_USED, OWN_TRANSACTION, SESSION_USED, TOKEN

_logger = logging.getLogger(__name__)

# Wrong credentials, tokens or codes from one neighbourhood in a minute, before it must wait;
# a system parameter of this name may allow another number.
GUESSES = ("stockex.api_guesses_a_minute", 20)
# Lines of the request log that strangers of one neighbourhood can fill in a minute.
STRANGERS_A_MINUTE = 60


class ApiGate(models.AbstractModel):
    """Who may come in, how often, and the book of who came.

    Plain SQL: a request has no user yet, and this runs before each one of them (one query
    instead of six, 0.3 ms instead of 3).
    """

    _name = "stockex.api.gate"
    _description = "API Gate"

    def init(self):
        self.env.cr.execute(COUNTER)

    # --- Identity ---

    @api.model
    def _identify(self, authorization, remote_addr, now):
        """Return whose request it is.

        :param authorization: the header of that name, empty if there is none.
        :param remote_addr: the sender's address as Odoo knows it: it reads
            X-Forwarded-For in proxy mode only.
        :param now: naive UTC.
        :rtype: Identity
        :raise ApiDenied: 401, 403, or 429 for one who guesses.
        """
        credential = read_authorization(authorization or "")
        if credential.kind == "none":
            raise self._denied("credentials_missing", challenge='Bearer realm="stockex"')
        if credential.kind == "key":
            return self._identify_key(credential.text, remote_addr, now)
        if credential.kind == "token":
            return self._identify_token(credential.text, remote_addr, now)
        raise self._wrong_guess("credentials_malformed", remote_addr, now)

    def _identify_key(self, text, remote_addr, now):
        self.env.flush_all()
        self.env.cr.execute(KEY, [digest(text)])
        key = self.env.cr.dictfetchone()
        if not key:
            raise self._wrong_guess("key_unknown", remote_addr, now)
        self._check_facts("key", key, remote_addr, now)
        self._note_use(KEY_USED, key, remote_addr, now)
        return self._identity(
            key,
            frozenset(key["scopes"]),
            subject=f"key:{key['id']}",
            sandbox=key["sandbox"],
            key_id=key["id"],
        )

    def _identify_token(self, text, remote_addr, now):
        self.env.flush_all()
        try:
            claims = self.env["stockex.api.oauth"]._read(text, now)
        except TokenInvalid as fault:
            if str(fault) == "expired_token":
                raise self._denied("token_expired") from fault
            raise self._wrong_guess("token_invalid", remote_addr, now) from fault
        self.env.cr.execute(TOKEN, [claims.jti, claims.session_id, claims.uid, claims.client_id])
        token = self.env.cr.dictfetchone()
        if not token:
            raise self._denied("token_revoked")
        self._check_facts("token", token, remote_addr, now)
        self._note_use(SESSION_USED, token, remote_addr, now)
        own = token["kind"] == "own"
        return self._identity(
            token,
            claims.scopes & frozenset(token["scopes"]),
            subject=f"client:{token['client']}" + ("" if own else f"/{claims.uid}"),
            sandbox=token["company_is_sandbox"],
            client_id=token["client"],
            session_id=token["id"],
            token_jti=claims.jti,
        )

    @staticmethod
    def _identity(found, scopes, **more):
        return Identity(
            uid=found["user_id"],
            scopes=scopes,
            limit_per_minute=found["limit_per_minute"],
            label=found["name"],
            company_ids=() if found["all_companies"] else (found["company_id"],),
            company_id=found["company_id"],
            log=bool(found["log"]),
            log_bodies=bool(found["log_bodies"]),
            **more,
        )

    def _check_facts(self, kind, found, remote_addr, now):
        facts = Facts(
            kind=kind,
            revoked=bool(found["revoked"]),
            expires_at=found["expires_at"],
            user_active=bool(found["user_active"]),
            user_internal=bool(found["user_internal"]),
            company_open=bool(found["company_open"]),
            sandbox=bool(found["sandbox"]),
            company_is_sandbox=bool(found["company_is_sandbox"]),
            networks=found["networks"] or "",
        )
        if reason := refusal(facts, remote_addr, now):
            raise self._denied(reason, STATUS[reason])

    # --- Counting ---

    @api.model
    def _take(self, identity, now):
        """Count a request and say whether it may pass.

        :rtype: stockex_mobile_api.pure.auth.identity.Quota
        """
        if not identity.limit_per_minute:
            return NO_LIMIT
        used, started = self._count(identity.subject, now)
        return quota(identity.limit_per_minute, used, started, now)

    def _count(self, subject, now):
        """Add one to a counter; return its number and when its minute began."""
        old = now - timedelta(seconds=WINDOW_S)
        with self._own_cursor() as cr:
            cr.execute(OWN_TRANSACTION + COUNT, [subject, now, old, old])
            return cr.fetchone()

    # --- Log ---

    @api.model
    def _log(self, entry):
        """Write a line of the request log; a log that fails never fails the request.

        :param entry: `stockex_mobile_api.pure.auth.request_log.Entry`.
        """
        if entry.identity and not entry.identity.log:
            return
        vals = row(entry)
        try:
            if not entry.identity and self._is_flood(entry):
                return
            with self._own_cursor() as cr:
                cr.execute(
                    SQL(
                        "%s INSERT INTO stockex_api_request (%s) VALUES %s",
                        SQL(OWN_TRANSACTION),
                        SQL(", ").join(SQL.identifier(name) for name in vals),
                        tuple(vals.values()),
                    )
                )
        except psycopg2.Error:
            _logger.exception("The request %s could not be logged", entry.request_id)

    def _is_flood(self, entry):
        """Tell whether a stranger's neighbourhood filled its share of the log already."""
        place = neighbourhood(entry.remote_addr)
        return self._count(f"stranger:{place}", entry.time)[0] > STRANGERS_A_MINUTE

    # --- Refusals ---

    def _wrong_guess(self, code, remote_addr, now):
        """Count a wrong credential against its sender; return what to raise.

        Credentials hold 256 random bits, so the limit is not what keeps them safe: a right
        one passes beside a neighbour's wrong ones, which would otherwise lock out a whole
        warehouse behind one address.
        """
        left = self._count_guess(neighbourhood(remote_addr), now)
        if not left.allowed:
            return self._denied("too_many_attempts", 429, retry_after_s=left.reset_s)
        return self._denied(code)

    @api.model
    def _count_guess(self, place, now):
        """Count a wrong guess from a neighbourhood; return what is left of its quota."""
        # sudo: a limit of the system, read before anybody is known.
        limit = self.env["ir.config_parameter"].sudo().get_param(*GUESSES)
        used, started = self._count(f"guess:{place}", now)
        return quota(int(limit) if str(limit).isdecimal() else GUESSES[1], used, started, now)

    def _denied(self, code, status=401, challenge="", retry_after_s=0):
        if status == 401 and not challenge:
            challenge = 'Bearer realm="stockex", error="invalid_token"'
        return ApiDenied(self._denial_text(code), code, status, challenge, retry_after_s)

    def _denial_text(self, code):
        unknown = self.env._(
            "The API key or access token is not known. Send “Authorization: Bearer” followed by "
            "a key made under Stockex, Connections, My API keys."
        )
        return {
            "credentials_missing": self.env._(
                "Say who you are: send “Authorization: Bearer” followed by an API key or an "
                "access token."
            ),
            "key_revoked": self.env._("This API key was revoked. Make a new one."),
            "token_expired": self.env._("This access token has expired. Renew it."),
            "token_revoked": self.env._("This access has ended. Ask for it again."),
            "key_expired": self.env._("This API key has expired. Make a new one."),
            "user_inactive": self.env._("The user behind this key or token is not active."),
            "company_refused": self.env._(
                "The user behind this key or token does not work in its company any more."
            ),
            "sandbox_missing": self.env._(
                "The company of this sandbox key is no sandbox any more. Make a new key."
            ),
            "address_refused": self.env._(
                "This key does not work from your address. Its owner can allow your network."
            ),
            "too_many_attempts": self.env._(
                "Too many wrong keys or tokens came from your address. Wait a minute."
            ),
        }.get(code, unknown)

    # --- Own transactions ---

    @contextmanager
    def _own_cursor(self):
        """Open a transaction beside the request's, kept whatever becomes of that one."""
        with db_connect(self.env.cr.dbname).cursor() as cr:
            yield cr

    def _note_use(self, statement, found, remote_addr, now):
        """Write down when a key or an application was last used; at most once a minute."""
        old = now - timedelta(seconds=WINDOW_S)
        if found["last_used_at"] is None or found["last_used_at"] <= old:
            with self._own_cursor() as cr:
                cr.execute(OWN_TRANSACTION + statement, [now, remote_addr[:64], found["id"], old])
