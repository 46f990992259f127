from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import HOME
from .oauth_case import BACK, CHALLENGE, VERIFIER, OauthCase


@tagged("post_install", "-at_install")
class TestOauthCode(OauthCase):
    def setUp(self):
        super().setUp()
        self.sign_in()

    # --- The whole way ---

    def test_a_user_allows_an_application_and_it_acts_for_them_no_further(self):
        page = self.ask()
        self.assertEqual(page.status_code, 200)
        for word in ("Shop connector", "See counts, their lines and what was counted"):
            self.assertIn(word, page.text)
        self.assertNotIn("See the stock of products", page.text)
        self.assertEqual(page.headers["X-Frame-Options"], "DENY")
        self.assertEqual(page.headers["Cache-Control"], "no-store")

        back = self.sent_back(self.decide(page))
        self.assertEqual((back["shop"], back["state"]), ("7", "x y&z"))
        self.assertEqual(back["iss"], self.env["stockex.api.oauth"]._issuer())
        response = self.redeem(back["code"])

        self.assertEqual(response.status_code, 200, response.text)
        token = response.json()
        self.assertEqual(token["token_type"], "Bearer")
        self.assertEqual((token["expires_in"], token["scope"]), (900, "counts:read"))
        identity = self.gate._identify(
            f"Bearer {token['access_token']}", HOME, fields.Datetime.now()
        )
        self.assertEqual(identity.uid, self.carla.id)
        self.assertEqual(identity.scopes, {"counts:read"})
        self.assertEqual(identity.subject, f"client:{self.client.id}/{self.carla.id}")
        self.assertEqual(identity.company_ids, (self.company.id,))
        self.assertEqual((identity.client_id, identity.key_id), (self.client.id, 0))

    def test_a_public_application_needs_no_secret_and_its_port_is_free(self):
        uri = "http://127.0.0.1:51004/callback"
        page = self.ask(self.app, redirect_uri=uri)
        code = self.sent_back(self.decide(page), to=uri)["code"]

        response = self.redeem(code, client=self.app, secret="", redirect_uri=uri)

        self.assertEqual(response.status_code, 200, response.text)
        self.assertEqual(response.json()["scope"], "counts:read")

    def test_without_a_scope_it_asks_for_all_that_it_may(self):
        self.assertEqual(self.tokens(scope=None)["scope"], "counts:read stock:read")

    def test_a_secret_in_the_form_is_as_good_as_one_in_the_header(self):
        self.assertEqual(self.redeem(self.code(), basic=False).status_code, 200)

    def test_an_application_that_does_not_stay_gets_nothing_to_renew(self):
        self.client.stays_signed_in = False

        self.assertNotIn("refresh_token", self.tokens())

    # --- What the user decides ---

    def test_who_refuses_sends_nothing_but_that(self):
        back = self.sent_back(self.decide(self.ask(), "deny"))

        self.assertEqual((back["error"], back["state"]), ("access_denied", "x y&z"))
        self.assertNotIn("code", back)
        self.assertFalse(self.env["stockex.api.code"].search_count([]))

    def test_only_the_button_allows(self):
        for decision in ("", "Allow", "yes"):
            back = self.sent_back(self.decide(self.ask(), decision))
            self.assertEqual(back["error"], "access_denied")

    def test_a_form_from_elsewhere_allows_nothing(self):
        page = self.ask()

        with mute_logger("odoo.http"):
            answer = self.decide(page, token="0" * 40)

        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.env["stockex.api.code"].search_count([]))

    def test_a_stranger_is_asked_to_sign_in(self):
        self.authenticate(None, None)

        answer = self.ask()

        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])
        self.assertIn("client_id", answer.headers["Location"])

    def test_somebody_of_another_company_cannot_allow_it(self):
        self.add_other_company()
        self.sign_in(self.omar)

        page = self.ask()

        self.assertEqual(page.status_code, 403)
        self.assertIn("a company that you do not work in", page.text)

    # --- What is asked in a wrong way ---

    def test_without_a_trusted_address_nobody_is_sent_anywhere(self):
        for change in (
            {"redirect_uri": "https://evil.example/callback"},
            {"redirect_uri": BACK + "/more"},
            {"redirect_uri": BACK.replace("https", "http")},
            {"redirect_uri": "javascript:alert(1)"},
            {"redirect_uri": 'https://shop.example/"><script>'},
            {"redirect_uri": "http://127.0.0.1:80@evil.example/callback"},
            {"redirect_uri": None},
            {"client_id": "sxc_nobody"},
            {"client_id": None},
            {"client_id": "é\0"},
            {"response_type": ["code", "code"]},
        ):
            page = self.ask(**change)
            self.assertEqual(page.status_code, 400, change)
            self.assertNotIn("Location", page.headers)
            self.assertNotIn("<script>", page.text.split("This does not work")[1])

    def test_what_is_wrong_is_told_to_the_application(self):
        for error, change in (
            ("unsupported_response_type", {"response_type": "token"}),
            ("invalid_scope", {"scope": "counts:read counts:post"}),
            ("invalid_scope", {"scope": "everything"}),
            ("invalid_request", {"code_challenge": None, "code_challenge_method": None}),
            ("invalid_request", {"code_challenge": None}),
            ("invalid_request", {"code_challenge_method": None}),
            ("invalid_request", {"code_challenge_method": "plain", "code_challenge": VERIFIER}),
            ("invalid_request", {"code_challenge": "short"}),
        ):
            back = self.sent_back(self.ask(**change))
            self.assertEqual((back["error"], back["state"]), (error, "x y&z"), change)
            self.assertIn("iss", back)
        self.assertFalse(self.env["stockex.api.code"].search_count([]))

    def test_an_archived_application_is_not_known(self):
        self.client.active = False

        self.assertEqual(self.ask().status_code, 400)

    def test_an_application_that_may_not_act_for_users_is_told_so(self):
        self.client.write({"in_own_name": True, "user_id": self.carla.id, "in_users_name": False})

        self.assertEqual(self.sent_back(self.ask())["error"], "unauthorized_client")

    # --- Codes ---

    def test_a_code_serves_its_own_application_address_and_verifier_only(self):
        code = self.code()

        for error, status, change in (
            ("invalid_request", 400, {"code_verifier": None}),
            ("invalid_grant", 400, {"code_verifier": VERIFIER + "x"}),
            ("invalid_grant", 400, {"code_verifier": CHALLENGE.decode()}),
            ("invalid_grant", 400, {"redirect_uri": "http://127.0.0.1/callback"}),
            ("invalid_grant", 400, {"redirect_uri": None}),
            ("invalid_grant", 400, {"client": self.app, "secret": ""}),
            ("invalid_client", 401, {"secret": self.wrong(self.secret)}),
            ("invalid_client", 401, {"secret": ""}),
            ("invalid_grant", 400, {"code": code + "x"}),
            ("unsupported_grant_type", 400, {"grant_type": "password"}),
        ):
            change = {"grant_type": "authorization_code", **change}
            given = {"code": code, "redirect_uri": BACK, "code_verifier": VERIFIER, **change}
            given = {name: value for name, value in given.items() if value is not None}
            self.assert_fault(self.post("token", **given), error, status)
        self.assertEqual(self.redeem(code).status_code, 200)

    def test_a_code_lives_a_minute(self):
        code = self.code()

        with freeze_time(fields.Datetime.now() + timedelta(seconds=61)):
            self.assert_fault(self.redeem(code), "invalid_grant")

        self.assertEqual(self.env["stockex.api.session"].search_count([]), 0)

    def test_a_code_used_twice_ends_what_it_gave(self):
        code = self.code()
        token = self.redeem(code).json()

        self.assert_fault(self.redeem(code), "invalid_grant")

        session = self.env["stockex.api.session"].search([("client_id", "=", self.client.id)])
        self.assertEqual((session.state, session.reason), ("revoked", "code_reused"))
        self.assert_denied("token_revoked", token["access_token"], now=fields.Datetime.now())
        self.assert_fault(self.renew(token["refresh_token"]), "invalid_grant")

    def test_the_database_holds_no_code_and_no_token(self):
        code = self.code()
        token = self.redeem(code).json()
        self.env.flush_all()

        self.env.cr.execute(
            """SELECT row_to_json(c)::text FROM stockex_api_code c
               UNION ALL SELECT row_to_json(r)::text FROM stockex_api_refresh r
               UNION ALL SELECT row_to_json(s)::text FROM stockex_api_session s
               UNION ALL SELECT row_to_json(a)::text FROM stockex_api_client a"""
        )
        stored = "".join(row[0] for row in self.env.cr.fetchall())
        for text in (code, token["access_token"], token["refresh_token"], self.secret):
            self.assertNotIn(text, stored)

    def test_an_archived_user_redeems_nothing(self):
        code = self.code()
        self.carla.active = False

        self.assert_fault(self.redeem(code), "invalid_grant")
