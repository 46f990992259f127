from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ROLES, CountCase


@tagged("post_install", "-at_install")
class TestRoles(CountCase):
    roles = tuple(ROLES)

    def test_each_role_has_its_own_rights_and_no_more(self):
        stock, counter = "stock.group_stock_user", "stockex.group_counter"
        for login, expected in (
            ("karim", {counter}),
            ("carla", {counter, "stockex.group_controller", stock}),
            ("anton", {"stockex.group_approver", stock}),
            ("quentin", {"stockex.group_quality_manager", stock}),
            ("ada", {"stockex.group_accountant"}),
        ):
            user = getattr(self, login)
            asked = {*ROLES.values(), stock}
            with self.subTest(login=login):
                self.assertEqual({group for group in asked if user.has_group(group)}, expected)

    def test_the_administrator_of_the_suite_holds_every_role_but_not_odoos_settings(self):
        for group in ROLES.values():
            self.assertTrue(self.sana.has_group(group), group)
        self.assertFalse(self.sana.has_group("base.group_system"))

    def test_settings_belong_to_one_company(self):
        self.add_other_company()
        self.company.stockex_approver_not_counter = False
        self.company.stockex_variance_alert_amount = 75

        self.assertTrue(self.other_company.stockex_approver_not_counter)
        self.assertEqual(self.other_company.stockex_variance_alert_amount, 500)

    def test_a_negative_alert_is_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.company.stockex_variance_alert_amount = -1
            self.env.flush_all()

    def test_nobody_of_the_floor_changes_settings(self):
        for user in (self.karim, self.carla, self.anton):
            with self.assertRaises(AccessError):
                self.company.with_user(user).stockex_approver_not_counter = False
