from lxml import etree
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestSyncScreens(SyncCase):
    roles = ("karim", "lea", "carla", "anton", "sana")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 7)
        cls.open = cls.begun()
        cls.the_line = cls.line(cls.open, cls.bolt)

    def shown(self, user, action):
        """Return what the list and the form of an action show a user, field by field."""
        found = self.env["ir.actions.act_window"]._for_xml_id(f"stockex_mobile_api.{action}")
        model = self.env[found["res_model"]].with_user(user)
        views = model.get_views([(False, "search"), (False, "list"), (False, "form")])["views"]
        records = model.search([])
        rows = {}
        for kind in ("list", "form"):
            tree = etree.fromstring(views[kind]["arch"])
            names = {node.get("name") for node in tree.iter("field")}
            spec = {name: _spec(model._fields[name]) for name in names}
            rows[kind] = records.web_read(spec)
        return rows

    def test_each_screen_opens_for_whom_it_is(self):
        self.hello()
        stale = self.set(self.the_line, 3)
        self.count(self.open, {self.the_line: 5}, self.lea)
        bad = self.add(self.the_line, -1)
        self.push(stale, bad, self.op(code="x", location=self.bin_a.id, quantity=1))
        self.open.with_user(self.carla).action_review()
        self.one(self.add(self.the_line, 1))

        for user in (self.karim, self.carla, self.anton, self.sana):
            rows = self.shown(user, "sync_operation_action")
            self.assertEqual({len(found) for found in rows.values()}, {4}, user.login)
        self.env["stockex.sync.subscription"].create(
            {
                "device_id": self.env["stockex.sync.device"].search([]).id,
                "endpoint": "https://push.example.net/1",
                "target": "{}",
                "host": "push.example.net",
                "subscribed_at": "2026-03-02 09:00:00",
            }
        )
        for user in (self.karim, self.carla, self.sana):
            rows = self.shown(user, "sync_subscription_action")
            self.assertEqual([len(found) for found in rows.values()], [1, 1], user.login)
            for action in ("sync_device_action", "sync_device_action_mine"):
                rows = self.shown(user, action)
                self.assertEqual({len(found) for found in rows.values()}, {1}, user.login)
        [found] = [
            row
            for row in self.shown(self.carla, "sync_operation_action")["form"]
            if row["status"] == "conflict"
        ]
        self.assertEqual((found["quantity"], found["theirs_quantity"]), (3, 5))
        self.assertIn("Bolt", found["display_name"])

    def test_settings_are_the_suite_administrators(self):
        settings = self.env["stockex.sync.settings"]
        with self.assertRaises(AccessError):
            settings.with_user(self.carla).create({})
        own = settings.with_user(self.sana).create({})
        self.assertEqual((own.stockex_handheld_adhoc, own.stockex_handheld_photo_px), (True, 1280))

        own.write(
            {
                "stockex_handheld_adhoc": False,
                "stockex_handheld_adhoc_controller_id": self.carla.id,
                "stockex_handheld_photo_px": 800,
            }
        )
        own.action_save()

        self.assertFalse(self.company.stockex_handheld_adhoc)
        self.assertEqual(self.company.stockex_handheld_adhoc_controller_id, self.carla)
        self.assertEqual(self.hello()["settings"]["photo_px"], 800)
        own.stockex_handheld_photo_px = 20
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            own.action_save()
            self.env.flush_all()


def _spec(field):
    return {"fields": {"display_name": {}}} if field.type == "many2one" else {}
