from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestMarketplaceRoles(TransactionCase):
    def test_a_merchant_is_an_internal_user_without_a_native_stock_or_sales_role(self):
        merchant = new_test_user(self.env, "mona", groups="stockex_marketplace.group_merchant")

        self.assertTrue(merchant._is_internal())
        self.assertFalse(merchant.has_group("stock.group_stock_user"))
        self.assertFalse(merchant.has_group("sales_team.group_sale_salesman"))
        self.assertFalse(merchant.has_group("base.group_system"))

    def test_a_buyer_is_a_portal_user(self):
        buyer = new_test_user(self.env, "bilal", groups="stockex_marketplace.group_buyer")

        self.assertTrue(buyer._is_portal())
        self.assertFalse(buyer._is_internal())

    def test_a_suite_administrator_is_a_merchant_and_not_a_buyer(self):
        admin = new_test_user(self.env, "sana", groups="stockex.group_suite_admin")

        self.assertTrue(admin.has_group("stockex_marketplace.group_merchant"))
        self.assertFalse(admin.has_group("stockex_marketplace.group_buyer"))

    def test_a_user_cannot_be_merchant_and_buyer_and_stays_what_they_were(self):
        merchant = new_test_user(self.env, "mona", groups="stockex_marketplace.group_merchant")
        buyer_group = self.env.ref("stockex_marketplace.group_buyer")

        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            merchant.group_ids += buyer_group

        merchant.invalidate_recordset()
        self.assertNotIn(buyer_group, merchant.all_group_ids)
        self.assertTrue(merchant._is_internal())
