import base64
import hmac
import json
from datetime import timedelta

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.auth.secret import SIGNING
from .oauth_case import OauthCase


@tagged("post_install", "-at_install")
class TestOauthForged(OauthCase):
    def setUp(self):
        super().setUp()
        self.sign_in()

    def forge(self, header=None, key=None, algorithm="HS256", **changes):
        """Sign a token like a real one, but for some of what it says."""
        text = self.tokens()["access_token"]
        claims = json.loads(base64.urlsafe_b64decode(text.split(".")[1] + "=="))
        claims = {**claims, **changes}
        key = key or OctKey.import_key(self.signing_key())
        header = {"alg": algorithm, "typ": "at+jwt", **(header or {})}
        return jwt.encode(header, {k: v for k, v in claims.items() if v is not None}, key)

    def signing_key(self):
        return self.env["stockex.secret"].search([("name", "=", SIGNING)])._reveal()

    def test_a_token_signed_with_our_key_is_let_in(self):
        self.assertEqual(self.enter(self.forge()).uid, self.carla.id)

    def test_a_token_that_names_no_algorithm_is_refused(self):
        text = self.tokens()["access_token"]
        _head, body, signature = text.split(".")
        none = base64.urlsafe_b64encode(b'{"alg":"none","typ":"at+jwt"}').rstrip(b"=").decode()

        for forged in (f"{none}.{body}.{signature}", f"{none}.{body}.AA"):
            self.assert_out("token_invalid", forged)
        self.assert_out("credentials_malformed", f"{none}.{body}.")

    def test_a_token_signed_by_another_algorithm_or_key_is_refused(self):
        private = RSAKey.generate_key(2048)
        signed = self.forge(key=private, algorithm="RS256")
        # As a server would check it that takes its public key for a password.
        text = self.forge().rpartition(".")[0]
        mac = hmac.digest(private.as_pem(private=False), text.encode(), "sha256")
        confused = f"{text}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"
        for forged in (
            signed,
            confused,
            self.forge(key=OctKey.import_key("0" * 43)),
            self.forge(header={"typ": "JWT"}),
        ):
            self.assert_out("token_invalid", forged)

    def test_a_token_for_another_database_is_refused(self):
        forged = self.forge(aud="stockex:5d1f5c0e-0000-0000-0000-000000000000")
        none = self.forge(aud=None)

        self.assert_out("token_invalid", forged)
        self.assert_out("token_invalid", none)
        text = self.tokens()["access_token"]
        self.env["ir.config_parameter"].set_param("database.uuid", "another")
        self.assert_out("token_invalid", text)

    def test_a_token_lives_fifteen_minutes(self):
        text = self.tokens()["access_token"]
        now = fields.Datetime.now()

        self.assertEqual(self.come(text, now=now + timedelta(seconds=890)).uid, self.carla.id)
        self.assert_denied("token_expired", text, now=now + timedelta(seconds=910))
        self.assert_denied("token_invalid", text, now=now - timedelta(seconds=60))

    def test_a_token_names_the_user_and_the_application_of_its_access(self):
        for change in (
            {"sub": str(self.sana.id)},
            {"sid": 2**31 - 1},
            {"client_id": self.app.client_id},
        ):
            self.assert_out("token_revoked", self.forge(**change))
        for change in ({"sub": "x"}, {"sid": "1"}, {"jti": None}, {"exp": None}, {"scope": None}):
            self.assert_out("token_invalid", self.forge(**change))

    def test_a_token_says_no_more_than_its_application_may(self):
        forged = self.forge(scope="counts:read counts:post")

        self.assertEqual(self.enter(forged).scopes, {"counts:read"})

    def test_nobody_sets_the_key_that_tokens_are_signed_with(self):
        self.tokens()
        secrets = self.env["stockex.secret"].with_user(self.sana)
        kept = self.signing_key()
        signing = secrets.sudo().search([("name", "=", SIGNING)]).sudo(False)
        signing.sudo().company_id = self.company

        for deed in (
            lambda: signing.write({"value": "known"}),
            lambda: signing.write({"name": "Other"}),
            lambda: secrets.create({"name": SIGNING, "company_id": self.company.id, "value": "x"}),
            lambda: secrets.create({"name": "Mine", "value": "known"}).write({"name": SIGNING}),
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                deed()

        self.assertEqual(self.signing_key(), kept)
