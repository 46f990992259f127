from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.sql_db import db_connect
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ...models.auth.gate import STRANGERS_A_MINUTE
from ...pure.auth.request_log import Entry
from .common import HOME, NOW, AuthCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestApiLog(AuthCase):
    def write_line(self, identity=None, **vals):
        given = {
            "time": NOW,
            "method": "POST",
            "path": "/stockex/api/v1/counts",
            "status": 201,
            "duration_ms": 12.5,
            "request_id": "r-1",
            "remote_addr": HOME,
            "identity": identity,
            **vals,
        }
        self.gate._log(Entry(**given))

    def lines(self, user=None):
        """Read what the log holds; in a transaction that sees the latest."""
        with db_connect(self.env.cr.dbname).cursor() as cr:
            env = self.env(cr=cr) if user is None else self.env(cr=cr, user=user.id)
            return env["stockex.api.request"].search([]).read()

    def test_a_request_leaves_a_line_whatever_becomes_of_its_transaction(self):
        key, text = self.issue()
        identity = self.come(text)

        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.write_line(identity, query="access_token=abc&q=1", request_body='{"a": 1}')
            raise ZeroDivisionError

        [line] = self.lines()
        self.assertEqual(
            {name: line[name] for name in ("method", "path", "query", "status", "status_class")},
            {
                "method": "POST",
                "path": "/stockex/api/v1/counts",
                "query": "access_token=***&q=1",
                "status": 201,
                "status_class": "2xx",
            },
        )
        self.assertEqual((line["time"], line["duration_ms"]), (NOW, 12.5))
        self.assertEqual((line["subject"], line["label"]), (f"key:{key.id}", "Cash desk"))
        self.assertEqual((line["request_id"], line["remote_addr"]), ("r-1", HOME))
        self.assertFalse(line["request_body"])

    def test_bodies_are_kept_masked_if_the_company_wants_it(self):
        self.company.stockex_api_log_bodies = True
        _key, text = self.issue()

        self.write_line(
            self.come(text), request_body=b'{"secret": "s", "n": 1}', response_body=text
        )

        [line] = self.lines()
        self.assertEqual(line["request_body"], '{"secret": "***", "n": 1}')
        self.assertEqual(line["response_body"], "***")

    def test_a_company_that_wants_no_log_has_none(self):
        self.company.stockex_api_log = False
        _key, text = self.issue()

        self.write_line(self.come(text))

        self.assertEqual(self.lines(), [])

    def test_a_stranger_leaves_a_line_without_a_user(self):
        self.write_line(status=401, code="key_unknown", path="/x\0\ud800", query="\0=\0")

        [line] = self.lines()
        self.assertFalse(line["user_id"])
        self.assertEqual((line["status_class"], line["code"]), ("4xx", "key_unknown"))
        self.assertEqual(line["path"], "/x?")

    def test_strangers_of_one_place_cannot_flood_the_log(self):
        for _number in range(STRANGERS_A_MINUTE + 5):
            self.write_line(status=404)

        self.write_line(status=404, remote_addr="198.51.100.7")
        self.write_line(status=404, time=NOW + timedelta(seconds=61))

        self.assertEqual(len(self.lines()), STRANGERS_A_MINUTE + 2)

    def test_a_log_that_cannot_be_written_fails_no_request(self):
        with mute_logger("odoo.sql_db", "odoo.addons.stockex_mobile_api.models.auth.gate"):
            self.write_line(status=2**40)

        self.assertEqual(self.lines(), [])

    def test_each_user_sees_their_own_lines_and_the_administrator_their_companies(self):
        self.add_other_company()
        requests = self.env["stockex.api.request"]
        table = (
            ("carla", self.carla, self.company),
            ("omar", self.omar, self.other_company),
            ("nobody", None, None),
        )
        for name, user, company in table:
            self.env.cr.execute(
                """INSERT INTO stockex_api_request
                   (time, method, path, status, status_class, request_id, user_id, company_id)
                   VALUES (%s, 'GET', '/', 200, '2xx', %s, %s, %s)""",
                [NOW, name, user and user.id, company and company.id],
            )

        def seen(user):
            mine = requests.with_user(user).with_company(user.company_id)
            return set(mine.search([]).mapped("request_id"))

        self.assertEqual(seen(self.carla), {"carla"})
        self.assertEqual(seen(self.karim), set())
        self.assertEqual(seen(self.omar), {"omar"})
        self.assertEqual(seen(self.sana), {"carla", "nobody"})
        line = requests.search([("request_id", "=", "carla")])
        for deed in (
            lambda: line.with_user(self.carla).write({"status": 500}),
            lambda: line.with_user(self.sana).unlink(),
            lambda: requests.with_user(self.sana).create({"method": "GET"}),
            lambda: line.with_user(self.omar).read(["path"]),
        ):
            with self.assertRaises(AccessError), mute_logger("odoo.models"):
                deed()

    def test_a_line_outlives_its_user_and_its_key(self):
        self.env.cr.execute(
            """INSERT INTO stockex_api_request
               (time, method, path, status, status_class, user_id, key_id, client_id)
               VALUES (%s, 'GET', '/', 200, '2xx', 2000000000, 2000000000, 2000000000)""",
            [NOW],
        )

        [line] = self.env["stockex.api.request"].search([]).read()

        self.assertEqual((line["user_id"], line["key_id"]), (False, False))
        found = self.env["stockex.api.request"].web_search_read(
            [], {"path": {}, "user_id": {"fields": {"display_name": {}}}}
        )
        self.assertEqual(found["length"], 1)

    # --- Last use ---

    def test_last_use_is_noted_once_a_minute_by_a_transaction_of_its_own(self):
        """The key must be committed: the note is written beside the request's transaction."""
        with db_connect(self.env.cr.dbname).cursor() as cr:
            env = self.env(cr=cr, user=self.env.ref("base.user_admin").id)
            vals = {"name": "Used", "scope_ids": self.scopes("counts:read").ids}
            key, text = env["stockex.api.key"]._issue(vals)
            key_id = key.id
        self.addCleanup(self.delete_key, key_id)
        uses = []

        for seconds, address in ((0, HOME), (59, "192.0.2.99"), (60, "192.0.2.98")):
            with db_connect(self.env.cr.dbname).cursor() as cr:
                gate = self.env(cr=cr)["stockex.api.gate"]
                gate._identify(f"Bearer {text}", address, NOW + timedelta(seconds=seconds))
                cr.rollback()
                cr.execute(
                    "SELECT last_used_at, last_used_from FROM stockex_api_key WHERE id = %s",
                    [key_id],
                )
                uses.append(cr.fetchone())

        later = (NOW + timedelta(seconds=60), "192.0.2.98")
        self.assertEqual(uses, [(NOW, HOME), (NOW, HOME), later])

    def delete_key(self, key_id):
        with db_connect(self.env.cr.dbname).cursor() as cr:
            cr.execute("DELETE FROM stockex_api_key WHERE id = %s", [key_id])

    # --- Its end ---

    def test_old_lines_codes_tokens_and_counters_are_forgotten(self):
        self.company.stockex_api_log_days = 7
        self.add_other_company()
        ages = {
            self.company.id: (6, 8),
            self.other_company.id: (29, 31),
            None: (29, 31),
            2_000_000_000: (29, 31),
        }
        for company_id, days in ages.items():
            for age in days:
                self.env.cr.execute(
                    """INSERT INTO stockex_api_request
                       (time, method, path, status, status_class, company_id)
                       VALUES (%s, 'GET', '/', %s, '2xx', %s)""",
                    [NOW - timedelta(days=age), age, company_id],
                )
        revoked = self.env["stockex.api.revoked.token"].create(
            [
                {"jti": "old", "expires_at": NOW - timedelta(days=2)},
                {"jti": "new", "expires_at": NOW - timedelta(hours=1)},
            ]
        )
        self.env.flush_all()

        self.patch(self.registry["ir.cron"], "_commit_progress", lambda _cron, *_done: 60.0)
        self.env["stockex.api.tidying"]._cron_tidy()

        self.env.invalidate_all()
        left = self.env["stockex.api.request"].search([]).mapped("status")
        self.assertEqual(sorted(left), [6, 29, 29, 29])
        self.assertEqual(revoked.exists().mapped("jti"), ["new"])
