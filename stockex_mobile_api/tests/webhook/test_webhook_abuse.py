from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.stockex.tests.transport.receiver import answer

from ... import uninstall_hook
from .common import WebhookCase


@tagged("post_install", "-at_install")
class TestWebhookAbuse(WebhookCase):
    """What an owner could make of an endpoint, and what must not switch one off or on."""

    roles = (*WebhookCase.roles, "sana")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()

    def refused(self, endpoint, vals, words):
        before = endpoint.read(list(vals))
        with self.assertRaisesRegex(AccessError, words), self.env.cr.savepoint():
            endpoint.with_user(self.carla).write(vals)
        self.env.invalidate_all()
        self.assertEqual(endpoint.read(list(vals)), before)

    def test_nobody_lends_an_endpoint_the_rights_of_somebody_else(self):
        endpoint = self.endpoint(allow_private=False, base_url="https://carla.example.com/")

        self.refused(
            endpoint,
            {"owner_id": self.omar.id, "company_id": self.other_company.id},
            "Only a suite administrator",
        )
        self.refused(endpoint, {"owner_id": self.sana.id}, "Only a suite administrator")

        endpoint.with_user(self.sana).owner_id = self.sana
        self.assertEqual(endpoint.owner_id, self.sana)

    def test_what_may_reach_private_addresses_stays_at_the_address_it_was_allowed_for(self):
        endpoint = self.endpoint(base_url="http://10.0.0.7/hook")

        self.refused(
            endpoint, {"base_url": "http://169.254.169.254/latest"}, "Only a suite administrator"
        )

        endpoint.with_user(self.carla).write({"base_url": "http://10.0.0.7/hook", "name": "Same"})
        endpoint.with_user(self.sana).base_url = "http://10.0.0.8/hook"
        self.assertEqual((endpoint.name, endpoint.base_url), ("Same", "http://10.0.0.8/hook"))

    def test_whoever_gives_up_the_private_network_chooses_the_address(self):
        endpoint = self.endpoint(base_url="http://10.0.0.7/hook")

        endpoint.with_user(self.carla).write(
            {"base_url": "https://hooks.example.com/", "allow_private": False}
        )

        self.assertEqual(endpoint.base_url, "https://hooks.example.com/")
        self.assertFalse(endpoint.allow_private)

    def test_a_test_before_the_receiver_is_ready_begins_no_days_of_failure(self):
        endpoint = self.endpoint(self.receiver(answer(503), answer(503)))
        endpoint.action_send_test()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE stockex_transport_health SET failing_since = now() - interval '9 days'"
            " WHERE failing_since IS NOT NULL"
        )
        self.env.invalidate_all()
        self.let_pass()

        self.emit(self.draft())
        self.send_due()

        self.assertTrue(endpoint.active)
        self.assertGreater(endpoint.failing_since, fields.Datetime.now() - timedelta(minutes=1))

    def test_a_business_step_that_looks_at_archived_records_wakes_no_disabled_endpoint(self):
        endpoint = self.endpoint(active=False)
        session = self.draft()

        self.emit(session.with_context(active_test=False))
        self.env["stockex.event"].with_context(active_test=False)._emit(
            "count.started", session, {session.id: {"session": session.name, "lines": 1}}
        )

        self.assertFalse(self.waiting(endpoint))

    def test_nothing_of_an_endpoint_outlives_the_addon(self):
        endpoint = self.endpoint(active=False)
        endpoint.active = True
        self.emit(self.draft())
        owned = [("account_model", "=", endpoint._name)]
        left = {
            "stockex.secret": [("res_model", "=", endpoint._name)],
            "stockex.transport.health": owned,
            "stockex.transport.call": owned,
            "stockex.transport.bucket": owned,
        }
        self.env["stockex.transport.bucket"].create(
            {
                "account_model": endpoint._name,
                "account_id": endpoint.id,
                "family": "default",
                "free_at": 1.0,
            }
        )
        self.assertTrue(all(self.env[name].search(domain) for name, domain in left.items()))

        uninstall_hook(self.env)

        for name, domain in left.items():
            self.assertFalse(self.env[name].search(domain), name)
