from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged

INTERNAL = ("group_marketing", "group_kyc_reviewer")
PORTAL = ("group_affiliate", "group_sales_representative")


@tagged("post_install", "-at_install")
class TestCrmRoles(TransactionCase):
    def test_marketing_and_reviewers_are_internal_users_without_the_other_role(self):
        marketing, reviewer = (
            new_test_user(self.env, name, groups=f"stockex_crm.{name}") for name in INTERNAL
        )

        self.assertTrue(marketing._is_internal())
        self.assertTrue(reviewer._is_internal())
        self.assertFalse(marketing.has_group("stockex_crm.group_kyc_reviewer"))
        self.assertFalse(reviewer.has_group("stockex_crm.group_marketing"))

    def test_affiliates_and_representatives_are_portal_users(self):
        for name in PORTAL:
            with self.subTest(role=name):
                user = new_test_user(self.env, name, groups=f"stockex_crm.{name}")

                self.assertTrue(user._is_portal())
                self.assertFalse(user._is_internal())

    def test_a_person_can_be_affiliate_representative_and_buyer_at_once(self):
        user = new_test_user(
            self.env,
            "omar",
            groups="stockex_crm.group_affiliate,"
            "stockex_crm.group_sales_representative,"
            "stockex_marketplace.group_buyer",
        )

        self.assertTrue(user._is_portal())

    def test_a_suite_administrator_has_the_internal_roles_and_no_portal_role(self):
        admin = new_test_user(self.env, "sana", groups="stockex.group_suite_admin")

        for name in INTERNAL:
            self.assertTrue(admin.has_group(f"stockex_crm.{name}"), name)
        for name in PORTAL:
            self.assertFalse(admin.has_group(f"stockex_crm.{name}"), name)

    def test_a_portal_role_refuses_an_internal_one_and_the_user_stays_portal(self):
        marketing = self.env.ref("stockex_crm.group_marketing")
        for name in PORTAL:
            with self.subTest(role=name):
                user = new_test_user(self.env, name, groups=f"stockex_crm.{name}")

                with self.assertRaises(ValidationError), self.env.cr.savepoint():
                    user.group_ids += marketing

                user.invalidate_recordset()
                self.assertNotIn(marketing, user.all_group_ids)
                self.assertTrue(user._is_portal())
