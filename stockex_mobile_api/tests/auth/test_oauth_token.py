import json
from datetime import timedelta

from authlib.oauth2 import rfc8414, rfc9207

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ...pure.auth.access_token import LIFE_S
from .oauth_case import OauthCase


@tagged("post_install", "-at_install")
class TestOauthToken(OauthCase):
    def setUp(self):
        super().setUp()
        self.sign_in()

    def robot(self, **vals):
        """Make an application that acts in its own name, and its secret."""
        client = self.make_client(
            name="Robot", in_users_name=False, in_own_name=True, user_id=self.karim.id, **vals
        )
        return client, client.action_new_secret()["context"]["default_key"]

    # --- Renewal ---

    def test_a_refresh_token_renews_and_is_replaced(self):
        first = self.tokens(scope=None)
        second = self.renew(first["refresh_token"]).json()

        self.assertNotEqual(first["refresh_token"], second["refresh_token"])
        self.assertEqual(second["scope"], "counts:read stock:read")
        self.assertEqual(self.enter(second["access_token"]).uid, self.carla.id)
        self.assertEqual(self.enter(first["access_token"]).uid, self.carla.id)

    def test_an_old_refresh_token_ends_the_whole_family(self):
        first = self.tokens()
        second = self.renew(first["refresh_token"]).json()

        self.assert_fault(self.renew(first["refresh_token"]), "invalid_grant")

        self.assert_fault(self.renew(second["refresh_token"]), "invalid_grant")
        self.assert_out("token_revoked", second["access_token"])
        session = self.env["stockex.api.session"].search([("client_id", "=", self.client.id)])
        self.assertEqual(session.reason, "refresh_reused")

    def test_a_renewal_may_ask_for_less_and_never_for_more(self):
        token = self.tokens()

        for scope in ("counts:read stock:read", "stock:read", "everything"):
            self.assert_fault(self.renew(token["refresh_token"], scope=scope), "invalid_scope")
        wide = self.tokens(scope=None)
        narrow = self.renew(wide["refresh_token"], scope="stock:read").json()

        self.assertEqual(self.enter(narrow["access_token"]).scopes, {"stock:read"})
        again = self.renew(narrow["refresh_token"]).json()
        self.assertEqual(again["scope"], "counts:read stock:read")

    def test_what_is_taken_from_the_application_is_taken_from_its_tokens(self):
        token = self.tokens(scope=None)

        self.client.scope_ids = self.scopes("stock:read")

        self.assertEqual(self.enter(token["access_token"]).scopes, {"stock:read"})
        self.assertEqual(self.renew(token["refresh_token"]).json()["scope"], "stock:read")

    def test_a_refresh_token_is_its_own_applications_and_lives_thirty_days(self):
        token = self.tokens()

        other = self.renew(token["refresh_token"], client=self.app, secret="")
        self.assert_fault(other, "invalid_grant")
        with freeze_time(fields.Datetime.now() + timedelta(days=30, seconds=1)):
            self.assert_fault(self.renew(token["refresh_token"]), "invalid_grant")
        with freeze_time(fields.Datetime.now() + timedelta(days=29)):
            self.assertEqual(self.renew(token["refresh_token"]).status_code, 200)

    def test_an_archived_user_an_archived_application_and_a_revoked_access_renew_nothing(self):
        token = self.tokens()
        session = self.env["stockex.api.session"].search([("client_id", "=", self.client.id)])

        self.carla.active = False
        self.assert_fault(self.renew(token["refresh_token"]), "invalid_grant")
        self.assert_out("user_inactive", token["access_token"])
        self.carla.active = True
        self.client.active = False
        self.assert_fault(self.renew(token["refresh_token"]), "invalid_client", 401)
        self.assert_out("token_revoked", token["access_token"])
        self.client.active = True
        session.with_user(self.carla).action_revoke()

        self.assert_fault(self.renew(token["refresh_token"]), "invalid_grant")
        self.assert_out("token_revoked", token["access_token"])
        self.assertEqual((session.reason, session.revoked_by_id), ("person", self.carla))

    def test_nobody_changes_whose_an_access_is(self):
        token = self.tokens()
        session = self.env["stockex.api.session"].search([("client_id", "=", self.client.id)])

        for user in (self.carla, self.sana):
            mine = session.with_user(user).with_company(self.company)
            for deed in (
                lambda mine=mine: mine.write({"user_id": self.sana.id}),
                lambda mine=mine: mine.write({"revoked_at": False}),
                lambda mine=mine: mine.create({"client_id": self.client.id}),
                lambda mine=mine: mine.unlink(),
            ):
                with self.assertRaises(AccessError), mute_logger("odoo.models"):
                    deed()
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            session.with_user(self.karim).action_revoke()

        self.assertEqual(self.enter(token["access_token"]).uid, self.carla.id)
        session.with_user(self.sana).with_company(self.company).action_revoke()
        self.assert_out("token_revoked", token["access_token"])

    # --- In its own name ---

    def test_an_application_in_its_own_name_acts_as_its_user(self):
        client, secret = self.robot()

        for _time in range(2):
            response = self.post("token", client, secret, grant_type="client_credentials")

        identity = self.enter(response.json()["access_token"])
        self.assertEqual((identity.uid, identity.subject), (self.karim.id, f"client:{client.id}"))
        self.assertNotIn("refresh_token", response.json())
        self.assertEqual(client.session_count, 1)

    def test_it_needs_its_secret_its_way_and_its_user(self):
        client, secret = self.robot()

        for error, status, given in (
            ("invalid_client", 401, {"secret": self.wrong(secret)}),
            ("invalid_client", 401, {"secret": ""}),
            ("invalid_scope", 400, {"scope": "counts:post"}),
            ("unauthorized_client", 400, {"client": self.client, "secret": self.secret}),
        ):
            given = {"client": client, "secret": secret, **given}
            response = self.post("token", grant_type="client_credentials", **given)
            self.assert_fault(response, error, status)
        self.karim.active = False
        response = self.post("token", client, secret, grant_type="client_credentials")
        self.assert_fault(response, "invalid_grant")
        public = self.post("token", self.app, "", grant_type="client_credentials")
        self.assert_fault(public, "invalid_client", 401)

    def test_a_new_secret_ends_the_old_one(self):
        client, secret = self.robot()
        fresh = client.action_new_secret()["context"]["default_key"]

        old = self.post("token", client, secret, grant_type="client_credentials")
        new = self.post("token", client, fresh, grant_type="client_credentials")

        self.assert_fault(old, "invalid_client", 401)
        self.assertEqual(new.status_code, 200)

    # --- Giving up ---

    def test_an_application_gives_up_one_token_or_all(self):
        token = self.tokens()
        other = self.renew(token["refresh_token"]).json()

        given_up = self.post("revoke", token=token["access_token"])
        self.assertEqual((given_up.status_code, given_up.json()), (200, {}))
        self.post("revoke", token=token["access_token"])
        self.assert_out("token_revoked", token["access_token"])
        self.assertEqual(self.enter(other["access_token"]).uid, self.carla.id)

        self.post("revoke", token=other["refresh_token"], token_type_hint="refresh_token")
        self.assert_out("token_revoked", other["access_token"])
        session = self.env["stockex.api.session"].search([("client_id", "=", self.client.id)])
        self.assertEqual(session.reason, "client")

    def test_nobody_gives_up_anothers_and_an_unknown_one_is_no_fault(self):
        token = self.tokens()

        theirs = self.post("revoke", self.app, "", token=token["refresh_token"])
        self.assert_fault(theirs, "invalid_grant")
        self.assertEqual(self.post("revoke", token="sxr_unknown").status_code, 200)
        self.assert_fault(self.post("revoke"), "invalid_request")
        self.assert_fault(self.post("revoke", token="x", token_type_hint="é"), "invalid_request")
        wrong = self.post("revoke", secret=self.wrong(self.secret), token=token["refresh_token"])
        self.assert_fault(wrong, "invalid_client", 401)

        self.assertEqual(self.enter(token["access_token"]).uid, self.carla.id)

    def test_an_application_asks_about_its_own_tokens_only(self):
        token = self.tokens()
        client, secret = self.robot()

        own = self.post("introspect", token=token["access_token"]).json()
        self.assertEqual((own["active"], own["scope"]), (True, "counts:read"))
        self.assertEqual((own["sub"], own["username"]), (str(self.carla.id), self.carla.login))
        renewing = self.post("introspect", token=token["refresh_token"]).json()
        self.assertTrue(renewing["active"])
        self.assertEqual(renewing["exp"] - own["exp"], 30 * 86400 - LIFE_S)
        theirs = self.post("introspect", client, secret, token=token["access_token"]).json()
        self.assertEqual(theirs, {"active": False})
        self.post("revoke", token=token["access_token"])
        gone = self.post("introspect", token=token["access_token"]).json()
        self.assertEqual(gone, {"active": False})

    # --- The doors ---

    def test_the_server_describes_itself(self):
        url = f"{self.base_url()}/.well-known/oauth-authorization-server"

        found = rfc8414.AuthorizationServerMetadata(self.opener.get(url, timeout=30).json())

        # Authlib wants https, which a server of tests has not.
        found = type(found)(json.loads(json.dumps(found).replace("http://", "https://")))
        found.validate(metadata_classes=[rfc9207.AuthorizationServerMetadata])
        self.assertEqual(found["code_challenge_methods_supported"], ["S256"])
        self.assertIn("counts:post", found["scopes_supported"])
        self.assertTrue(found["token_endpoint"].endswith("/stockex/oauth/token"))

    def test_who_guesses_a_secret_must_wait(self):
        answers = [
            self.post("token", secret=self.wrong(self.secret), grant_type="client_credentials")
            for _time in range(21)
        ]

        self.assertEqual([answer.status_code for answer in answers], [401] * 20 + [429])
        self.assertEqual(answers[-1].json()["error"], "temporarily_unavailable")
        self.assertTrue(0 < int(answers[-1].headers["Retry-After"]) <= 60)

    def test_a_twisted_request_is_answered_as_the_protocol_says(self):
        for error, status, form in (
            ("unsupported_grant_type", 400, {}),
            ("invalid_request", 400, {"grant_type": ["a", "b"]}),
            ("invalid_request", 400, {"grant_type": 'x"\\'}),
            ("invalid_request", 400, {"grant_type": "authorization_code", "code": "\0"}),
            ("invalid_request", 400, {"grant_type": "x", "code": "y" * 5000}),
            ("invalid_client", 401, {"grant_type": "authorization_code"}),
        ):
            response = self.opener.post(
                f"{self.base_url()}/stockex/oauth/token", data=form, timeout=30
            )
            self.assert_fault(response, error, status)
