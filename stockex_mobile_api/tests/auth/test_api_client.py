from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import SQL, mute_logger

from ...pure.auth.credential import digest
from .common import AuthCase

ADMIN_SCREENS = (
    "api_client_action",
    "api_key_action",
    "api_key_action_mine",
    "api_request_action",
    "api_request_action_mine",
    "api_session_action",
    "api_session_action_mine",
    "api_settings_action",
)


@tagged("post_install", "-at_install")
class TestApiClient(AuthCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clients = cls.env["stockex.api.client"].with_user(cls.sana).with_company(cls.company)
        cls.client = cls.clients.create(cls.vals())

    @classmethod
    def vals(cls, **changes):
        return {
            "name": "Shop connector",
            "company_id": cls.company.id,
            "redirect_uris": "https://shop.example/callback",
            "scope_ids": [Command.set(cls.scopes("counts:read").ids)],
            **changes,
        }

    def stored(self):
        self.env.flush_all()
        return self.env.execute_query(SQL("SELECT * FROM stockex_api_client ORDER BY id"))

    # --- Setting one up ---

    def test_the_administrator_adds_an_application(self):
        form = Form(self.clients)
        form.name = "Price screen"
        form.redirect_uris = "https://prices.example/back\n\n  http://127.0.0.1/back "
        form.scope_ids = self.scopes("stock:read")

        client = form.save()

        self.assertRegex(client.client_id, r"^sxc_[\w-]{24}$")
        self.assertEqual((client.limit_per_minute, client.kind), (100, "confidential"))
        self.assertEqual(client._redirects()[1], "http://127.0.0.1/back")
        self.assertNotEqual(client.client_id, self.client.client_id)

    def test_each_redirect_address_is_judged(self):
        before = self.stored()
        for uri, words in (
            ("http://shop.example/", "not encrypted. Use https"),
            ("javascript:alert(1)", "any program may take"),
            ("https://shop.example/#x", "must not hold a “#”"),
            ("https://me@shop.example/", "a user's name"),
            ("shop.example", "is no address"),
            ("", "at least one redirect address of “Shop connector”"),
        ):
            with self.assertRaisesRegex(ValidationError, words), self.cr.savepoint():
                self.client.redirect_uris = uri and f"https://shop.example/ok\n{uri}"
        self.env.invalidate_all()
        self.assertEqual(self.stored(), before)

    def test_an_application_needs_a_way_a_secret_a_user_and_permissions(self):
        for change, words in (
            ({"in_users_name": False}, "Say how “Shop connector” gets access"),
            ({"in_own_name": True}, "Say as which user"),
            ({"in_own_name": True, "user_id": self.portal().id}, "an internal user"),
            ({"kind": "public", "in_own_name": True, "user_id": self.sana.id}, "keeps no secret"),
            ({"scope_ids": [Command.clear()]}, "at least one permission"),
        ):
            with self.assertRaisesRegex(ValidationError, words), self.cr.savepoint():
                self.clients.sudo().create(self.vals(**change))

    def portal(self):
        return self.make_user("pia", "base.group_portal", self.company)

    def test_a_secret_is_shown_once_and_only_its_hash_is_kept(self):
        first = self.client.action_new_secret()["context"]["default_key"]
        text = self.client.action_new_secret()["context"]["default_key"]

        self.assertNotEqual(first, text)
        self.assertRegex(text, r"^sxs_[\w-]{43}$")
        self.assertEqual(self.client.sudo().secret_hash, digest(text))
        self.assertNotIn(text, str(self.stored()))
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            self.client.read(["secret_hash"])
        self.client.kind = "public"
        with self.assertRaisesRegex(UserError, "keeps no secret"):
            self.client.action_new_secret()

    # --- Nobody's rights but one's own ---

    def test_an_administrator_gives_it_no_rights_but_their_own(self):
        before = self.stored()
        theirs = {"in_own_name": True, "user_id": self.env.ref("base.user_admin").id}
        for deed in (
            lambda: self.clients.create(self.vals(**theirs)),
            lambda: self.client.write(theirs),
        ):
            with self.assertRaisesRegex(AccessError, "Choose yourself"), self.cr.savepoint():
                deed()
        self.env.invalidate_all()
        self.assertEqual(self.stored(), before)

        self.client.write({"in_own_name": True, "user_id": self.sana.id})

        self.assertEqual(self.client.user_id, self.sana)

    def test_one_that_acts_as_somebody_else_is_out_of_reach_but_for_its_end(self):
        self.client.sudo().write({"in_own_name": True, "user_id": self.carla.id})

        for deed in (
            self.client.action_new_secret,
            lambda: self.client.write({"scope_ids": [Command.set(self.scopes("stock:read").ids)]}),
            lambda: self.client.write({"user_id": self.sana.id}),
            lambda: self.client.write({"all_companies": True}),
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                deed()
        self.env.invalidate_all()
        self.assertFalse(self.client.secret_since)
        self.assertEqual(self.client.scope_ids.mapped("name"), ["counts:read"])

        self.client.active = False

        self.assertFalse(self.client.active)

    def test_who_may_change_rights_anyway_may_give_anybodys(self):
        self.sana.group_ids += self.env.ref("base.group_erp_manager")

        self.client.write({"in_own_name": True, "user_id": self.carla.id})

        self.assertEqual(self.client.user_id, self.carla)

    # --- Who sees what ---

    def test_another_companys_and_another_roles_hands_stay_off(self):
        self.add_other_company()
        sami = self.make_user("sami", "stockex.group_suite_admin", self.other_company)
        before = self.stored()

        for user in (self.karim, self.carla, self.omar, sami):
            clients = self.env["stockex.api.client"].with_user(user)
            client = clients.with_company(user.company_id).browse(self.client.id)
            self.assertFalse(client.search([]))
            for deed in (
                lambda client=client: client.read(["name"]),
                lambda client=client: client.write({"name": "Mine"}),
                lambda client=client: client.action_new_secret(),
                lambda client=client: client.action_archive(),
            ):
                with self.assertRaises(AccessError), mute_logger("odoo.models"):
                    deed()
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            self.clients.with_user(self.carla).create(self.vals())
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            self.client.unlink()

        self.env.invalidate_all()
        self.assertEqual(self.stored(), before)

    def test_codes_and_refresh_tokens_are_nobodys(self):
        for model in ("stockex.api.code", "stockex.api.refresh", "stockex.api.revoked.token"):
            for user in (self.carla, self.sana):
                records = self.env[model].with_user(user)
                for deed in (
                    lambda records=records: records.search([]),
                    lambda records=records: records.create({}),
                ):
                    with self.assertRaises(AccessError), mute_logger("odoo.models"):
                        deed()

    def test_menus_are_shown_to_those_who_may_use_them(self):
        def menus(user):
            found = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            return {
                name
                for name in ("api_key_menu_mine", "api_session_menu_mine", "api_request_menu_mine")
                if self.env.ref(f"stockex_mobile_api.{name}").id in found
            }, self.env.ref("stockex_mobile_api.api_menu").id in found

        mine = {"api_key_menu_mine", "api_session_menu_mine", "api_request_menu_mine"}
        for user, administers in ((self.karim, False), (self.carla, False), (self.sana, True)):
            self.assertEqual(menus(user), (mine, administers))

    def test_every_screen_opens_for_its_people(self):
        for name in ADMIN_SCREENS:
            action = self.env.ref(f"stockex_mobile_api.{name}")
            users = (self.karim, self.carla, self.sana) if "mine" in name else (self.sana,)
            for user in users:
                model = self.env[action.res_model].with_user(user).with_company(self.company)
                views = [(False, kind) for kind in action.view_mode.split(",")]
                found = model.get_views([*views, (False, "search")])["views"]
                self.assertEqual(set(found), {*action.view_mode.split(","), "search"})
                if not model._transient:
                    model.web_search_read([], {"display_name": {}})
