import threading
from datetime import date
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from odoo.addons.stockex.pure.notify import registry

from ...pure.auth import scopes
from ...pure.v1.catalogue import OPERATIONS, ROOT


@tagged("post_install", "-at_install")
class TestApiDocument(TransactionCase):
    def routes(self):
        """List (method, path, operation) of every route of ours that Odoo serves."""
        found = []
        thread = threading.current_thread()
        with patch.object(thread, "dbname", self.env.cr.dbname, create=True):
            rules = list(self.env["ir.http"].routing_map().iter_rules())
        for rule in rules:
            routing = rule.endpoint.routing
            if routing["type"] == "stockex_api" and routing["operation"]:
                methods = set(rule.methods) - {"HEAD", "OPTIONS"}
                self.assertEqual(methods, {routing["operation"].method})
                found.append(routing["operation"])
        return found

    def test_every_route_is_in_the_document_and_the_reverse(self):
        document = self.env["stockex.api.document"]._document()

        served = sorted((one.method, one.path) for one in self.routes())
        described = sorted(
            (method.upper(), path)
            for path, methods in document["paths"].items()
            for method in methods
        )

        self.assertEqual(served, described)
        self.assertEqual(len(served), len(OPERATIONS))

    def test_every_scope_that_a_route_needs_can_be_given_and_the_reverse(self):
        needed = {one.scope for one in self.routes() if one.scope}

        self.assertEqual(needed, set(scopes.names()))
        self.assertEqual(needed, set(self.env["stockex.api.scope"].search([]).mapped("name")))

    def test_only_the_document_itself_needs_no_key(self):
        self.assertEqual(
            [one.path for one in self.routes() if one.scope is None], ["/openapi.json"]
        )

    def test_every_operation_is_told_in_words(self):
        for one in self.routes():
            self.assertTrue(one.summary, one.name)
            self.assertFalse(one.summary.endswith("."), one.name)
            if one.deprecated:
                self.assertIsInstance(one.sunset, date)

    def test_events_of_an_addon_above_are_described(self):
        def about():
            self.env.registry.clear_cache()
            document = self.env["stockex.api.document"]._document()
            return document["paths"]["/events"]["get"]["description"]

        self.addCleanup(self.env.registry.clear_cache)
        self.assertNotIn("shelf.moved", about())
        with patch.dict(registry._EVENTS):
            registry.register("shelf.moved", {"shelf": str, "places": int})
            self.assertIn("* `shelf.moved`: `shelf` (text), `places` (whole number)", about())

    def test_a_path_knows_its_methods(self):
        methods = self.env["stockex.api.document"]._methods

        self.assertEqual(methods(f"{ROOT}/counts"), ["GET", "HEAD", "POST"])
        self.assertEqual(methods(f"{ROOT}/counts/7"), ["DELETE", "GET", "HEAD", "PATCH"])
        self.assertEqual(methods(f"{ROOT}/counts/x"), [])
        self.assertEqual(methods(f"{ROOT}/"), [])
