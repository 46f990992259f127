from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.stockex.pure.notify import registry
from odoo.addons.stockex.tests.common import ROLES

from .common import WebhookCase


@tagged("post_install", "-at_install")
class TestWebhookAccess(WebhookCase):
    """Who has endpoints, and what each is told of."""

    roles = tuple(ROLES)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.colin = cls.make_user("colin", ROLES["carla"], cls.company)

    def told(self, endpoint):
        return self.waiting(endpoint).event_id

    def test_a_controller_has_own_endpoints_and_the_administrator_all_of_the_company(self):
        mine, theirs = self.endpoint(), self.endpoint(name="Colin's", owner_id=self.colin.id)
        foreign = self.endpoint(company_id=self.other_company.id, owner_id=self.omar.id)

        seen = {
            user.name: self.endpoints.with_user(user).search([])
            for user in (self.carla, self.colin, self.sana, self.omar)
        }
        self.assertEqual(
            list(seen.values()), [mine, theirs, (theirs | mine).sorted("name"), foreign]
        )
        for user in (self.karim, self.anton, self.quentin, self.ada):
            with self.assertRaises(AccessError):
                self.endpoints.with_user(user).search([])
        for action in ("action_show_secret", "action_send_test", "action_rotate_secret"):
            with self.assertRaises(AccessError):
                getattr(mine.with_user(self.colin), action)()
        self.assertFalse(mine.secret_shown)

    def test_a_controller_makes_endpoints_for_nobody_else(self):
        vals = {"name": "X", "base_url": "https://x.example/", "company_id": self.company.id}

        mine = self.endpoints.with_user(self.carla).create(vals)
        self.assertEqual(mine.owner_id, self.carla)
        for wrong, error in (
            ({"owner_id": self.colin.id}, AccessError),
            ({"company_id": self.other_company.id}, ValidationError),
        ):
            with self.assertRaises(error):
                self.endpoints.with_user(self.carla).create({**vals, **wrong})
        with self.assertRaises(AccessError):
            mine.allow_private = True

    def test_a_counter_owns_no_endpoint(self):
        with self.assertRaisesRegex(ValidationError, "is no stock controller"):
            self.endpoint(owner_id=self.karim.id)
        with self.assertRaisesRegex(ValidationError, "does not work in"):
            self.endpoint(owner_id=self.omar.id)

    def test_deliveries_are_seen_by_their_owner_and_follow_to_the_next(self):
        endpoint = self.endpoint(self.receiver())
        self.emit(self.draft())
        self.send_due()
        call = self.waiting(endpoint)

        for record in (call, call.attempt_ids):
            model = self.env[record._name]
            self.assertEqual(model.with_user(self.carla).search([]), record)
            self.assertFalse(model.with_user(self.colin).search([]))
            self.assertEqual(model.with_user(self.sana).search([]), record)
        endpoint.owner_id = self.colin
        for record in (call, call.attempt_ids):
            self.assertFalse(self.env[record._name].with_user(self.carla).search([]))
            self.assertEqual(self.env[record._name].with_user(self.colin).search([]), record)

    def test_an_endpoint_hears_of_its_company_only(self):
        mine = self.endpoint()
        foreign = self.endpoint(company_id=self.other_company.id, owner_id=self.omar.id)

        event = self.emit(self.draft())

        self.assertEqual(self.told(mine), event)
        self.assertFalse(self.told(foreign))

    def test_an_endpoint_hears_only_what_its_owner_may_read(self):
        endpoint, admins = self.endpoint(), self.endpoint(owner_id=self.sana.id)
        session = self.draft()
        self.env["ir.rule"].create(
            {
                "name": "Not for Carla",
                "model_id": self.env["ir.model"]._get_id("stockex.count.session"),
                "domain_force": f"[(1, '=', 1)] if user.id != {self.carla.id} else [(0, '=', 1)]",
            }
        )

        event = self.emit(session.with_user(self.sana))

        self.assertNotIn(event, self.told(endpoint))
        self.assertIn(event, self.told(admins))

    def test_an_owner_who_left_the_role_the_company_or_the_house_hears_nothing(self):
        endpoint = self.endpoint(owner_id=self.colin.id)
        session = self.draft()
        changes = (
            lambda: self.colin.write({"active": False}),
            lambda: self.colin.write(
                {
                    "active": True,
                    "group_ids": [(6, 0, self.env.ref("stockex.group_counter").ids)],
                }
            ),
        )
        self.emit(session)
        self.assertEqual(len(self.told(endpoint)), 1)

        for change in changes:
            change()
            self.emit(session)
            self.assertEqual(len(self.told(endpoint)), 1)

    def test_filters_are_kept(self):
        every = self.endpoint()
        one = self.endpoint(events=["count.rejected"])
        kind = self.endpoint(events=["count.*", "stock.*"])
        other = self.endpoint(events=["variance.above_threshold"])
        session = self.draft()

        started = self.emit(session)
        rejected = self.emit(
            session, "count.rejected", session=session.name, approver="a", reason="b"
        )

        self.assertEqual(self.told(every), started | rejected)
        self.assertEqual(self.told(one), rejected)
        self.assertEqual(self.told(kind), started | rejected)
        self.assertFalse(self.told(other))

    def test_events_of_records_that_are_gone_are_told_to_those_who_read_events(self):
        endpoint = self.endpoint()
        event = self.env["stockex.event"].create(
            {
                "name": "count.started",
                "res_model": "stockex.count.session",
                "res_id": 2**31 - 1,
                "payload": {},
                "company_id": self.company.id,
                "time": fields.Datetime.now(),
            }
        )

        self.assertEqual(self.told(endpoint), event)

    def test_events_of_an_addon_above_have_names_once_all_are_loaded(self):
        offered = self.env["stockex.webhook.event"]
        before = offered.search([])
        with patch.dict(registry._EVENTS):
            registry.register("shelf.moved", {"shelf": str})
            offered._register_hook()
            offered._register_hook()

        new = offered.search([]) - before
        self.assertEqual(new.sorted("name").mapped("name"), ["shelf.*", "shelf.moved"])
        endpoint = self.endpoint(events=["shelf.*"])
        with patch.dict(registry._EVENTS):
            registry.register("shelf.moved", {"shelf": str})
            event = self.emit(self.draft(), "shelf.moved", shelf="A1")
        self.assertEqual(self.told(endpoint), event)
