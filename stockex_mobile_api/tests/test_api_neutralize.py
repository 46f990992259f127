from odoo import fields
from odoo.tests import tagged
from odoo.tools import file_open

from .live.common import LiveCase


@tagged("post_install", "-at_install")
class TestApiNeutralize(LiveCase):
    """A copy of the database lets nobody in and tells nobody."""

    def neutralize(self):
        self.env.flush_all()
        with file_open("stockex_mobile_api/data/neutralize.sql") as script:
            self.env.cr.execute(script.read())
        self.env.invalidate_all()

    def test_keys_and_accesses_are_revoked_and_nobody_listens(self):
        key, text = self.issue(scopes=("live:read",))
        session, _subscription, _identity = self.listen_as_application()
        token = self.env["stockex.api.oauth"]._issue(session, "live:read", with_refresh=True)
        session.client_id.action_new_secret()

        self.neutralize()

        self.assertTrue(key.revoked_at and session.revoked_at)
        now = fields.Datetime.now()
        self.assert_denied("key_revoked", text, now=now)
        self.assert_denied("token_revoked", token["access_token"], now=now)
        self.assertFalse(session.client_id.secret_hash)
        self.assertFalse(self.env["stockex.api.refresh"].search([]))
        self.assertFalse(self.subscriptions.search([]))

    def test_webhook_endpoints_are_off(self):
        endpoint = self.env["stockex.webhook.endpoint"].create(
            {
                "name": "Dashboard",
                "company_id": self.company.id,
                "owner_id": self.carla.id,
                "base_url": "https://dashboard.example/hook",
                "active": True,
            }
        )
        calls = self.env["stockex.transport.call"]
        mine = [("account_model", "=", endpoint._name), ("account_id", "=", endpoint.id)]
        self.tell()
        self.assertEqual(calls.search_count(mine), 1)

        self.neutralize()
        self.tell()

        self.assertEqual((endpoint.active, endpoint.health), (False, "off"))
        self.assertEqual(calls.search_count(mine), 1)
