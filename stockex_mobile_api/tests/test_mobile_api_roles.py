from odoo.tests import TransactionCase, new_test_user, tagged

SUITE = ("stockex", "stockex_marketplace", "stockex_pricing", "stockex_crm")


@tagged("post_install", "-at_install")
class TestMobileApiRoles(TransactionCase):
    def test_the_addon_stands_on_the_four_others(self):
        module = self.env["ir.module.module"]._get("stockex_mobile_api")

        self.assertEqual(set(module.dependencies_id.mapped("name")), set(SUITE))

    def test_a_suite_administrator_holds_every_internal_role_of_the_suite(self):
        admin = new_test_user(self.env, "sana", groups="stockex.group_suite_admin")
        portal = self.env.ref("base.group_portal")
        category = self.env.ref("stockex.module_category_stockex")
        roles = category.privilege_ids.group_ids
        internal = roles.filtered(lambda group: portal not in group.all_implied_ids)

        missing = internal - admin.all_group_ids

        self.assertGreater(len(internal), len(SUITE))
        self.assertFalse(missing.mapped("full_name"))
