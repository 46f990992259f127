from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LiveCase

RELAY = "odoo.addons.stockex_mobile_api.models.live.live_relay"


@tagged("post_install", "-at_install")
class TestLiveRelay(LiveCase):
    """One who cannot be told never keeps the others from hearing."""

    def test_who_left_the_company_hears_no_more_and_the_others_do(self):
        _key, leaver = self.listen(self.karim)
        _key, listener = self.listen(self.carla)
        self.add_other_company()
        self.karim.write(
            {"company_id": self.other_company.id, "company_ids": [(6, 0, self.other_company.ids)]}
        )

        self.assertEqual(self.tell(), [listener])
        self.assertEqual((leaver | listener).exists(), listener)

    def test_a_listener_whose_rights_cannot_be_worked_out_ends_alone(self):
        _key, broken = self.listen(self.sana)
        _key, listener = self.listen(self.carla)
        events = type(self.env["stockex.event"])
        readable = events._readable

        def fail_for_sana(records):
            if records.env.uid == self.sana.id:
                records.env.cr.execute("SELECT 1 / 0")
            return readable(records)

        with (
            patch.object(events, "_readable", fail_for_sana),
            self.assertLogs(RELAY, "ERROR") as logs,
            mute_logger("odoo.sql_db"),
        ):
            heard = self.tell()

        self.assertEqual(heard, [listener])
        self.assertEqual((broken | listener).exists(), listener)
        self.assertIn(str(broken.ids), logs.output[0])
        self.assertEqual(self.tell(), [listener])
