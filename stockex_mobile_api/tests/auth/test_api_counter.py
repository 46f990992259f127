from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from odoo import api
from odoo.sql_db import db_connect
from odoo.tests import tagged

from ...pure.auth.identity import Identity
from .common import NOW, AuthCase

THREADS = 8
EACH = 50


@tagged("post_install", "-at_install")
class TestApiCounter(AuthCase):
    """Several at once, each with a transaction of its own, as the workers of a server."""

    def take(self, number):
        identity = Identity(1, frozenset(), 100, "key:0", "Shared")
        with db_connect(self.env.cr.dbname).cursor() as cr:
            gate = api.Environment(cr, None, {})["stockex.api.gate"]
            # Each has read before: at REPEATABLE READ all but one would now fail.
            cr.execute("SELECT count(*) FROM stockex_api_counter")
            moments = (NOW + timedelta(milliseconds=number + 10 * turn) for turn in range(EACH))
            return [gate._take(identity, now) for now in moments]

    def test_eight_at_once_are_counted_exactly(self):
        with ThreadPoolExecutor(THREADS) as pool:
            quotas = [quota for found in pool.map(self.take, range(THREADS)) for quota in found]

        self.assertEqual(sum(quota.allowed for quota in quotas), 100)
        allowed = sorted(quota.remaining for quota in quotas if quota.allowed)
        self.assertEqual(allowed, list(range(100)))
        with db_connect(self.env.cr.dbname).cursor() as cr:
            cr.execute("SELECT subject, used FROM stockex_api_counter")
            self.assertEqual(cr.fetchall(), [("key:0", THREADS * EACH)])
