from odoo import fields, http
from odoo.http import request

from ...pure.v1 import me as shapes
from ...pure.v1.catalogue import VERSION
from .reader import instant, link
from .resource import Resource
from .routing import api


class Me(Resource, http.Controller):
    @api(
        *("GET", "/me"),
        summary="Who the key stands for",
        description="Ask this first: it needs no scope, and says what the key may do and where.",
        tag="Service",
        response=shapes.Me,
    )
    def read_me(self):
        identity = request.dispatcher.identity
        key = request.env["stockex.api.key"].browse(identity.key_id or [])
        return {
            "user": self._user(request.env.user),
            "companies": self._companies(request.env.companies),
            "roles": request.env.user._suite_roles(),
            "scopes": sorted(identity.scopes),
            "key": link(key),
            "key_expires_at": instant(key.expires_at),
            "sandbox": identity.sandbox,
            "limit": self._limit(identity, request.dispatcher.quota),
            "server_time": instant(fields.Datetime.now()),
            "version": VERSION,
        }

    def _user(self, user):
        return {
            "id": user.id,
            "name": user.name,
            "login": user.login,
            "language": user.lang or None,
            "time_zone": user.tz or None,
        }

    def _companies(self, companies):
        return [
            {
                "id": company.id,
                "name": company.name,
                "currency": company.currency_id.name,
                "is_sandbox": company.stockex_is_sandbox,
            }
            for company in companies
        ]

    def _limit(self, identity, quota):
        if not identity.limit_per_minute:
            return {"per_minute": 0, "remaining": None, "reset_s": None}
        return {
            "per_minute": quota.limit,
            "remaining": quota.remaining,
            "reset_s": quota.reset_s,
        }
