import time
from datetime import date
from unittest.mock import patch

from odoo.sql_db import db_connect
from odoo.tests import tagged

from ...controllers.v1.counts import COUNTS
from ...pure.v1.catalogue import OPERATIONS, ROOT
from .common import ApiCase


@tagged("post_install", "-at_install")
class TestApiDispatching(ApiCase):
    roles = ("karim", "lea", "carla", "sana")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.controller = cls.key(cls.carla)

    def body_of(self, title="Shelf"):
        return {"scope": "locations", "location_ids": self.bin_a.ids, "title": title}

    def counts(self):
        return self.env["stockex.count.session"].search_count(
            [("company_id", "=", self.company.id)]
        )

    def logged(self, count=1):
        """Return the log's newest lines, once there are so many.

        They are written after the answer was sent, by a connection of their own.
        """
        until = time.monotonic() + 20
        while True:
            with db_connect(self.env.cr.dbname).cursor() as cr:
                cr.execute("SELECT * FROM stockex_api_request ORDER BY id DESC")
                rows = cr.dictfetchall()
            if len(rows) >= count or time.monotonic() > until:
                return rows
            time.sleep(0.05)

    def test_one_key_of_repetition_means_one_record_and_one_answer(self):
        header = {"Idempotency-Key": "a"}

        first = self.call("POST", "/counts", self.controller, self.body_of(), header)
        again = self.call("POST", "/counts", self.controller, self.body_of(), header)

        self.assertEqual((first.status_code, again.status_code), (201, 201))
        self.assertEqual(first.content, again.content)
        self.assertEqual(again.headers["Idempotent-Replayed"], "true")
        self.assertNotIn("Idempotent-Replayed", first.headers)
        self.assertEqual(first.headers["Location"], f"{ROOT}/counts/{first.json()['id']}")
        self.assertEqual(again.headers["Location"], first.headers["Location"])
        self.assertEqual(self.counts(), 1)

    def test_a_key_of_repetition_belongs_to_one_request_of_one_sender(self):
        header = {"Idempotency-Key": "a"}
        self.call("POST", "/counts", self.controller, self.body_of(), header)

        other = self.call("POST", "/counts", self.controller, self.body_of("Other"), header)
        theirs = self.call("POST", "/counts", self.key(self.sana), self.body_of("Mine"), header)

        self.assertEqual(self.body(other, 409)["code"], "idempotency_key_reused")
        self.assertEqual(theirs.status_code, 201)
        self.assertEqual(self.counts(), 2)

    def test_an_answer_that_holds_a_secret_is_not_kept(self):
        header, body = {"Idempotency-Key": "a"}, {"topics": ["counts"]}
        path = "/live/subscriptions"

        first = self.send("POST", path, self.controller, body, 201, header)
        again = self.call("POST", path, self.controller, body, header)

        self.assert_problem(again, 409, "answer_not_kept", "secret", "new key")
        self.assertNotIn(first["channel"], again.text)
        self.assertEqual(self.env["stockex.live.subscription"].search([]).ids, [first["id"]])
        self.env.cr.execute("SELECT status, body FROM stockex_api_replay WHERE key = 'a'")
        self.assertEqual(self.env.cr.fetchall(), [(201, None)])
        self.send("POST", path, self.controller, body, 201, {"Idempotency-Key": "b"})

    def test_a_refused_request_may_be_sent_again_under_its_key(self):
        header = {"Idempotency-Key": "a"}
        count = self.send("POST", "/counts", self.controller, self.body_of(), 201)["id"]
        path = f"/counts/{count}/submit"
        self.body(self.call("POST", path, self.controller, {}, header), 409)

        self.stock(self.bolt, self.bin_a, 1)
        self.send("POST", f"/counts/{count}/start", self.controller, {})
        session = self.env["stockex.count.session"].browse(count)
        self.count(session, {self.line(session, self.bolt): 1}, user=self.carla)
        again = self.call("POST", path, self.controller, {}, header)

        self.assertEqual(self.body(again)["state"], "review")

    def test_a_malformed_key_of_repetition_is_refused(self):
        for key in ("x" * 201, "a b"):
            answer = self.call(
                "POST", "/counts", self.controller, self.body_of(), {"Idempotency-Key": key}
            )
            self.assertEqual(self.body(answer, 422)["errors"][0]["where"], "header.Idempotency-Key")
        self.assertEqual(self.counts(), 0)

    def test_a_change_on_another_version_is_refused(self):
        made = self.call("POST", "/counts", self.controller, self.body_of())
        path = f"/counts/{made.json()['id']}"
        version = self.call("GET", path, self.controller).headers["ETag"]

        unchanged = self.call("GET", path, self.controller, headers={"If-None-Match": version})
        self.assertEqual((unchanged.status_code, unchanged.content), (304, b""))
        first = self.call("PATCH", path, self.controller, {"title": "A"}, {"If-Match": version})
        second = self.call("PATCH", path, self.controller, {"title": "B"}, {"If-Match": version})

        self.assertEqual((first.status_code, second.status_code), (200, 412))
        self.assertEqual(second.json()["code"], "changed")
        self.assertEqual(self.get(path, self.controller)["title"], "A")
        newer = {"If-Match": f'"other", {first.headers["ETag"]}'}
        third = self.call("PATCH", path, self.controller, {"title": "C"}, newer)
        self.assertEqual(self.body(third)["title"], "C")
        gone = self.call("DELETE", path, self.controller, headers={"If-Match": version})
        self.assertEqual(gone.status_code, 412)

    def test_what_will_end_says_when(self):
        operation = OPERATIONS["list_counts"]
        dates = {"deprecated": date(2027, 1, 1), "sunset": date(2028, 1, 1)}
        for name, value in dates.items():
            object.__setattr__(operation, name, value)
            self.addCleanup(object.__setattr__, operation, name, None)

        answer = self.call("GET", "/counts", self.controller)

        self.assertEqual(answer.headers["Deprecation"], "@1798761600")
        self.assertEqual(answer.headers["Sunset"], "Sat, 01 Jan 2028 00:00:00 GMT")

    def test_a_fault_inside_tells_nothing_and_is_logged(self):
        with (
            patch.object(type(COUNTS), "page", side_effect=RuntimeError("secret of the house")),
            self.assertLogs("odoo.http", "ERROR") as logs,
        ):
            answer = self.opener.get(
                f"{self.base_url()}{ROOT}/counts",
                headers={"Authorization": f"Bearer {self.controller}"},
                timeout=30,
            )

        self.assertEqual(answer.status_code, 500)
        self.assertEqual(answer.json()["code"], "internal")
        self.assertNotIn("secret", answer.text)
        self.assertIn("secret of the house", "".join(logs.output))
        self.assertEqual(self.logged()[0]["request_id"], answer.json()["request_id"])

    def test_the_log_names_who_asked_what_and_hides_secrets(self):
        self.call("GET", "/counts", self.controller, params={"search": "sxk_" + "a" * 43})

        [entry] = self.logged()
        self.assertEqual(
            [entry[name] for name in ("user_id", "method", "path", "status", "query")],
            [self.carla.id, "GET", f"{ROOT}/counts", 200, "search=***"],
        )
        self.assertGreater(entry["response_size"], 10)
        self.assertIsNone(entry["request_body"])

    def test_a_length_that_is_only_claimed_is_logged_too(self):
        response = self.call("GET", "/me", self.controller, headers={"Content-Length": "9" * 12})

        self.body(response)
        self.assertEqual(self.logged()[0]["request_size"], 2**31 - 1)

    def test_bodies_are_logged_only_when_switched_on(self):
        self.company.stockex_api_log_bodies = True

        self.send("POST", "/counts", self.controller, self.body_of("Seen"), 201)

        [entry] = self.logged()
        self.assertIn("Seen", entry["request_body"])
        self.assertIn("CNT/", entry["response_body"])
        self.company.stockex_api_log = False
        self.get("/counts", self.controller)
        self.company.stockex_api_log = True
        self.get("/counts", self.controller)
        self.assertEqual([row["method"] for row in self.logged(2)], ["GET", "POST"])
