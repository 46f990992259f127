from odoo.tests import tagged

from .common import ApiCase


@tagged("post_install", "-at_install")
class TestApiMe(ApiCase):
    def test_a_key_learns_who_it_stands_for_and_what_it_may_do(self):
        self.carla.write({"lang": "en_US", "tz": "Europe/Paris"})
        key, text = self.issue(scopes=("stock:read", "counts:read"))

        me = self.get("/me", text)

        now, version = me.pop("server_time"), me.pop("version")
        self.assertRegex(now, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertEqual(version, "1.0.0")
        reset_s = me["limit"].pop("reset_s")
        self.assertTrue(0 < reset_s <= 60, reset_s)
        self.assertEqual(
            me,
            {
                "user": {
                    "id": self.carla.id,
                    "name": self.carla.name,
                    "login": self.carla.login,
                    "language": "en_US",
                    "time_zone": "Europe/Paris",
                },
                "companies": [
                    {
                        "id": self.company.id,
                        "name": "Maison Dupont",
                        "currency": "EUR",
                        "is_sandbox": False,
                    }
                ],
                "roles": [
                    {"code": "counter", "name": "Counter"},
                    {"code": "controller", "name": "Stock controller"},
                ],
                "scopes": ["counts:read", "stock:read"],
                "key": {"id": key.id, "name": "Cash desk"},
                "key_expires_at": key.expires_at.isoformat() + "Z",
                "sandbox": False,
                "limit": {"per_minute": 100, "remaining": 99},
            },
        )

    def test_a_counters_key_says_so(self):
        me = self.get("/me", self.key(self.karim, "counts:read"))

        self.assertEqual(me["roles"], [{"code": "counter", "name": "Counter"}])
        self.assertEqual(me["limit"], {"per_minute": 0, "remaining": None, "reset_s": None})

    def test_a_key_of_all_companies_names_them_the_owners_own_first(self):
        self.add_other_company()
        self.carla.company_ids += self.other_company
        one = self.key(self.carla, "counts:read")
        every = self.key(self.carla, "counts:read", all_companies=True)

        names = [[c["name"] for c in self.get("/me", key)["companies"]] for key in (one, every)]

        self.assertEqual(names, [["Maison Dupont"], ["Maison Dupont", "Dar Atlas"]])

    def test_a_sandbox_key_says_so(self):
        self.company.stockex_is_sandbox = True

        me = self.get("/me", self.key(self.carla, "counts:read", sandbox=True))

        self.assertEqual((me["sandbox"], me["companies"][0]["is_sandbox"]), (True, True))

    def test_nobody_is_nobody(self):
        self.assert_problem(self.call("GET", "/me"), 401, "credentials_missing")
        self.assert_problem(self.call("GET", "/me", "sxk_" + "A" * 43), 401, "key_unknown")

    def test_what_it_does_not_take_is_named(self):
        response = self.call("GET", "/me", self.key(self.carla), params={"wide": "1"})

        self.assert_faults(response, "query.wide")
