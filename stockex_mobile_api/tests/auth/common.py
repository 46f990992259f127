"""The base of the tests of keys, applications and their log."""

from datetime import datetime

from odoo.fields import Command
from odoo.sql_db import db_connect

from odoo.addons.stockex.tests.common import CountCase

from ...exceptions import ApiDenied

HOME = "192.0.2.10"
NOW = datetime(2026, 3, 2, 9, 0)


def clear_counters(dbname):
    """Forget what the gate's own transactions have written."""
    with db_connect(dbname).cursor() as cr:
        cr.execute("TRUNCATE stockex_api_counter, stockex_api_request")


class AuthCase(CountCase):
    roles = ("karim", "carla", "sana")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(clear_counters, cls.env.cr.dbname)
        cls.gate = cls.env["stockex.api.gate"]

    def setUp(self):
        super().setUp()
        clear_counters(self.env.cr.dbname)

    @classmethod
    def scopes(cls, *names):
        return cls.env["stockex.api.scope"].search([("name", "in", names)])

    @classmethod
    def issue(cls, user=None, scopes=("counts:read",), sandbox=False, **vals):
        """Make a key as a user; return it as the superuser sees it, and its text."""
        user = user or cls.carla
        keys = cls.env["stockex.api.key"].with_user(user).with_company(user.company_id)
        wanted = {"name": "Cash desk", "scope_ids": [Command.set(cls.scopes(*scopes).ids)]}
        key, text = keys._issue({**wanted, **vals}, sandbox=sandbox)
        return key.sudo(), text

    def come(self, text, address=HOME, now=NOW):
        """Knock at the gate with a key or a token."""
        return self.gate._identify(f"Bearer {text}", address, now)

    def assert_denied(self, code, text, address=HOME, now=NOW, status=401):
        with self.assertRaises(ApiDenied) as caught:
            self.come(text, address, now)
        self.assertEqual((caught.exception.code, caught.exception.http_status), (code, status))
        return caught.exception
