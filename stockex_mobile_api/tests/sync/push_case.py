"""Handhelds whose browsers take messages, and the push service between, which a test plays."""

import itertools
import json
import os
from unittest.mock import patch

import http_ece
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric import ec

from odoo.addons.stockex.models.transport import http
from odoo.addons.stockex.models.transport.key_ring import VARIABLE
from odoo.addons.stockex.notifiers.web_push import padless, public_of
from odoo.addons.stockex.pure.transport.request import Answer

from .sync_case import SyncCase

TAKEN = (201, {"location": "https://push.example.net/message/1"})


_numbers = itertools.count(100)


class Browser:
    """What a browser keeps of its subscription."""

    def __init__(self, number=None, endpoint=""):
        number = number or next(_numbers)
        self.key = ec.derive_private_key(1000 + number, ec.SECP256R1())
        self.auth = number.to_bytes(16)
        self.endpoint = endpoint or f"https://push.example.net/push/{number}"

    def subscription(self, **change):
        keys = {"p256dh": padless(public_of(self.key)), "auth": padless(self.auth)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys, **change}

    def opens(self, request):
        """Return what a request tells this browser."""
        plain = http_ece.decrypt(request.body, private_key=self.key, auth_secret=self.auth)
        return json.loads(plain)


class PushCase(SyncCase):
    roles = ("karim", "lea", "carla", "anton", "sana")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        changed = patch.dict(os.environ, {VARIABLE: Fernet.generate_key().decode()})
        changed.start()
        cls.addClassCleanup(changed.stop)
        # What other tests left waiting, and its secrets under another key, are not ours.
        cls.env["stockex.notification"].search([]).unlink()
        cls.env["stockex.transport.call"].search([]).unlink()
        cls.env["stockex.secret"].search([("res_model", "=", False)]).unlink()
        cls.company.email = "stock@example.com"
        cls.service = cls.env["stockex.notify.service"].search(
            [("code", "=", "web_push"), ("company_id", "=", cls.company.id)]
        )
        cls.stock(cls.bolt, cls.bin_a, 7654)
        cls.browsers = {}

    def setUp(self):
        super().setUp()
        self.answer = TAKEN
        self.busy = ""
        self.sent = []

        def send(request, **_line):
            self.sent.append(request)
            busy = self.busy and request.url.endswith(self.busy)
            status, headers = (429, {"retry-after": "600"}) if busy else self.answer
            return Answer(status, headers, b"", 0.01)

        stood_in = patch.object(http, "send", send)
        stood_in.start()
        self.addCleanup(stood_in.stop)

    # --- Steps ---

    def browser(self, user=None, **options):
        user = user or self.karim
        if user not in self.browsers:
            self.browsers[user] = Browser(**options)
        return self.browsers[user]

    def subscribe(self, user=None, **sent):
        """Have a user's handheld say hello and switch messages on."""
        user = user or self.karim
        hello = self.hello(user)
        call = {
            "device": self.device(user),
            "protocol": 1,
            "key": hello["push_key"],
            "subscription": self.browser(user).subscription(),
            **sent,
        }
        return self.subscriptions(user)._subscribe(call)

    def unsubscribe(self, user=None):
        user = user or self.karim
        call = {"device": self.device(user), "protocol": 1}
        return self.subscriptions(user)._unsubscribe(call)

    def subscriptions(self, user):
        return self.env(user=user)["stockex.sync.subscription"]

    def of(self, user=None):
        return self.env["stockex.sync.subscription"].search(
            [("user_id", "=", (user or self.karim).id)]
        )

    def tell(self, users=None, subject="News", **more):
        """Tell users something; return the rows of their handhelds."""
        rows = self.env["stockex.notification"]._notify(
            users or self.karim, "counts", subject, f"Text of {subject}", **more
        )
        self.deliver()
        return rows.filtered(lambda row: row.service_id == self.service)

    def deliver(self):
        """Apply the rules, release what is due, send it."""
        self.env["stockex.notify.pending"]._handle(self.env["stockex.notify.pending"]._claim())
        while self.env["stockex.notify.release"]._release_batch():
            self.env.flush_all()
        self.env["stockex.transport.sender"]._send_due()
        self.env.invalidate_all()

    def told(self, user=None):
        """Return what a user's browser was sent, in its order."""
        browser = self.browser(user)
        return [browser.opens(one) for one in self.sent if one.url == browser.endpoint]
