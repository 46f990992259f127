"""Services with credentials, and answers that a test chooses."""

import json
import os
from unittest.mock import patch

from cryptography.fernet import Fernet

from ...models.transport import http
from ...models.transport.key_ring import VARIABLE
from ...pure.transport.request import Answer
from ..common import ROLES, CountCase

TOKEN = "123456789:AAtelegram-s3cret-s3cret"
SIGNING = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class ServiceCase(CountCase):
    """Every role, a second company, and a Telegram bot that is set up."""

    roles = tuple(ROLES)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        changed = patch.dict(os.environ, {VARIABLE: Fernet.generate_key().decode()})
        changed.start()
        cls.addClassCleanup(changed.stop)
        cls.add_other_company()
        cls.services = cls.env["stockex.notify.service"]
        cls.telegram = cls.make_service("Bot", "telegram", token=TOKEN)

    @classmethod
    def make_service(cls, name, kind, company=None, vals=None, **credentials):
        """Make a service; `credentials` are by the adapter's names."""
        service = cls.services.create(
            {
                "name": name,
                "code": kind,
                "company_id": (company or cls.company).id,
                **(vals or {}),
            }
        )
        cls.set_credentials(service, **credentials)
        return service

    @staticmethod
    def set_credentials(service, **credentials):
        for name, value in credentials.items():
            line = service.credential_ids.filtered(lambda one, name=name: one.name == name)
            line.write({"value": value})

    def answers(self, status, body, headers=None):
        """Let the outside answer so; return the requests that it gets."""
        text = body if isinstance(body, str) else json.dumps(body)
        requests = []

        def ask(_service, request):
            requests.append(request)
            return Answer(status, headers or {}, text.encode(), 0.25)

        stood_in = patch.object(type(self.services), "_ask", ask)
        stood_in.start()
        self.addCleanup(stood_in.stop)
        return requests

    def wire(self, answers):
        """Let each host answer as `{part of the address: (status, body)}` says.

        :return: the requests that go out, as they go.
        """
        requests = []

        def send(request, **_line):
            requests.append(request)
            [(status, body)] = [one for part, one in answers.items() if part in request.url]
            return Answer(status, {}, json.dumps(body).encode(), 0.25)

        stood_in = patch.object(http, "send", send)
        stood_in.start()
        self.addCleanup(stood_in.stop)
        return requests

    def post(self, service, **vals):
        """Write a message into the outbox, as notifications do."""
        payload = {"subject": "Posted", "text": "12 lines", "recipient": "42", "url": ""}
        return service._post_calls([{"payload": {**payload, **vals}}])

    def send_due(self):
        self.env["stockex.transport.sender"]._send_due()
        self.env.invalidate_all()
