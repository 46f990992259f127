from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ...exceptions import ApiDenied
from ...pure.auth.identity import Identity
from .common import HOME, NOW, AuthCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestApiGate(AuthCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            cls.key, cls.text = cls.issue(scopes=("counts:read", "stock:read"))

    # --- Who comes in ---

    def test_a_key_stands_for_its_owner_and_its_permissions(self):
        identity = self.come(self.text)

        self.assertEqual(
            identity,
            Identity(
                uid=self.carla.id,
                scopes=frozenset({"counts:read", "stock:read"}),
                limit_per_minute=100,
                subject=f"key:{self.key.id}",
                label="Cash desk",
                company_ids=(self.company.id,),
                company_id=self.company.id,
                key_id=self.key.id,
            ),
        )
        self.assertTrue(identity.may("stock:read"))
        self.assertFalse(identity.may("counts:write"))

    def test_a_key_of_all_companies_names_none(self):
        _key, text = self.issue(all_companies=True)

        self.assertEqual(self.come(text).company_ids, ())

    def test_the_scheme_is_read_in_any_case_and_nothing_else_is(self):
        self.assertEqual(self.gate._identify(f"bEARER  {self.text} ", HOME, NOW).uid, self.carla.id)
        for header in (
            f"Basic {self.text}",
            self.text,
            "Bearer",
            "Bearer a b",
            "Bearer \0",
            "x" * 9000,
        ):
            with self.assertRaises(ApiDenied) as caught:
                self.gate._identify(header, HOME, NOW)
            self.assertEqual(caught.exception.code, "credentials_malformed", header)

    def test_nobody_is_told_how_to_come_in(self):
        for header in ("", "  ", None):
            with self.assertRaises(ApiDenied) as caught:
                self.gate._identify(header, HOME, NOW)
            denied = caught.exception
            self.assertEqual((denied.code, denied.http_status), ("credentials_missing", 401))
            self.assertEqual(denied.www_authenticate, 'Bearer realm="stockex"')
            self.assertIn("Authorization: Bearer", str(denied))

    def test_an_unknown_and_a_wrong_key_are_answered_alike(self):
        wrong = self.text[:-1] + ("A" if self.text[-1] != "A" else "B")

        unknown = self.assert_denied("key_unknown", "sxk_" + "A" * 43)
        almost = self.assert_denied("key_unknown", wrong)

        self.assertEqual(str(unknown), str(almost))
        self.assertEqual(unknown.www_authenticate, almost.www_authenticate)
        self.assertIn('error="invalid_token"', unknown.www_authenticate)

    # --- Who does not ---

    def test_a_key_ends_with_its_last_second(self):
        last = self.key.expires_at

        self.assertEqual(self.come(self.text, now=last - timedelta(seconds=1)).key_id, self.key.id)
        self.assert_denied("key_expired", self.text, now=last)

    def test_a_revoked_key_is_refused_at_once(self):
        self.key.with_user(self.carla).action_revoke()

        self.assert_denied("key_revoked", self.text)

    def test_the_key_of_an_archived_owner_is_refused_at_once(self):
        self.carla.active = False

        self.assert_denied("user_inactive", self.text)

    def test_the_key_of_one_who_is_no_employee_any_more_is_refused_at_once(self):
        self.carla.group_ids = self.env.ref("base.group_portal")

        self.assert_denied("user_inactive", self.text)

    def test_the_key_of_one_who_left_the_company_is_refused_at_once(self):
        self.add_other_company()
        self.carla.write(
            {"company_ids": self.other_company.ids, "company_id": self.other_company.id}
        )

        self.assert_denied("company_refused", self.text, status=403)

    def test_a_key_works_from_its_networks_only(self):
        self.key.networks = "198.51.100.0/24\n2001:db8::/32"

        for inside in ("198.51.100.7", "::ffff:198.51.100.7", "2001:db8:1::9"):
            self.assertEqual(self.come(self.text, inside).key_id, self.key.id)
        for outside in ("198.51.101.7", "2001:db9::1", "", "nonsense", "::ffff:192.0.2.1"):
            self.assert_denied("address_refused", self.text, outside, status=403)

    # --- Sandbox ---

    def test_without_a_sandbox_company_no_sandbox_key_is_made(self):
        self.env["res.company"].search([]).stockex_is_sandbox = False
        before = self.env["stockex.api.key"].search_count([])

        with self.assertRaisesRegex(UserError, "There is no sandbox company"):
            self.issue(sandbox=True)

        self.assertEqual(self.env["stockex.api.key"].search_count([]), before)

    def test_a_sandbox_key_is_for_the_sandbox_company_whatever_was_asked(self):
        self.add_other_company()
        self.other_company.stockex_is_sandbox = True
        with self.assertRaisesRegex(UserError, "You do not work in the sandbox company Dar Atlas"):
            self.issue(sandbox=True)
        self.carla.company_ids += self.other_company

        key, text = self.issue(sandbox=True, company_id=self.company.id, all_companies=True)

        identity = self.come(text)
        self.assertEqual(text[:4], "sxt_")
        self.assertEqual((identity.sandbox, identity.company_ids), (True, (self.other_company.id,)))
        self.assertEqual((key.sandbox, key.company_id), (True, self.other_company))
        self.other_company.stockex_is_sandbox = False
        self.assert_denied("sandbox_missing", text, status=403)

    # --- How often ---

    def test_the_hundredth_request_of_a_minute_passes_and_the_next_does_not(self):
        identity = self.come(self.text)

        quotas = [self.gate._take(identity, NOW + timedelta(seconds=n / 4)) for n in range(101)]

        self.assertEqual([quota.allowed for quota in quotas], [True] * 100 + [False])
        self.assertEqual([quota.remaining for quota in quotas[:3]], [99, 98, 97])
        self.assertEqual(quotas[-1].remaining, 0)
        self.assertEqual(quotas[-1].reset_s, 35)
        later = self.gate._take(identity, NOW + timedelta(seconds=60))
        self.assertEqual((later.allowed, later.remaining, later.reset_s), (True, 99, 60))

    def test_keys_are_counted_apart(self):
        _key, text = self.issue(limit_per_minute=1)
        identity, other = self.come(text), self.come(self.text)

        self.assertTrue(self.gate._take(identity, NOW).allowed)
        self.assertFalse(self.gate._take(identity, NOW).allowed)
        self.assertTrue(self.gate._take(other, NOW).allowed)

    def test_no_limit_counts_nothing(self):
        self.key.limit_per_minute = 0

        quota = self.gate._take(self.come(self.text), NOW)

        self.assertEqual((quota.allowed, quota.limit), (True, 0))
        self.assertEqual(self.counters(), [])

    def test_who_guesses_must_wait_and_their_neighbour_need_not(self):
        for number in range(20):
            self.assert_denied("key_unknown", f"sxk_{number:043}")

        denied = self.assert_denied("too_many_attempts", "sxk_" + "A" * 43, status=429)

        self.assertEqual(denied.retry_after_s, 60)
        self.assert_denied("too_many_attempts", "a.b.c", status=429)
        self.assert_denied("key_unknown", "sxk_" + "A" * 43, "192.0.2.11")
        self.assertEqual(self.come(self.text).key_id, self.key.id)
        self.assert_denied("key_unknown", "sxk_" + "A" * 43, now=NOW + timedelta(seconds=60))

    def test_a_whole_network_of_ipv6_guesses_as_one(self):
        for number in range(20):
            self.assert_denied("key_unknown", f"sxk_{number:043}", f"2001:db8::{number}")

        self.assert_denied("too_many_attempts", "sxk_" + "A" * 43, "2001:db8::ffff", status=429)
        self.assert_denied("key_unknown", "sxk_" + "A" * 43, "2001:db8:0:1::1")

    def counters(self):
        return self.env.execute_query(SQL("SELECT subject FROM stockex_api_counter"))
