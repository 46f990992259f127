"""The base of the tests of OAuth 2.0: an application, a user who signs in, real requests."""

import base64
import hashlib
import re
import secrets
from urllib.parse import parse_qsl, urlsplit

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase

from .common import AuthCase

BACK = "https://shop.example/callback?shop=7"
VERIFIER = "a-verifier-that-is-long-enough-to-be-one-0123456789"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=")


class OauthCase(AuthCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls.make_client()
        cls.secret = cls.client.action_new_secret()["context"]["default_key"]
        cls.app = cls.make_client(name="Counting app", kind="public")

    @classmethod
    def make_client(cls, **vals):
        return cls.env["stockex.api.client"].create(
            {
                "name": "Shop connector",
                "company_id": cls.company.id,
                "redirect_uris": f"{BACK}\nhttp://127.0.0.1/callback",
                "scope_ids": [Command.set(cls.scopes("counts:read", "stock:read").ids)],
                "limit_per_minute": 100,
                **vals,
            }
        )

    def setUp(self):
        super().setUp()
        self.session = None  # of the browser; the factory of counts has the same name

    def sign_in(self, user=None):
        user = user or self.carla
        self.authenticate(user.login, user.login)

    # --- The user's part ---

    def ask(self, client=None, **changes):
        """Open the page of consent; a value of None leaves a parameter out."""
        parameters = {
            "response_type": "code",
            "client_id": (client or self.client).client_id,
            "redirect_uri": BACK,
            "scope": "counts:read",
            "state": "x y&z",
            "code_challenge": CHALLENGE.decode(),
            "code_challenge_method": "S256",
            **changes,
        }
        self.asked = {name: value for name, value in parameters.items() if value is not None}
        return self.opener.get(
            f"{self.base_url()}/stockex/oauth/authorize",
            params=self.asked,
            allow_redirects=False,
            timeout=30,
        )

    def decide(self, page, decision="allow", token=None):
        """Press a button of the page."""
        self.assertEqual(page.status_code, 200, page.text)
        csrf = token if token is not None else re.search(r'csrf_token" value="(\w+)"', page.text)[1]
        return self.opener.post(
            page.url,
            data={"csrf_token": csrf, "decision": decision},
            allow_redirects=False,
            timeout=30,
        )

    def code(self, client=None, **changes):
        """Go through the page and return the code that the application gets."""
        return self.sent_back(self.decide(self.ask(client, **changes)))["code"]

    def sent_back(self, answer, to=BACK):
        """Return the parameters that an application is sent in the address."""
        self.assertEqual(answer.status_code, 302, answer.text)
        location = answer.headers["Location"]
        self.assertTrue(location.startswith(to), location)
        return dict(parse_qsl(urlsplit(location).query))

    # --- The application's part ---

    def post(self, endpoint, client=None, secret=None, basic=True, **data):
        """Send a form as an application; `secret` of a public one is empty."""
        client = client or self.client
        secret = secret if secret is not None else self.secret
        auth = (client.client_id, secret) if secret and basic else None
        if not auth:
            data = {"client_id": client.client_id, **data}
            data |= {"client_secret": secret} if secret else {}
        response = self.opener.post(
            f"{self.base_url()}/stockex/oauth/{endpoint}", data=data, auth=auth, timeout=30
        )
        self.env.invalidate_all()
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        return response

    def redeem(self, code, **changes):
        data = {"code": code, "redirect_uri": BACK, "code_verifier": VERIFIER, **changes}
        data = {name: value for name, value in data.items() if value is not None}
        return self.post("token", grant_type="authorization_code", **data)

    def renew(self, refresh, **changes):
        return self.post("token", grant_type="refresh_token", refresh_token=refresh, **changes)

    def tokens(self, **changes):
        """Go the whole way and return the answer's body."""
        response = self.redeem(self.code(**changes))
        self.assertEqual(response.status_code, 200, response.text)
        return response.json()

    def enter(self, text):
        return self.come(text, now=fields.Datetime.now())

    def assert_out(self, code, text, status=401):
        self.assert_denied(code, text, now=fields.Datetime.now(), status=status)

    def assert_fault(self, response, error, status=400, *words):
        self.assertEqual((response.status_code, response.json()["error"]), (status, error))
        for word in words:
            self.assertIn(word, response.json()["error_description"])
        self.assertNotIn("Traceback", response.text)

    def wrong(self, secret):
        """Return a secret of the same look."""
        return secret[:4] + secrets.token_urlsafe(32)
