from odoo.tests import tagged

from .common import ApiCase


@tagged("post_install", "-at_install")
class TestApiJobs(ApiCase):
    roles = ("karim", "lea", "carla", "anton")

    def setUp(self):
        super().setUp()
        self.count_ = self.draft()
        self.mine = self.job(self.carla, done=120, total=400, state="running")
        self.other = self.job(self.lea, name="Import", state="done")
        self.writer = self.key(self.carla, "jobs:read", "jobs:write")

    def job(self, user, company=None, **vals):
        return self.env["stockex.job"].create(
            {
                "name": "Post",
                "res_model": "stockex.count.session",
                "res_id": self.count_.id,
                "method": "_post_chunk",
                "user_id": user.id,
                "company_id": (company or self.company).id,
                **vals,
            }
        )

    def found(self, key, **params):
        return [one["id"] for one in self.walk("/jobs", key, **params)]

    def test_a_job_tells_how_far_it_is(self):
        self.mine.write(
            {
                "message": "Half way",
                "started_at": "2026-03-02 09:00:00",
                "result": {"file": "x" * 2000, "rows": 7, "ok": True, "inner": {"path": "/x"}},
            }
        )

        shown = self.get(f"/jobs/{self.mine.id}", self.writer)

        created = self.mine.create_date.replace(microsecond=0).isoformat() + "Z"
        self.assertEqual(
            shown,
            {
                "id": self.mine.id,
                "name": "Post",
                "state": "running",
                "done": 120,
                "total": 400,
                "progress": 30.0,
                "message": "Half way",
                "result": {"file": "x" * 1000, "rows": 7, "ok": True},
                "cancel_requested": False,
                "record": {"model": "stockex.count.session", "id": self.count_.id},
                "user": {"id": self.carla.id, "name": self.carla.name},
                "company": {"id": self.company.id, "name": "Maison Dupont"},
                "created_at": created,
                "started_at": "2026-03-02T09:00:00Z",
                "finished_at": None,
            },
        )

    def test_one_sees_ones_own_and_who_leads_sees_all(self):
        counter = self.key(self.lea, "jobs:read")

        self.assertEqual(self.found(counter), self.other.ids)
        response = self.call("GET", f"/jobs/{self.mine.id}", counter)
        self.assert_problem(response, 404, "not_found")
        self.assertEqual(self.found(self.writer), (self.mine | self.other).ids)
        self.assertEqual(self.found(self.writer, mine="true"), self.mine.ids)
        self.assertEqual(self.found(self.writer, mine="false"), self.other.ids)
        self.assertEqual(self.found(self.writer, state="done,failed"), self.other.ids)

    def test_another_companys_job_is_not_found(self):
        self.add_other_company()
        theirs = self.job(self.omar, self.other_company, state="running")

        for method, path, body in (
            ("GET", f"/jobs/{theirs.id}", None),
            ("POST", f"/jobs/{theirs.id}/cancel", {}),
        ):
            self.assert_problem(self.call(method, path, self.writer, body), 404, "not_found")
        self.assertFalse(theirs.cancel_requested)
        self.assertNotIn(theirs.id, self.found(self.writer))

    def test_ones_own_job_is_cancelled_and_others_are_not(self):
        shown = self.send("POST", f"/jobs/{self.mine.id}/cancel", self.writer, {})
        self.assertEqual((shown["cancel_requested"], shown["state"]), (True, "running"))
        self.assertTrue(self.mine.cancel_requested)

        self.other.state = "running"
        response = self.call("POST", f"/jobs/{self.other.id}/cancel", self.writer, {})
        self.assert_problem(response, 403, "forbidden", "Import")
        self.assertFalse(self.other.cancel_requested)
        self.mine.write({"state": "done", "cancel_requested": False})
        response = self.call("POST", f"/jobs/{self.mine.id}/cancel", self.writer, {})
        self.assert_problem(response, 409, "refused", "not running")
        self.assertFalse(self.mine.cancel_requested)

    def test_their_scopes_are_needed(self):
        reader, stranger = self.key(self.carla, "jobs:read"), self.key(self.carla, "counts:read")

        response = self.call("POST", f"/jobs/{self.mine.id}/cancel", reader, {})
        self.assert_problem(response, 403, "scope_missing")
        for path in ("/jobs", f"/jobs/{self.mine.id}"):
            self.assert_problem(self.call("GET", path, stranger), 403, "scope_missing")
        self.assertFalse(self.mine.cancel_requested)
