from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestPricingRoles(TransactionCase):
    def test_pricing_adds_no_role_because_the_merchant_sets_prices(self):
        roles = self.env["ir.model.data"].search(
            [("module", "=", "stockex_pricing"), ("model", "=", "res.groups")]
        )

        self.assertFalse(roles)
        self.assertTrue(self.env.ref("stockex_marketplace.group_merchant"))

    def test_pricing_works_without_the_customers_addon(self):
        module = self.env["ir.module.module"]._get("stockex_pricing")

        needed = module.upstream_dependencies(exclude_states=("",))

        self.assertIn("stockex_marketplace", needed.mapped("name"))
        self.assertNotIn("stockex_crm", needed.mapped("name"))
