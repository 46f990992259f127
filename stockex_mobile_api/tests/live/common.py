"""The base of the live stream's tests: subscriptions of keys and tokens, and what they hear."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.fields import Command

from ..auth.common import HOME, AuthCase


class LiveCase(AuthCase):
    """Carla listens with a key; what is sent is kept in `heard`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subscriptions = cls.env["stockex.live.subscription"]
        cls.relay = cls.env["stockex.live.relay"]
        cls.count_session = cls.draft(counters=cls.karim)

    def setUp(self):
        super().setUp()
        self.subscriptions.search([]).unlink()

    def listen(self, user=None, address=HOME, scopes=("live:read",), **vals):
        """Let a user listen with a new key."""
        key, text = self.issue(user, scopes=scopes, **vals)
        identity = self.gate._identify(f"Bearer {text}", address, fields.Datetime.now())
        return key, self.open(identity, address)[0]

    def listen_as_application(self, user=None):
        """Let an application listen in a user's name, with an access of its own."""
        user = user or self.carla
        client = self.env["stockex.api.client"].create(
            {
                "name": "Dashboard",
                "company_id": self.company.id,
                "redirect_uris": "https://shop.example/callback",
                "scope_ids": [Command.set(self.scopes("live:read", "events:read").ids)],
                "limit_per_minute": 100,
            }
        )
        oauth = self.env["stockex.api.oauth"]
        session = oauth._open_session(client, user, "live:read", "code")
        token = oauth._issue(session, "live:read", with_refresh=False)["access_token"]
        identity = self.gate._identify(f"Bearer {token}", HOME, fields.Datetime.now())
        return session, self.open(identity)[0], identity

    def open(self, identity, address=HOME):
        companies = list(identity.company_ids) or self.company.ids
        own = self.subscriptions.with_context(allowed_company_ids=companies)
        subscription, channel = own._open(identity, ["counts"], address)
        return subscription.with_env(self.env), channel

    def tell(self):
        """Write an event and let the relay send it; return who heard of it."""
        payload = {"session": self.count_session.name, "lines": 3}
        events = self.env["stockex.event"]._emit(
            "count.started", self.count_session, {self.count_session.id: payload}
        )
        heard = []
        bus = type(self.env["bus.bus"])
        with patch.object(bus, "_sendone", lambda _bus, target, *_args: heard.append(target)):
            self.relay._send(self.subscriptions._end_refused(), events)
        return heard

    def later(self, **delta):
        return fields.Datetime.now() + timedelta(**delta)
