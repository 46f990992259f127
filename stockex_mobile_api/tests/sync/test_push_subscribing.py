import json
import uuid
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...exceptions import HandheldRefused
from .push_case import Browser, PushCase


@tagged("post_install", "-at_install")
class TestPushSubscribing(PushCase):
    """Who is told on a handheld, and when that ends."""

    def assert_refused_call(self, code, call):
        before = self.env["stockex.sync.subscription"].search([]).sudo().mapped("target")
        with self.assertRaises(HandheldRefused) as caught:
            call()
        self.assertEqual(caught.exception.code, code)
        after = self.env["stockex.sync.subscription"].search([]).sudo().mapped("target")
        self.assertEqual(after, before)

    def test_a_handheld_learns_the_key_and_subscribes(self):
        hello = self.hello()
        self.assertRegex(hello["push_key"], r"^B[\w-]{86}$")
        self.assertIs(hello["push_on"], False)

        answer = self.subscribe()

        self.assertEqual(answer, {"subscribed": True})
        again = self.hello()
        self.assertEqual((again["push_key"], again["push_on"]), (hello["push_key"], True))
        found = self.of()
        self.assertEqual(
            (found.user_id, found.company_id, found.host, found.device_id.uuid),
            (self.karim, self.company, "push.example.net", self.device()),
        )
        self.assertEqual(
            json.loads(found.sudo().target)["keys"], self.browser().subscription()["keys"]
        )

    def test_the_key_is_one_for_the_database_and_never_in_it_in_clear(self):
        key = self.hello()["push_key"]

        self.assertEqual(self.hello(self.lea)["push_key"], key)
        private = self.env["stockex.push.key"]._private()
        self.env.flush_all()
        self.env.cr.execute("SELECT ciphertext FROM stockex_secret WHERE name LIKE 'Signing key%'")
        [(cipher,)] = self.env.cr.fetchall()
        self.assertNotIn(private, cipher)
        self.env.cr.execute("SELECT value FROM ir_config_parameter")
        self.assertNotIn(private, str(self.env.cr.fetchall()))

    def test_subscribing_twice_keeps_one_and_a_new_browser_replaces_the_old(self):
        self.subscribe()
        self.subscribe()
        self.assertEqual(len(self.of()), 1)
        self.browsers[self.karim] = Browser(77)

        self.subscribe()

        self.assertEqual(self.of().sudo().endpoint, "https://push.example.net/push/77")

    def test_nobody_reads_where_a_browser_is_reached(self):
        self.subscribe()
        self.subscribe(self.lea)

        for user in (self.karim, self.carla, self.sana):
            own = self.of().with_user(user)
            self.assertEqual(own.read(["host"])[0]["host"], "push.example.net")
            for name in ("endpoint", "target", "session_mark"):
                with self.assertRaises(AccessError):
                    own.read([name])
        self.assertEqual(self.of(self.lea).with_user(self.karim).search([]), self.of())
        with self.assertRaises(AccessError):
            self.of(self.lea).with_user(self.karim).action_end()
        with self.assertRaises(AccessError):
            self.of().with_user(self.sana).write({"failures": 1})
        self.assertTrue(self.of(self.lea))

    def test_what_is_no_push_service_is_refused(self):
        self.subscribe()
        browser = Browser(5)
        for endpoint in (
            "http://push.example.net/1",
            "https://127.0.0.1/1",
            "https://[::1]/1",
            "https://93.184.216.34/1",
            "https://localhost/1",
            "https://odoo/1",
            "https://odoo.internal./1",
            "https://user:pw@push.example.net/1",
            "https://push.example.net/1#x",
            "file:///etc/passwd",
            "https://push.example.net/" + "x" * 5000,
            "",
        ):
            given = browser.subscription(endpoint=endpoint)
            self.assert_refused_call(
                "subscription", lambda given=given: self.subscribe(subscription=given)
            )
        for given in (None, "x", 7, [], {}, browser.subscription(keys={}), {"endpoint": [1]}):
            self.assert_refused_call(
                "subscription", lambda given=given: self.subscribe(subscription=given)
            )

    def test_the_own_network_only_if_the_suite_administrator_allows_it(self):
        local = Browser(6, "http://127.0.0.1:8099/push/6").subscription()
        with self.assertRaises(AccessError):
            self.service.with_user(self.carla).allow_private = True
        self.service.with_user(self.sana).allow_private = True

        self.subscribe(subscription=local)

        self.assertEqual(self.of().host, "127.0.0.1")

    def test_another_key_than_todays_is_refused(self):
        self.assert_refused_call("push_key", lambda: self.subscribe(key="BOld"))
        self.assert_refused_call("push_key", lambda: self.subscribe(key=None))

    def test_only_a_registered_handheld_of_ones_own_subscribes(self):
        self.subscribe()
        call = {"protocol": 1, "key": self.hello()["push_key"]}
        call["subscription"] = Browser(9).subscription()
        unknown, foreign = str(uuid.uuid4()), self.device()

        for user, device, code in (
            (self.karim, unknown, "device_unknown"),
            (self.lea, foreign, "device_foreign"),
            (self.karim, "no uuid", "invalid"),
        ):
            own = self.subscriptions(user)
            self.assert_refused_call(
                code, lambda own=own, device=device: own._subscribe({**call, "device": device})
            )
            self.assert_refused_call(
                code, lambda own=own, device=device: own._unsubscribe({**call, "device": device})
            )

    def test_a_browser_that_another_user_signs_in_to_tells_the_first_nothing_more(self):
        self.subscribe()
        shared = self.browser().subscription()

        self.subscribe(self.lea, subscription=shared)

        self.assertFalse(self.of())
        self.assertEqual(len(self.of(self.lea)), 1)

    def test_who_only_knows_an_address_ends_nobodys_messages(self):
        self.subscribe()
        stolen = Browser(8, self.browser().endpoint).subscription()

        self.assert_refused_call(
            "subscription", lambda: self.subscribe(self.lea, subscription=stolen)
        )

    def test_it_ends_with_the_switch_the_access_the_user_and_the_database(self):
        self.subscribe()
        self.assertEqual(self.unsubscribe(), {"subscribed": False})
        self.assertEqual(self.unsubscribe(), {"subscribed": False})
        self.assertFalse(self.of())

        self.subscribe()
        self.of().with_user(self.carla).action_end()
        self.assertFalse(self.of())

        self.subscribe()
        self.karim.active = False
        self.assertFalse(self.of())
        self.karim.active = True

        self.subscribe()
        self.of().device_id.with_user(self.carla).action_revoke()
        self.assertFalse(self.of())
        with self.assertRaises(HandheldRefused):
            self.subscribe()

    def test_a_new_key_ends_all_and_says_so_to_handhelds(self):
        old = self.hello()["push_key"]
        self.subscribe()
        self.subscribe(self.lea)
        with self.assertRaises(AccessError):
            self.service.with_user(self.carla).action_renew_push_key()
        self.assertTrue(self.of())

        self.service.with_user(self.sana).action_renew_push_key()

        self.assertFalse(self.of() | self.of(self.lea))
        hello = self.hello()
        self.assertNotEqual(hello["push_key"], old)
        self.assertIs(hello["push_on"], False)
        self.assertEqual(self.subscribe(), {"subscribed": True})

    def test_a_company_without_the_service_gives_no_key(self):
        self.service.active = False

        self.assertIsNone(self.hello()["push_key"])
        self.assert_refused_call("push_key", lambda: self.subscribe(key="BAny"))

    def test_a_key_that_cannot_be_read_does_not_keep_handhelds_out(self):
        self.hello()
        with (
            patch.dict("os.environ", {"STOCKEX_SECRET_KEY": "A" * 43 + "="}),
            self.assertLogs("odoo.addons.stockex_mobile_api", "WARNING"),
        ):
            answer = self.hello()

        self.assertIsNone(answer["push_key"])
        self.assertEqual(answer["device"]["state"], "active")
