"""The base of the webhooks' tests: a receiver that checks as a stranger would."""

from unittest.mock import patch

from standardwebhooks import Webhook

from odoo.addons.stockex.tests.common import CountCase
from odoo.addons.stockex.tests.transport.receiver import Receiver


class WebhookCase(CountCase):
    """A stock controller with an endpoint on this machine."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.endpoints = cls.env["stockex.webhook.endpoint"]
        cls.calls = cls.env["stockex.transport.call"]
        cls.sender = cls.env["stockex.transport.sender"]

    def setUp(self):
        super().setUp()
        # Neither what others left waiting nor their endpoints take part.
        self.endpoints.with_context(active_test=False).search([]).unlink()
        self.env.cr.execute("DELETE FROM stockex_transport_call")

    @classmethod
    def draft(cls, *arguments, **vals):
        """Prepare a session that nobody is told of."""
        with patch.object(type(cls.endpoints), "_deliver", lambda *_arguments: None):
            return super().draft(*arguments, **vals)

    def receiver(self, *script):
        receiver = Receiver(*script)
        self.enterContext(receiver)
        return receiver

    def endpoint(self, receiver=None, **vals):
        """Add an endpoint, of the controller unless said otherwise."""
        filters = vals.pop("events", ())
        events = self.env["stockex.webhook.event"].search([("name", "in", filters)])
        self.assertEqual(len(events), len(filters))
        return self.endpoints.create(
            {
                "name": "Dashboard",
                "company_id": self.company.id,
                "owner_id": self.carla.id,
                "base_url": receiver.url + "/hook?k=1" if receiver else "http://127.0.0.1:9/",
                "allow_private": True,
                "timeout_s": 2,
                "event_ids": events.ids,
                **vals,
            }
        )

    def send_due(self):
        return self.sender._send_due()

    def let_pass(self, days=10):
        """Let time pass for what waits, not for what is written about it."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE stockex_transport_call SET due_at = due_at - make_interval(days => %s)", [days]
        )
        self.env.cr.execute("UPDATE stockex_transport_health SET resting_until = NULL")
        self.env.invalidate_all()

    def heard(self, receiver, secret):
        """Return what a receiver got, each message verified by a library that is not ours."""
        return [
            Webhook(secret).verify(request.body, request.headers) for request in receiver.received
        ]

    def secret(self, endpoint):
        return endpoint._secret("signing")

    def emit(self, record, name="count.started", **payload):
        if name == "count.started":
            payload = {"session": record.name, "lines": 3}
        return self.env["stockex.event"]._emit(name, record, {record.id: payload})

    def waiting(self, endpoint):
        """Return the messages that wait for an endpoint, the oldest first."""
        return self.calls.search(
            [("account_model", "=", endpoint._name), ("account_id", "=", endpoint.id)], order="id"
        )
