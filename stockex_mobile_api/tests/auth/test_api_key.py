from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import SQL, mute_logger

from ...pure.auth.credential import digest
from .common import HOME, NOW, AuthCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestApiKey(AuthCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            cls.key, cls.text = cls.issue()

    def as_user(self, user, record=None):
        record = self.key if record is None else record
        return record.with_user(user).with_company(user.company_id).sudo(False)

    def stored(self):
        self.env.flush_all()
        return self.env.execute_query(SQL("SELECT * FROM stockex_api_key ORDER BY id"))

    # --- Making one ---

    def test_a_person_makes_a_key_in_a_dialog_that_shows_it_once(self):
        wizards = self.env["stockex.api.key.new"].with_user(self.karim).with_company(self.company)
        form = Form(wizards)
        form.name = "Handheld 7"
        form.networks = "192.0.2.0/24"
        form.scope_ids = self.scopes("counts:read", "counts:write")
        wizard = form.save()

        action = wizard.action_create_key()

        text = action["context"]["default_key"]
        shown = self.env["stockex.api.key.show"].with_user(self.karim)
        found = shown.with_context(**action["context"]).onchange({}, [], {"key": {}})
        self.assertEqual(found["value"]["key"], text)
        key = self.env["stockex.api.key"].search([("key_hash", "=", digest(text))])
        self.assertRecordValues(
            key,
            [
                {
                    "name": "Handheld 7",
                    "user_id": self.karim.id,
                    "company_id": self.company.id,
                    "prefix": text[:8],
                    "networks": "192.0.2.0/24",
                    "limit_per_minute": 100,
                    "expires_at": datetime(2027, 3, 2, 23, 59, 59),
                    "state": "active",
                }
            ],
        )
        self.assertEqual(self.come(text, "192.0.2.1").uid, self.karim.id)
        self.env.flush_all()
        for table in ("stockex_api_key", "stockex_api_key_new"):
            rows = self.env.execute_query(
                SQL("SELECT row_to_json(t)::text FROM %s t", SQL.identifier(table))
            )
            self.assertNotIn(text, str(rows))

    def test_a_key_says_what_it_is_for_and_what_it_may(self):
        for change, words in (
            ({"scope_ids": []}, "at least one permission"),
            ({"expires_on": date(2026, 3, 1)}, "in the future"),
            ({"expires_on": date(2027, 3, 5)}, "366 days at most"),
        ):
            wizard = (
                self.env["stockex.api.key.new"]
                .with_user(self.karim)
                .create(
                    {
                        "name": "Till",
                        "company_id": self.company.id,
                        "scope_ids": [Command.set(self.scopes("counts:read").ids)],
                        **change,
                    }
                )
            )
            before = self.stored()
            with self.assertRaisesRegex(UserError, words):
                wizard.action_create_key()
            self.assertEqual(self.stored(), before)

    def test_a_wrong_network_is_named(self):
        with self.assertRaisesRegex(ValidationError, "“192.0.2.0/40”.*“Cash desk”"):
            self.as_user(self.carla).networks = "198.51.100.0/24, 192.0.2.0/40"

    def test_a_company_shortens_the_life_of_keys(self):
        self.company.stockex_api_key_days = 30

        key, _text = self.issue()

        self.assertEqual(key.expires_at, NOW + timedelta(days=30))

    def test_nobody_makes_a_key_for_a_company_they_do_not_work_in(self):
        self.add_other_company()
        before = self.stored()

        with self.assertRaisesRegex(AccessError, "You do not work in"):
            self.issue(company_id=self.other_company.id)

        self.assertEqual(self.stored(), before)

    def test_a_guest_of_the_portal_makes_none(self):
        self.carla.group_ids = self.env.ref("base.group_portal")

        with self.assertRaises(AccessError):
            self.issue()

    def test_a_user_asks_for_less_than_the_usual_limit_and_never_for_more(self):
        for asked, given in ((None, 100), (7, 7), (100, 100), (5000, 100), (0, 100)):
            key, _text = self.issue(self.karim, limit_per_minute=asked)
            self.assertEqual(key.limit_per_minute, given, asked)
        key, _text = self.issue(self.sana, limit_per_minute=5000)
        self.assertEqual(key.limit_per_minute, 5000)

    def test_each_key_is_another_one(self):
        texts = {self.issue()[1] for _time in range(20)}

        self.assertEqual(len(texts), 20)

    # --- Whose it is ---

    def test_each_user_sees_their_own_and_the_administrator_those_of_their_companies(self):
        self.add_other_company()
        theirs, _text = self.issue(self.omar)
        keys = self.env["stockex.api.key"]

        self.assertEqual(self.as_user(self.carla, keys).search([]), self.key)
        self.assertFalse(self.as_user(self.karim, keys).search([]))
        self.assertEqual(self.as_user(self.omar, keys).search([]), theirs)
        seen = self.as_user(self.sana, keys).search([])
        self.assertIn(self.key, seen)
        self.assertNotIn(theirs, seen)

    def test_a_stranger_neither_reads_nor_changes_nor_revokes_a_key(self):
        self.add_other_company()
        other_admin = self.make_user("sami", "stockex.group_suite_admin", self.other_company)
        before = self.stored()

        for user in (self.karim, self.omar, other_admin):
            key = self.as_user(user)
            for deed in (
                lambda key=key: key.read(["name"]),
                lambda key=key: key.write({"name": "Mine"}),
                lambda key=key: key.action_revoke(),
            ):
                with self.assertRaises(AccessError), mute_logger("odoo.models"):
                    deed()

        self.assertEqual(self.stored(), before)

    def test_an_owner_changes_its_name_permissions_and_networks_only(self):
        key = self.as_user(self.carla)
        key.write({"name": "New", "networks": "192.0.2.0/24"})
        key.scope_ids = self.scopes("stock:read")
        self.assertEqual(self.come(self.text).scopes, {"stock:read"})
        before = self.stored()

        for vals in (
            {"user_id": self.sana.id},
            {"company_id": self.env.ref("base.main_company").id},
            {"limit_per_minute": 1000},
            {"expires_at": NOW + timedelta(days=9999)},
            {"revoked_at": False},
            {"key_hash": digest("sxk_mine")},
            {"all_companies": True},
            {"sandbox": False},
            {"last_used_at": False},
        ):
            with self.assertRaises(AccessError), mute_logger("odoo.models"):
                key.write(vals)
        with self.assertRaises(AccessError):
            key.create({"name": "Mine", "user_id": self.sana.id})
        with self.assertRaises(AccessError):
            key.unlink()

        self.assertEqual(self.stored(), before)

    def test_only_the_administrator_raises_the_limit(self):
        self.as_user(self.sana).limit_per_minute = 1000

        self.assertEqual(self.come(self.text).limit_per_minute, 1000)
        with self.assertRaises(AccessError):
            self.as_user(self.sana).user_id = self.sana

    def test_the_hash_is_nobodys(self):
        key = self.as_user(self.sana)

        for deed in (
            lambda: key.read(["key_hash"]),
            lambda: key.search([("key_hash", "=like", "a%")]),
            lambda: key.formatted_read_group([], ["key_hash"]),
        ):
            with self.assertRaises(AccessError), mute_logger("odoo.models"):
                deed()
        self.assertNotIn("key_hash", key.fields_get())

    # --- Its end ---

    def test_the_administrator_revokes_a_key_of_their_company(self):
        self.as_user(self.sana).action_revoke()

        self.assertRecordValues(
            self.key,
            [{"state": "revoked", "revoked_at": NOW, "revoked_by_id": self.sana.id}],
        )
        self.assert_denied("key_revoked", self.text)

    def test_a_second_revocation_changes_nothing(self):
        self.as_user(self.carla).action_revoke()
        before = self.stored()

        with freeze_time(NOW + timedelta(days=1)):
            self.as_user(self.sana).action_revoke()

        self.assertEqual(self.stored(), before)

    def test_keys_are_found_by_their_state(self):
        revoked, _text = self.issue()
        revoked.action_revoke()
        expired, _text = self.issue(expires_at=NOW + timedelta(hours=1))
        keys = self.env["stockex.api.key"]
        mine = [("user_id", "=", self.carla.id)]

        with freeze_time(NOW + timedelta(hours=1)):
            self.assertEqual(keys.search([*mine, ("state", "=", "active")]), self.key)
            self.assertEqual(keys.search([*mine, ("state", "=", "expired")]), expired)
            self.assertEqual(keys.search([*mine, ("state", "=", "revoked")]), revoked)
            both = keys.search([*mine, ("state", "in", ["active", "revoked"])])
            self.assertEqual(both, self.key | revoked)
            self.assertEqual(keys.search([*mine, ("state", "!=", "active")]), revoked | expired)
            keys.invalidate_model()
            self.assertEqual(expired.state, "expired")

    def test_a_copy_of_the_database_lets_nobody_in(self):
        self.env.flush_all()

        for query in get_neutralization_queries(["stockex_mobile_api"]):
            self.env.cr.execute(query)
        self.env.invalidate_all()

        self.assert_denied("key_revoked", self.text)

    # --- Settings ---

    def test_the_administrator_sets_the_company_and_nobody_else_does(self):
        settings = self.as_user(self.sana, self.env["stockex.api.settings"])
        form = Form(settings)
        self.assertEqual((form.stockex_api_limit, form.stockex_api_key_days), (100, 366))
        form.stockex_api_limit = 250
        form.stockex_api_log_bodies = True
        form.save().action_save()

        self.assertEqual(self.company.stockex_api_limit, 250)
        self.assertTrue(self.company.stockex_api_log_bodies)
        self.assertTrue(self.come(self.text, HOME).log_bodies)
        with self.assertRaises(AccessError):
            self.as_user(self.carla, self.env["stockex.api.settings"]).create({})

    def test_no_administrator_sets_another_company(self):
        self.add_other_company()
        settings = self.as_user(self.sana, self.env["stockex.api.settings"])
        wizard = settings.create({"company_id": self.other_company.id, "stockex_api_limit": 9})

        with self.assertRaises(AccessError):
            wizard.action_save()

        self.assertEqual(self.other_company.stockex_api_limit, 100)

    def test_the_preferences_lead_to_ones_own_keys_and_applications(self):
        for name, model in (
            ("action_stockex_api_keys", "stockex.api.key"),
            ("action_stockex_api_sessions", "stockex.api.session"),
        ):
            action = getattr(self.karim.with_user(self.karim), name)()
            self.assertEqual(
                (action["res_model"], action["domain"]), (model, "[('user_id', '=', uid)]")
            )
