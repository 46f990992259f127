import uuid

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.stockex.tests.common import ROLES

from ...exceptions import HandheldRefused
from .sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestSyncDevices(SyncCase):
    roles = ("karim", "lea", "carla", "sana")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.stock(cls.bolt, cls.bin_a, 5)
        cls.open = cls.begun()
        cls.the_line = cls.line(cls.open, cls.bolt)

    def own(self, user=None):
        return self.env["stockex.sync.device"].search([("uuid", "=", self.device(user))])

    def assert_shut_out(self, code, call):
        before = self.footprint()
        operations = self.env["stockex.sync.operation"].search_count([])
        with self.assertRaises(HandheldRefused) as caught:
            call()
        self.assertEqual(caught.exception.code, code)
        self.assertEqual(self.footprint(), before)
        self.assertEqual(self.env["stockex.sync.operation"].search_count([]), operations)

    def test_a_handheld_registers_itself_and_learns_what_it_needs(self):
        answer = self.hello(
            name="Cold store 1",
            app_version="1.0",
            platform="Android 14",
            queue={"waiting": 3, "oldest_at": self.now(60)},
            battery=41.5,
            charging=True,
            something_newer=1,
        )

        device = self.own()
        self.assertTrue(answer.pop("server_time").endswith("Z"))
        self.assertRegex(answer.pop("app_version"), r"^19\.0\.")
        self.assertRegex(answer.pop("push_key"), r"^[\w-]{87}$")
        self.assertEqual(
            answer,
            {
                "protocol": 1,
                "user": {
                    "id": self.karim.id,
                    "name": self.karim.name,
                    "lang": "en_US",
                    "is_controller": False,
                },
                "company": {"id": self.company.id, "name": "Maison Dupont"},
                "companies": [{"id": self.company.id, "name": "Maison Dupont", "adhoc": True}],
                "device": {"id": device.id, "name": "Cold store 1", "state": "active"},
                "settings": {"position": False, "adhoc": True, "photo_px": 1280, "route": True},
                "digits": {"quantity": 2},
                "push_on": False,
            },
        )
        self.assertEqual((device.user_id, device.company_id), (self.karim, self.company))
        self.assertEqual((device.queue_waiting, device.battery), (3, 41.5))
        self.assertTrue(device.charging)
        self.hello(name="Other", battery=40)
        self.assertEqual((self.own().name, self.own().battery), ("Cold store 1", 40))
        self.assertTrue(self.hello(self.carla)["user"]["is_controller"])

    def test_a_user_renames_the_handheld_on_it(self):
        self.hello(name="Cold store 1")
        self.own().name = "By the controller"
        self.hello(name="Cold store 1")
        self.assertEqual(self.own().name, "By the controller")

        answer = self.hello(name="Cold store 2", rename=" Cold store 2 ")

        self.assertEqual((self.own().name, answer["device"]["name"]), ("Cold store 2",) * 2)
        self.hello(rename="   ")
        self.assertEqual(self.own().name, "Cold store 2")
        with self.assertRaises(HandheldRefused):
            self.hello(rename="x" * 101)
        self.assertEqual(self.own().name, "Cold store 2")

    def test_a_handheld_without_a_name_gets_its_users(self):
        self.hello()

        self.assertEqual(self.own().name, f"Handheld of {self.karim.name}")

    def test_a_handheld_that_never_said_hello_is_served(self):
        self.assert_answer(self.one(self.add(self.the_line, 2)), "applied")

        device = self.own()
        self.assertEqual(device.session_id, self.open.with_user(self.env.user))
        self.assertEqual(device.location_id, self.bin_a)
        self.assertTrue(device.last_sync)

    def test_a_handheld_registered_anew_may_send_what_it_had(self):
        op = self.add(self.the_line, 2)
        self.one(op)

        answer = self.one(op, device=str(uuid.uuid4()))

        self.assert_answer(answer, "duplicate")
        self.assertEqual(self.total(self.the_line), 2)

    def test_a_handheld_follows_its_user_to_another_company(self):
        self.hello()
        self.karim.company_ids |= self.other_company
        self.karim.company_id = self.other_company

        answer = self.hello()

        self.assertEqual(answer["company"]["name"], "Dar Atlas")
        self.assertEqual(len(answer["companies"]), 2)
        self.assertEqual(self.own().company_id, self.other_company)
        self.assert_answer(self.one(self.add(self.the_line, 2)), "applied")
        row = self.env["stockex.sync.operation"].search([])
        self.assertEqual(row.company_id, self.company)

    def test_a_revoked_handheld_is_shut_out_at_once(self):
        self.hello()
        self.own().with_user(self.karim).action_revoke()
        op = self.add(self.the_line, 2)

        self.assert_shut_out("device_revoked", lambda: self.push(op))
        self.assert_shut_out("device_revoked", self.hello)
        device = self.own()
        self.assertEqual((device.state, device.revoked_by_id), ("revoked", self.karim))
        self.assert_answer(self.one(op, device=str(uuid.uuid4())), "applied")

    def test_a_handheld_of_somebody_else_is_not_used(self):
        self.hello()
        op = self.add(self.the_line, 2)

        self.assert_shut_out(
            "device_foreign", lambda: self.push(op, user=self.lea, device=self.device())
        )

    def test_an_old_application_a_strange_call_and_a_stranger_are_refused(self):
        for code, sent in (
            ("app_too_old", {"protocol": 0}),
            ("app_too_old", {"protocol": None}),
            ("app_too_old", {"protocol": True}),
            ("clock", {"now": None}),
            ("clock", {"now": "noon"}),
            ("invalid", {"device": "me"}),
            ("invalid", {"battery": 101}),
            ("invalid", {"ops": None}),
            ("invalid", {"ops": {}}),
            ("too_many", {"ops": [self.add(self.the_line, 1)] * 201}),
        ):
            with self.subTest(sent=next(iter(sent)), code=code):
                call = {
                    "device": self.device(),
                    "protocol": 1,
                    "now": self.now(),
                    "ops": [self.add(self.the_line, 2)],
                    **sent,
                }
                push = self.env(user=self.karim)["stockex.sync.push"]
                self.assert_shut_out(code, lambda push=push, call=call: push._push(call))
        portal = self.make_user("paul", "base.group_portal", self.company)
        self.assert_shut_out("no_role", lambda: self.hello(portal))

    def test_who_sees_and_revokes_which_handhelds(self):
        for user in (self.karim, self.lea, self.omar):
            self.hello(user)
        devices = self.env["stockex.sync.device"].search([])

        def seen(user):
            return devices.with_user(user).search([]).user_id

        self.assertEqual(seen(self.karim), self.karim)
        self.assertEqual(seen(self.carla), self.karim | self.lea)
        self.assertEqual(seen(self.sana), self.karim | self.lea)
        self.assertEqual(seen(self.omar), self.omar)
        with self.assertRaises(AccessError):
            self.own(self.lea).with_user(self.karim).action_revoke()
        with self.assertRaises(AccessError):
            self.own(self.lea).with_user(self.omar).action_revoke()
        self.own(self.lea).with_user(self.carla).action_revoke()
        self.assertEqual(
            devices.sorted("id").mapped("state"),
            [("revoked" if one.user_id == self.lea else "active") for one in devices.sorted("id")],
        )

    def test_only_the_name_is_written_and_nothing_made_or_deleted_by_hand(self):
        self.hello()
        own = self.own().with_user(self.karim)

        own.name = "Mine"

        self.assertEqual(self.own().name, "Mine")
        for vals in ({"user_id": self.lea.id}, {"state": "active"}, {"battery": 3}):
            with self.assertRaises(AccessError):
                own.write(vals)
        with self.assertRaises(AccessError):
            own.unlink()
        with self.assertRaises(AccessError):
            own.create({"uuid": "x", "name": "y", "user_id": self.karim.id})

    def test_who_sees_which_operations(self):
        other = self.make_user("vera", ROLES["anton"], self.company)
        ops = [self.add(self.the_line, 1)]
        self.push(*ops)
        self.push(self.add(self.the_line, 1), user=self.lea)
        rows = self.env["stockex.sync.operation"].search([])

        self.assertEqual(rows.with_user(self.karim).search([]).user_id, self.karim)
        self.assertEqual(rows.with_user(self.carla).search([]).user_id, self.karim | self.lea)
        self.assertEqual(rows.with_user(other).search([]).user_id, self.karim | self.lea)
        self.assertFalse(rows.with_user(self.omar).search([]))
        for user in (self.karim, self.carla):
            with self.assertRaises(AccessError):
                rows.with_user(user)[:1].write({"status": "applied"})
            with self.assertRaises(AccessError):
                rows.with_user(user)[:1].unlink()
