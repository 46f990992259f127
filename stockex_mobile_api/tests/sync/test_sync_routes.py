import json
import uuid

from odoo.tests import HttpCase, tagged

from .sync_case import SyncCase

SYNC = "/stockex/scan/sync"


@tagged("post_install", "-at_install")
class TestSyncRoutes(SyncCase, HttpCase):
    """What comes over the line: Odoo's JSON-RPC, signed in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 7)
        cls.open = cls.begun()
        cls.the_line = cls.line(cls.open, cls.bolt)

    def call(self, route, **params):
        """Call a route as the application does; return the whole answer."""
        body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        response = self.url_open(
            f"{SYNC}/{route}",
            data=json.dumps(body),
            headers={"Content-Type": "application/json"},
        )
        self.env.invalidate_all()
        self.assertEqual(response.status_code, 200)
        return response.json()

    def sent(self, *ops, **vals):
        return {
            "device": self.device(),
            "protocol": 1,
            "now": self.now(),
            "ops": list(ops),
            **vals,
        }

    def sign_in(self, user):
        # Odoo's own name for the browser's session hides the factory of counts.
        self.session = None
        user.password = f"{user.login}-password"
        self.authenticate(user.login, user.password)

    def test_hello_and_push_as_the_application_calls_them(self):
        self.sign_in(self.karim)
        op = self.add(self.the_line, 3)

        hello = self.call("hello", **self.sent(name="Cold store 1"))["result"]
        answer = self.call("push", **self.sent(op, op))["result"]

        self.assertEqual(hello["device"]["name"], "Cold store 1")
        self.assertEqual(set(answer), {"server_time", "results"})
        self.assertEqual([one["status"] for one in answer["results"]], ["applied", "duplicate"])
        self.assertEqual(self.total(self.the_line), 3)

    def test_a_counter_looks_a_code_up_as_the_application_does(self):
        self.sign_in(self.karim)
        self.call("hello", **self.sent())
        asking = {"device": self.device(), "protocol": 1}

        found = self.call("lookup", **asking, code=self.bolt.barcode)["result"]
        nothing = self.call("lookup", **asking, code="nobody knows me")["result"]
        nonsense = self.call("lookup", **asking, code="\x00")["result"]

        self.assertEqual(found["card"]["id"], self.bolt.id)
        self.assertIs(found["blind"], True)
        self.assertNotIn("stock", found["card"])
        self.assertEqual(nothing["status"], "unknown")
        self.assertEqual(nonsense["refused"], "invalid")

    def test_a_refusal_is_an_answer_and_no_error(self):
        self.sign_in(self.karim)
        self.call("hello", **self.sent())
        self.env["stockex.sync.device"].search([]).action_revoke()

        revoked = self.call("push", **self.sent(self.add(self.the_line, 3)))
        old = self.call("hello", **self.sent(protocol=0, device=str(uuid.uuid4())))
        nothing = self.call("push")

        self.assertEqual(revoked["result"]["refused"], "device_revoked")
        self.assertIn("shut out", revoked["result"]["message"])
        self.assertEqual(old["result"]["refused"], "app_too_old")
        self.assertEqual(nothing["result"]["refused"], "app_too_old")
        self.assertFalse(self.entries(self.the_line))

    def test_a_session_that_ended_is_odoos_own_error_and_takes_nothing(self):
        answer = self.call("push", **self.sent(self.add(self.the_line, 3)))

        self.assertEqual(answer["error"]["code"], 100)
        self.assertFalse(self.env["stockex.sync.operation"].search([]))
        self.assertFalse(self.entries(self.the_line))

    def test_it_is_posted_and_nothing_else(self):
        self.sign_in(self.karim)

        for name in ("hello", "push", "lookup"):
            self.assertEqual(self.url_open(f"{SYNC}/{name}").status_code, 405)

    def test_numbers_that_are_none_arrive_and_are_kept(self):
        self.sign_in(self.karim)
        op = self.add(self.the_line, float("nan"))

        [answer] = self.call("push", **self.sent(op))["result"]["results"]

        self.assert_answer(answer, "rejected", "unreadable")
        self.assertIn("NaN", self.row(op).payload)
