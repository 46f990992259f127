from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..common import CountCase


@tagged("post_install", "-at_install")
class TestWatching(CountCase):
    """Low stock and lots about to expire: told once, and again when it happens again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.rules = cls.env["stock.warehouse.orderpoint"]
        cls.lots = cls.env["stock.lot"]
        cls.rules.search([]).active = False

    def setUp(self):
        super().setUp()
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *_args: 1)

    def told(self, name):
        return self.env["stockex.event"].search([("name", "=", name)], order="id")

    def rule(self, minimum=20, product=None, location=None, **vals):
        return self.rules.create(
            {
                "product_id": (product or self.bolt).id,
                "location_id": (location or self.warehouse.lot_stock_id).id,
                "warehouse_id": self.warehouse.id,
                "company_id": self.company.id,
                "product_min_qty": minimum,
                "product_max_qty": 50,
                **vals,
            }
        )

    # --- Low ---

    def test_a_product_below_its_minimum_is_told_once(self):
        rule = self.rule()
        self.stock(self.bolt, self.bin_a, 12)
        self.stock(self.bolt, self.bin_b, 7.5)

        for _run in range(3):
            self.rules._cron_stockex_low()

        event = self.told("stock.low")
        self.assertRecordValues(
            event,
            [
                {
                    "res_model": "stock.warehouse.orderpoint",
                    "res_id": rule.id,
                    "company_id": self.company.id,
                    "payload": {
                        "product": "[SX-Bolt] Bolt",
                        "location": self.warehouse.lot_stock_id.complete_name,
                        "quantity": 19.5,
                        "minimum": 20.0,
                        "unit": "Units",
                    },
                }
            ],
        )
        self.assertTrue(rule.stockex_low_since)

    def test_it_is_told_again_after_it_was_above(self):
        rule = self.rule()
        self.rules._cron_stockex_low()
        self.stock(self.bolt, self.bin_a, 20)
        self.rules._cron_stockex_low()
        self.assertFalse(rule.stockex_low_since)
        self.stock(self.bolt, self.bin_a, -0.5)

        self.rules._cron_stockex_low()

        quantities = [event.payload["quantity"] for event in self.told("stock.low")]
        self.assertEqual(quantities, [0.0, 19.5])

    def test_only_stock_at_the_place_of_the_rule_counts(self):
        self.rule(minimum=5, location=self.bin_a)
        self.stock(self.bolt, self.bin_b, 100)
        self.stock(self.bolt, self.other_bin, 100)
        self.stock(self.bolt, self.customers, 100)

        self.rules._cron_stockex_low()

        self.assertEqual(len(self.told("stock.low")), 1)

    def test_enough_no_minimum_or_no_rule_is_no_event(self):
        self.stock(self.bolt, self.bin_a, 20)
        self.rule(minimum=20)
        self.rule(minimum=0, product=self.milk)
        self.rule(minimum=9, product=self.phone, active=False)

        self.rules._cron_stockex_low()

        self.assertFalse(self.told("stock.low"))

    def test_many_rules_cost_few_queries(self):
        products = [self.make_product(f"Part {number}") for number in range(40)]
        for product in products:
            self.rule(product=product)
        self.env.flush_all()
        before = self.env.cr.sql_log_count

        self.rules._cron_stockex_low()
        self.env.flush_all()

        self.assertLess(self.env.cr.sql_log_count - before, 40)
        self.assertEqual(len(self.told("stock.low")), 40)

    # --- Expiring ---

    def lot(self, name, days, product=None, **vals):
        product = product or self.milk
        product.use_expiration_date = True
        now = fields.Datetime.now()
        lot = self.lots.create({"name": name, "product_id": product.id, **vals})
        lot.expiration_date = now + timedelta(days=days + 10)
        lot.alert_date = now + timedelta(days=days)
        return lot

    def test_a_lot_whose_alert_date_has_come_is_told_once(self):
        lot = self.lot("L1", -1, company_id=self.company.id)
        self.stock(self.milk, self.bin_a, 4, lot)
        self.stock(self.milk, self.bin_b, 2, lot)

        for _run in range(3):
            self.lots._cron_stockex_expiring()

        self.assertRecordValues(
            self.told("lot.expiring"),
            [
                {
                    "res_model": "stock.lot",
                    "res_id": lot.id,
                    "company_id": self.company.id,
                    "payload": {
                        "lot": "L1",
                        "product": "[SX-Milk] Milk",
                        "quantity": 6.0,
                        "unit": "Units",
                        "expires": fields.Datetime.to_string(lot.expiration_date),
                    },
                }
            ],
        )

    def test_a_lot_without_stock_or_before_its_date_is_not_told(self):
        gone = self.lot("L1", -1)
        self.lot("L2", -1)
        later = self.lot("L3", 1)
        self.stock(self.milk, self.bin_a, 4, later)
        self.stock(self.milk, self.customers, 4, gone)

        self.lots._cron_stockex_expiring()

        self.assertFalse(self.told("lot.expiring"))

    def test_another_alert_date_is_told_again(self):
        lot = self.lot("L1", -3)
        self.stock(self.milk, self.bin_a, 4, lot)
        self.lots._cron_stockex_expiring()

        lot.alert_date = fields.Datetime.now() - timedelta(days=1)
        self.lots._cron_stockex_expiring()
        self.lots._cron_stockex_expiring()

        self.assertEqual(len(self.told("lot.expiring")), 2)

    def test_a_lot_that_two_companies_hold_is_told_to_each(self):
        lot = self.lot("L1", -1, company_id=False)
        self.stock(self.milk, self.bin_a, 4, lot)
        self.stock(self.milk, self.other_bin, 3, lot)

        self.lots._cron_stockex_expiring()
        self.lots._cron_stockex_expiring()

        self.assertEqual(
            {event.company_id: event.payload["quantity"] for event in self.told("lot.expiring")},
            {self.company: 4.0, self.other_company: 3.0},
        )
        self.assertEqual(len(self.told("lot.expiring")), 2)
