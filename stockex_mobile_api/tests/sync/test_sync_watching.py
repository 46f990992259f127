import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.bus.models.ir_websocket import IrWebsocket

from ...exceptions import HandheldRefused
from ...models.sync import sync_live
from .sync_case import SyncCase

ALARMS = ["is_stuck", "is_silent", "is_battery_low", "is_clock_wrong"]


@tagged("post_install", "-at_install")
class TestSyncWatching(SyncCase):
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

    def alarms(self, device):
        device.invalidate_recordset()
        return [name for name in ALARMS if device[name]]

    def seen_with(self, user, domain):
        devices = self.env(user=user)["stockex.sync.device"]
        return devices.search(domain).user_id

    # --- Alarms ---

    def test_each_alarm_begins_where_it_should(self):
        self.push(self.add(self.the_line, 1))
        now = fields.Datetime.now()
        device = self.own()

        for name, vals, calm in (
            ("is_battery_low", {"battery": 14.9}, {"battery": 15}),
            ("is_clock_wrong", {"clock_offset_s": -301}, {"clock_offset_s": 300}),
            ("is_clock_wrong", {"clock_offset_s": 301}, {"clock_offset_s": -300}),
            (
                "is_stuck",
                {"queue_waiting": 1, "queue_oldest_at": now - timedelta(minutes=31)},
                {"queue_waiting": 1, "queue_oldest_at": now - timedelta(minutes=29)},
            ),
            (
                "is_silent",
                {"last_seen": now - timedelta(minutes=61)},
                {"last_seen": now - timedelta(minutes=59)},
            ),
        ):
            with self.subTest(name, vals=vals):
                self.assertEqual(self.alarms(device), [])
                device.sudo().write(vals)
                self.assertEqual(self.alarms(device), [name])
                self.assertTrue(device.has_alarm)
                for wanted in (name, "has_alarm"):
                    self.assertEqual(self.seen_with(self.carla, [(wanted, "=", True)]), self.karim)
                    self.assertFalse(self.seen_with(self.carla, [(wanted, "=", False)]))
                device.sudo().write(calm)
                self.assertEqual(self.alarms(device), [])
                self.assertFalse(self.seen_with(self.carla, [(name, "=", True)]))
                self.assertEqual(self.seen_with(self.carla, [(name, "=", False)]), self.karim)

    def test_nothing_alarms_of_what_is_unknown_over_or_shut_out(self):
        self.push(self.add(self.the_line, 1))
        device = self.own()
        old = fields.Datetime.now() - timedelta(hours=3)

        device.sudo().write({"battery": 0, "queue_waiting": 0, "queue_oldest_at": old})
        self.assertEqual(self.alarms(device), [])
        device.sudo().write({"last_seen": old})
        self.open.with_user(self.carla).action_review()
        self.assertEqual(self.alarms(device), [])
        device.sudo().write({"battery": 3, "queue_waiting": 2, "clock_offset_s": 9999})
        self.assertEqual(self.alarms(device), ["is_stuck", "is_battery_low", "is_clock_wrong"])
        device.with_user(self.carla).action_revoke()
        self.assertEqual(self.alarms(device), [])

    def test_how_long_is_too_long_is_each_companys(self):
        self.hello()
        self.hello(self.omar)
        old = fields.Datetime.now() - timedelta(minutes=20)
        both = self.own() | self.own(self.omar)
        both.sudo().write({"queue_waiting": 1, "queue_oldest_at": old})
        self.other_company.stockex_handheld_stuck_minutes = 10

        self.assertEqual(self.alarms(self.own()), [])
        self.assertEqual(self.alarms(self.own(self.omar)), ["is_stuck"])
        self.assertEqual(self.seen_with(self.omar, [("is_stuck", "=", True)]), self.omar)
        self.assertFalse(self.seen_with(self.carla, [("is_stuck", "=", True)]))

    def test_a_wrong_clock_is_told_in_words(self):
        self.hello()
        device = self.own()

        for seconds, text in (
            (59, False),
            (-60, "1 min ahead"),
            (7199, "119 min behind"),
            (7200, "2 h behind"),
            (-172800, "2 days ahead"),
        ):
            device.sudo().clock_offset_s = seconds
            self.assertEqual(device.clock_text or False, text)

    def test_what_was_sent_no_longer_waits_though_the_handheld_says_nothing_more(self):
        self.hello(queue={"waiting": 3, "oldest_at": self.now(3600)})

        self.push(self.add(self.the_line, 1), self.add(self.the_line, 1))
        self.assertEqual(self.own().queue_waiting, 1)
        self.assertTrue(self.own().queue_oldest_at)
        self.push(self.add(self.the_line, 1), self.add(self.the_line, 1))

        self.assertEqual((self.own().queue_waiting, self.own().queue_oldest_at), (0, False))

    # --- Shutting out, letting in ---

    def test_a_handheld_let_in_again_sends_what_it_kept(self):
        self.hello()
        device = self.own()
        device.with_user(self.carla).action_revoke()
        op = self.add(self.the_line, 2)
        with self.assertRaises(HandheldRefused):
            self.push(op)
        self.assertEqual(self.total(self.the_line), 0)

        device.with_user(self.carla).action_admit()

        self.assertEqual(
            (device.state, device.revoked_at, device.revoked_by_id.id), ("active", False, False)
        )
        self.assert_answer(self.one(op), "applied")
        self.assertEqual(self.total(self.the_line), 2)

    def test_who_lets_a_handheld_in_again(self):
        self.hello()
        device = self.own()
        device.with_user(self.karim).action_revoke()
        self.assertTrue(device.with_user(self.karim).can_admit)
        device.with_user(self.karim).action_admit()
        self.assertEqual(device.state, "active")

        device.with_user(self.carla).action_revoke()

        self.assertFalse(device.with_user(self.karim).can_admit)
        for user in (self.karim, self.lea, self.omar):
            with self.assertRaises(AccessError):
                device.with_user(user).action_admit()
        self.assertEqual((device.state, device.revoked_by_id), ("revoked", self.carla))
        device.with_user(self.sana).action_admit()
        self.assertEqual(device.state, "active")

    # --- Live ---

    def told(self):
        """Return to which companies a commit tells that handhelds changed."""
        before = self.env["bus.bus"].search([], order="id desc", limit=1).id or 0
        self.env.flush_all()
        self.env.cr.precommit.run()
        found = self.env["bus.bus"].search([("id", ">", before)], order="id")
        rows = [(json.loads(row.channel), json.loads(row.message)) for row in found]
        return [
            (channel[2], message["payload"])
            for channel, message in rows
            if message["type"] == sync_live.MESSAGE
        ]

    def forget(self):
        """Begin anew: nobody was told of anything."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.cr.postcommit.clear()
        self.patch(sync_live, "_told", {})

    def test_a_call_of_many_operations_is_told_once_and_only_to_its_company(self):
        self.hello()
        self.hello(self.omar)
        self.forget()

        self.push(*(self.add(self.the_line, 1) for _number in range(30)))
        self.hello()

        self.assertEqual(self.told(), [(self.company.id, {"within_ms": 2000})])

    def test_fifty_handhelds_that_send_within_a_window_are_told_once(self):
        self.forget()
        clock = [1000.0]
        self.patch(sync_live.time, "monotonic", lambda: clock[0])
        told = []
        for number in range(50):
            clock[0] += 0.1
            self.devices.pop(self.karim, None)
            self.push(self.add(self.the_line, 1))
            found = self.told()
            if found:
                self.env.cr.postcommit.run()
            told += [(number, *found[0])] if found else []

        self.assertEqual([number for number, *_rest in told], [0, 20, 40])

    def test_what_was_rolled_back_silences_nobody(self):
        self.hello()
        self.forget()
        self.hello()
        self.env.flush_all()
        self.env.cr.precommit.clear()
        self.env.cr.postcommit.clear()

        self.hello()

        self.assertEqual(len(self.told()), 1)

    def channels(self, user, *asked):
        # What Odoo adds of its own needs a request; what others add is theirs.
        self.patch(IrWebsocket, "_build_bus_channel_list", lambda _self, found: found)
        found = self.env(user=user)["ir.websocket"]._build_bus_channel_list(list(asked))
        ours = sync_live.CHANNEL
        return [
            one
            for one in found
            if isinstance(one, str) or (isinstance(one, tuple) and one[1] == ours)
        ]

    def test_only_controllers_hear_and_only_of_their_companies(self):
        name = sync_live.CHANNEL

        self.assertEqual(self.channels(self.carla, name, "mine"), ["mine", (self.company, name)])
        self.assertEqual(self.channels(self.omar, name), [(self.other_company, name)])
        self.assertEqual(self.channels(self.sana, name), [(self.company, name)])
        self.assertEqual(self.channels(self.karim, name, "mine"), ["mine"])
        self.assertEqual(self.channels(self.env.ref("base.public_user"), name), [])
        self.assertEqual(self.channels(self.carla, "mine"), ["mine"])

    def test_the_screen_of_all_handhelds_shows_the_chosen_companies_only(self):
        self.carla.company_ids |= self.other_company
        for user in (self.karim, self.omar):
            self.hello(user)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "stockex_mobile_api.sync_device_action"
        )
        self.assertEqual(action["domain"], "[('company_id', 'in', allowed_company_ids)]")
        devices = self.env(user=self.carla)["stockex.sync.device"]

        chosen = devices.with_context(allowed_company_ids=self.company.ids)

        self.assertEqual(chosen.search([]).user_id, self.karim)
