import time

from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.auth.gate import STRANGERS_A_MINUTE
from .oauth_case import BACK, VERIFIER, OauthCase

SERVER = "/stockex/oauth"


@tagged("post_install", "-at_install")
class TestOauthLog(OauthCase):
    """Requests of applications stand in the log, without what is secret in them."""

    def setUp(self):
        super().setUp()
        self.sign_in()

    def lines(self, number):
        """Read the log, of these addresses, until so many lines are there.

        A line is written once its answer is sent: the client may be here before it.
        """
        for _try in range(100):
            found = self.read_lines()
            if len(found) >= number:
                break
            time.sleep(0.05)
        self.assertEqual(len(found), number)
        return found

    def read_lines(self):
        with db_connect(self.env.cr.dbname).cursor() as cr:
            requests = self.env(cr=cr)["stockex.api.request"]
            return requests.search([("path", "=like", f"{SERVER}/%")], order="id").read(
                load="_classic_write"
            )

    def raw(self):
        """Return all that is stored of the requests."""
        with db_connect(self.env.cr.dbname).cursor() as cr:
            cr.execute("SELECT line::text FROM stockex_api_request AS line")
            return "\n".join(text for (text,) in cr.fetchall())

    def test_each_request_leaves_a_line_with_its_application(self):
        token = self.tokens()
        renewed = self.renew(token["refresh_token"]).json()
        self.post("introspect", token=renewed["access_token"])
        self.post("revoke", token=renewed["refresh_token"])

        found = [(line["path"], line["status"], line["code"]) for line in self.lines(4)]
        self.assertEqual(
            found,
            [
                (f"{SERVER}/token", 200, False),
                (f"{SERVER}/token", 200, False),
                (f"{SERVER}/introspect", 200, False),
                (f"{SERVER}/revoke", 200, False),
            ],
        )
        first, *_others, last = [self.stored(line) for line in self.lines(4)]
        who = {"client": self.client.id, "label": self.client.name, "company": self.company.id}
        subject = f"client:{self.client.id}"
        of_carla = {"user": self.carla.id, "subject": f"{subject}/{self.carla.id}"}
        self.assertEqual(first, {**who, **of_carla})
        self.assertEqual(last, {**who, "user": False, "subject": subject})

    def stored(self, line):
        """Return who a line names; its transaction may not see a record of this test."""
        with db_connect(self.env.cr.dbname).cursor() as cr:
            cr.execute(
                "SELECT client_id, label, company_id, user_id, subject FROM stockex_api_request"
                " WHERE id = %s",
                [line["id"]],
            )
            client, label, company, user, subject = cr.fetchone()
        return {
            "client": client,
            "label": label,
            "company": company,
            "user": user or False,
            "subject": subject,
        }

    def test_no_code_secret_or_token_is_kept(self):
        self.company.stockex_api_log_bodies = True
        code = self.code()
        answer = self.opener.post(
            f"{self.base_url()}{SERVER}/token?code={code}&client_secret={self.secret}",
            data={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": BACK,
                "code_verifier": VERIFIER,
                "client_id": self.client.client_id,
                "client_secret": self.secret,
            },
            timeout=30,
        )
        token = answer.json()
        self.lines(1)

        kept = self.raw()
        self.assertIn(answer.headers["X-Request-Id"], kept)
        for secret in (code, self.secret, VERIFIER, token["access_token"], token["refresh_token"]):
            self.assertNotIn(secret, kept)

    def test_a_refusal_says_why_and_who_if_it_was_shown(self):
        wrong = self.wrong(self.secret)
        self.post("token", grant_type="refresh_token", refresh_token="x", secret=wrong)
        self.post("token", grant_type="refresh_token", refresh_token="x")
        self.post("token", client=self.app, secret="", grant_type="refresh_token")

        lines = self.lines(3)
        self.assertEqual(
            [(line["status"], line["code"]) for line in lines],
            [(401, "invalid_client"), (400, "invalid_grant"), (400, "invalid_request")],
        )
        named = [self.stored(line)["client"] for line in lines]
        self.assertEqual(named, [None, self.client.id, None])

    def test_a_company_that_wants_no_log_has_none(self):
        self.company.stockex_api_log = False
        token = self.tokens()
        self.company.stockex_api_log = True

        self.post("introspect", token=token["access_token"])

        [line] = self.lines(1)
        self.assertEqual(line["path"], f"{SERVER}/introspect")

    def test_strangers_cannot_flood_the_log(self):
        with mute_logger("odoo.http"):
            for _number in range(STRANGERS_A_MINUTE + 3):
                self.post("token", client=self.app, secret="", grant_type="refresh_token")

        self.lines(STRANGERS_A_MINUTE)
