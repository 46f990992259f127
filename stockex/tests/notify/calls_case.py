"""Users on a Telegram bot whose answers a test chooses."""

import json
import os
from unittest.mock import patch

from cryptography.fernet import Fernet

from ...models.transport import http
from ...models.transport.key_ring import VARIABLE
from ...pure.transport.request import Answer
from .notify_case import NotifyCase

TAKEN = (200, {"ok": True, "result": {"message_id": 7}})
DOWN = (503, {"ok": False, "error_code": 503, "description": "down"})
WRONG = (400, {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"})


class CallsCase(NotifyCase):
    roles = ("karim", "carla", "sana")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        changed = patch.dict(os.environ, {VARIABLE: Fernet.generate_key().decode()})
        changed.start()
        cls.addClassCleanup(changed.stop)
        cls.telegram = cls.env["stockex.notify.service"].create(
            {
                "name": "Bot",
                "code": "telegram",
                "company_id": cls.company.id,
                # Its bucket is another connection's, which a test's own cannot follow.
                "rate_count": 0,
            }
        )
        cls.telegram.credential_ids.filtered(
            lambda one: one.name == "token"
        ).value = "123456789:AAtelegram-s3cret-s3cret"
        for user, chat in ((cls.karim, "11"), (cls.carla, "22")):
            preference = cls.prefer(user, only=cls.telegram | cls.inbox)
            line = preference.subscription_ids.filtered(lambda one: one.service_id == cls.telegram)
            line.address = chat

    def setUp(self):
        super().setUp()
        self.answer = TAKEN
        self.sent = []

        def send(request, **_line):
            self.sent.append(request)
            status, body = self.answer
            return Answer(status, {}, json.dumps(body).encode(), 0.01)

        stood_in = patch.object(http, "send", send)
        stood_in.start()
        self.addCleanup(stood_in.stop)

    def send(self):
        self.release()
        self.env["stockex.transport.sender"]._send_due()

    def told(self, user, *moment, **more):
        """Tell a user something at noon or at a moment; return (inbox row, Telegram row)."""
        with self.at(*(moment or (2026, 5, 4, 12))):
            rows = self.notify(user, **more)
            self.send()
        return rows.sorted(lambda row: row.service_id.code)
