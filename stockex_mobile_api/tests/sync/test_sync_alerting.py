from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestSyncAlerting(SyncCase):
    """Events of handhelds, and who hears of them."""

    roles = ("karim", "lea", "carla")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for place in (cls.bin_a, cls.bin_b):
            cls.stock(cls.bolt, place, 5)
        cls.open = cls.begun(cls.bin_a | cls.bin_b)
        cls.first, cls.second = (
            cls.line(cls.open, cls.bolt, place) for place in (cls.bin_a, cls.bin_b)
        )

    def setUp(self):
        super().setUp()
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *_args: 1)
        self.devices_of = self.env["stockex.sync.device"]

    def own(self, user=None):
        return self.devices_of.search([("uuid", "=", self.device(user))])

    def told(self, name):
        events = self.env["stockex.event"].search([("name", "=", name)], order="id")
        return [(one.res_model, one.res_id, one.company_id.id, one.payload) for one in events]

    def heard(self):
        """Have the rules applied; return who was told what."""
        pending = self.env["stockex.notify.pending"]
        while events := pending._claim():
            pending._handle(events)
        found = self.env["stockex.notification"].search([("subject", "!=", False)])
        return {(one.user_id, one.subject) for one in found}

    def test_the_conflicts_of_a_call_are_told_once_with_their_first_line(self):
        stale = [self.set(line, 3) for line in (self.first, self.second)]
        self.count(self.open, {self.first: 5, self.second: 5}, self.lea)
        self.hello(name="Cold store 1")

        self.push(*stale)
        self.push(*stale)

        payload = {
            "session": self.open.name,
            "handheld": "Cold store 1",
            "counter": self.karim.name,
            "conflicts": 2,
            "first": self.first.display_name,
        }
        self.assertEqual(
            self.told("handheld.conflict_found"),
            [("stockex.count.session", self.open.id, self.company.id, payload)],
        )
        subject = f"To decide: {self.open.display_name}, {self.first.display_name}"
        self.assertIn((self.carla, subject), self.heard())

    def test_what_is_no_conflict_tells_nothing(self):
        self.push(self.add(self.first, 1), self.add(self.first, -1))

        self.assertEqual(self.told("handheld.conflict_found"), [])

    def stick(self, minutes=31, waiting=4):
        self.push(self.add(self.first, 1))
        since = fields.Datetime.now() - timedelta(minutes=minutes)
        self.own().sudo().write({"queue_waiting": waiting, "queue_oldest_at": since})
        return since

    def test_a_stuck_queue_is_told_once_and_again_when_another_one_is(self):
        self.hello(name="Cold store 1")
        since = self.stick()

        for _run in range(3):
            self.devices_of._cron_stuck()

        payload = {
            "session": self.open.name,
            "handheld": "Cold store 1",
            "counter": self.karim.name,
            "waiting": 4,
            "since": fields.Datetime.to_string(since),
        }
        device = self.own()
        self.assertEqual(
            self.told("handheld.queue_stuck"),
            [("stockex.sync.device", device.id, self.company.id, payload)],
        )
        subject = "Cold store 1: 4 counts unsent"
        self.assertLessEqual({(self.carla, subject), (self.karim, subject)}, self.heard())
        device.sudo().queue_oldest_at = since - timedelta(minutes=5)
        self.devices_of._cron_stuck()
        self.assertEqual(len(self.told("handheld.queue_stuck")), 2)

    def test_a_queue_that_is_young_empty_shut_out_or_of_no_open_count_is_not_told(self):
        self.stick(minutes=29)
        self.devices_of._cron_stuck()
        self.stick(waiting=0)
        self.devices_of._cron_stuck()
        self.stick()
        self.own().with_user(self.carla).action_revoke()
        self.devices_of._cron_stuck()
        self.own().with_user(self.carla).action_admit()
        self.open.with_user(self.carla).action_review()
        self.devices_of._cron_stuck()

        self.assertEqual(self.told("handheld.queue_stuck"), [])

    def test_its_owner_hears_that_a_handheld_was_shut_out(self):
        self.hello(name="Cold store 1", queue={"waiting": 2, "oldest_at": self.now(60)})

        self.own().with_user(self.carla).action_revoke()
        self.own().with_user(self.carla).action_revoke()

        payload = {
            "handheld": "Cold store 1",
            "counter": self.karim.name,
            "by": self.carla.name,
            "waiting": 2,
        }
        self.assertEqual(
            self.told("handheld.revoked"),
            [("stockex.sync.device", self.own().id, self.company.id, payload)],
        )
        self.assertIn((self.karim, "Shut out: Cold store 1"), self.heard())

    def test_each_event_has_its_words(self):
        vocabulary = self.env["stockex.notify.vocabulary"]
        labels = dict(vocabulary._events())

        self.assertEqual(labels["handheld.queue_stuck"], "A handheld cannot send what was counted")
        self.assertEqual(
            vocabulary._labels_of("handheld.conflict_found"),
            {
                "session": "Count",
                "handheld": "Handheld",
                "counter": "Counter",
                "conflicts": "Conflicts",
                "first": "First line",
            },
        )
