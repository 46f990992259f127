import json

from odoo.tests import HttpCase, tagged

from .push_case import PushCase

SYNC = "/stockex/scan/sync"


@tagged("post_install", "-at_install")
class TestPushRoutes(PushCase, HttpCase):
    """What comes over the line, and what signing out ends."""

    def call(self, route, **params):
        body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        response = self.url_open(
            f"{SYNC}/{route}",
            data=json.dumps(body),
            headers={"Content-Type": "application/json"},
        )
        self.env.invalidate_all()
        self.assertEqual(response.status_code, 200)
        return response.json()

    def sign_in(self, user):
        # Odoo's own name for the browser's session hides the factory of counts.
        self.session = None
        user.password = f"{user.login}-password"
        self.authenticate(user.login, user.password)

    def switch_on(self, user):
        self.sign_in(user)
        own = {"device": self.device(user), "protocol": 1}
        hello = self.call("hello", **own, now=self.now())["result"]
        given = self.browser(user).subscription()
        return self.call("subscribe", **own, key=hello["push_key"], subscription=given)

    def test_a_handheld_subscribes_and_unsubscribes_as_the_application_calls(self):
        self.assertEqual(self.switch_on(self.karim)["result"], {"subscribed": True})
        self.assertEqual(len(self.of()), 1)

        ended = self.call("unsubscribe", device=self.device(), protocol=1)

        self.assertEqual(ended["result"], {"subscribed": False})
        self.assertFalse(self.of())

    def test_a_refusal_is_an_answer_and_no_error(self):
        self.sign_in(self.karim)
        own = {"device": self.device(), "protocol": 1}

        unknown = self.call("subscribe", **own)["result"]
        self.call("hello", **own, now=self.now())
        wrong = self.call("subscribe", **own, key="x", subscription={})["result"]
        old = self.call("unsubscribe", device=self.device(), protocol=0)["result"]

        self.assertEqual(
            [one["refused"] for one in (unknown, wrong, old)],
            ["device_unknown", "push_key", "app_too_old"],
        )
        self.assertFalse(self.of())

    def test_nobody_subscribes_without_a_session(self):
        answer = self.call("subscribe", device=self.device(), protocol=1)

        self.assertEqual(answer["error"]["code"], 100)
        self.assertFalse(self.env["stockex.sync.subscription"].search([]))

    def test_signing_out_ends_the_messages_of_that_device_and_no_other(self):
        self.switch_on(self.lea)
        self.switch_on(self.karim)
        self.assertEqual(len(self.of() | self.of(self.lea)), 2)

        self.url_open("/web/session/logout?redirect=/stockex/scan", allow_redirects=False)
        self.env.invalidate_all()

        self.assertFalse(self.of())
        self.assertEqual(len(self.of(self.lea)), 1)

    def test_signing_out_in_the_office_by_its_own_call_does_the_same(self):
        self.switch_on(self.karim)

        self.url_open(
            "/web/session/destroy",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": {}}),
            headers={"Content-Type": "application/json"},
        )
        self.env.invalidate_all()

        self.assertFalse(self.of())

    def test_the_worker_runs_the_script_that_shows_messages(self):
        text = self.url_open("/stockex/scan/service-worker.js").text
        build = json.loads(text.partition("const BUILD = ")[2].partition(";\n")[0])

        [script] = build["scripts"]
        self.assertRegex(script, r"/worker/push\.js\?v=[0-9a-f]{16}$")
        self.assertIn(script.partition("?")[0], build["files"])
        self.assertIn("notificationclick", self.url_open(script).text)
        self.assertEqual(self.url_open(build["icon"]).status_code, 200)
