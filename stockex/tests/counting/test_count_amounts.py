from datetime import date

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from ..common import CountCase

COUNTED = {"shortage": 13, "surplus": 27, "same": 20, "all gone": 0}
LOCK = date(2020, 6, 30)


@tagged("post_install", "-at_install")
class TestCountAmounts(CountCase):
    """A posted count costs what Odoo's own adjustment of a twin costs, line by line."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.bins = {cls.company: cls.bin_a, cls.other_company: cls.other_bin}
        cls.accounts = {company: cls.open_books(company) for company in cls.bins}
        cls.karim.company_ids |= cls.other_company
        cls.carla.company_ids |= cls.other_company
        cls.anton.company_ids |= cls.other_company

    @classmethod
    def open_books(cls, company):
        """Give a company a chart of accounts and real-time valuation of stock losses."""
        currency = company.currency_id
        cls.env["account.chart.template"].try_loading("generic_coa", company, install_demo=False)
        company.currency_id = currency
        env = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids})
        account = env["account.account"].create(
            {"name": "Inventory loss", "code": "608999", "account_type": "expense"}
        )
        loss = env["stock.location"].search(
            [("usage", "=", "inventory"), ("company_id", "=", company.id)]
        )
        loss.valuation_account_id = account
        return account

    @classmethod
    def twin(cls, name, cost_method, company):
        """Make a product with two receipts of 10, at 4 and at 8."""
        env = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids})
        category = env["product.category"].create(
            {
                "name": name,
                "property_cost_method": cost_method,
                "property_valuation": "real_time",
            }
        )
        product = env["product.product"].create(
            {"name": name, "is_storable": True, "categ_id": category.id}
        )
        if cost_method == "standard":
            product.standard_price = 5.55
        bin_ = cls.bins[company].with_env(env)
        for cost in (4.0, 8.0):
            move = env["stock.move"].create(
                {
                    **cls.move_vals(product, cls.suppliers, bin_, 10),
                    "value_manual": cost * 10,
                    "price_unit": cost,
                }
            )
            move._action_done()
        return product

    def count_twins(self, products, company, **vals):
        """Count the products as our session does, and post it."""
        environment = {"allowed_company_ids": company.ids}
        location = self.bins[company]
        session = (
            self.env["stockex.count.session"]
            .with_user(self.carla)
            .with_context(**environment)
            .create(
                {
                    "company_id": company.id,
                    "scope": "locations",
                    "location_ids": [Command.set(location.ids)],
                    "counter_ids": [Command.set(self.karim.ids)],
                    **vals,
                }
            )
        )
        session.action_start()
        quantities = {
            self.line(session, product): quantity for product, quantity in products.items()
        }
        self.count(session, quantities)
        self.post(session)
        self.assertEqual((session.state, session.failed_count), ("done", 0))
        return session

    def adjust_twins(self, products, company):
        """Type the same quantities into Odoo's own adjustment, and apply it."""
        env = self.env(
            context={
                **self.env.context,
                "allowed_company_ids": company.ids,
                "inventory_mode": True,
            }
        )
        quants = env["stock.quant"]
        for product, quantity in products.items():
            quant = quants.search(
                [
                    ("product_id", "=", product.id),
                    ("location_id", "=", self.bins[company].id),
                ]
            )
            quant.inventory_quantity = quantity
            quants |= quant
        quants.action_apply_inventory()

    def ledger(self, product):
        """Return what the last correction of a product says, in quantities and money."""
        move = self.env["stock.move"].search(
            [("product_id", "=", product.id), ("is_inventory", "=", True), ("quantity", ">", 0)]
        )
        lines = move.account_move_id.line_ids.filtered(lambda line: line.product_id == product)
        return {
            "quantity": move.quantity,
            "value": move.value,
            "unit_value": move._get_price_unit() if move else 0,
            "entry": sorted(
                (line.account_id.code, line.debit, line.credit, str(line.date), line.move_id.state)
                for line in lines
            ),
            "currency": lines.company_currency_id.name,
            "worth": product.with_company(move.company_id).total_value if move else 0,
            "cost": product.with_company(move.company_id).standard_price if move else 0,
        }

    def compare(self, cost_method, company):
        ours, theirs = (
            {
                self.twin(f"{side} {case}", cost_method, company): quantity
                for case, quantity in COUNTED.items()
            }
            for side in ("Counted", "Adjusted")
        )

        session = self.count_twins(ours, company)
        self.adjust_twins(theirs, company)

        for mine, native, case in zip(ours, theirs, COUNTED, strict=True):
            with self.subTest(cost=cost_method, company=company.name, case=case):
                self.assertEqual(self.ledger(mine), self.ledger(native))
        return session, dict(zip(COUNTED, ours, strict=True))

    def test_amounts_under_standard_cost(self):
        session, products = self.compare("standard", self.company)

        entry = self.ledger(products["shortage"])
        valuation = self.company.account_stock_valuation_id.code
        today = str(fields.Date.context_today(session))
        self.assertEqual((entry["quantity"], entry["value"]), (7, 38.85))
        self.assertEqual(
            entry["entry"],
            sorted(
                [
                    ("608999", 38.85, 0.0, today, "posted"),
                    (valuation, 0.0, 38.85, today, "posted"),
                ]
            ),
        )
        self.assertEqual(self.ledger(products["same"])["entry"], [])

    def test_amounts_under_average_cost(self):
        _session, products = self.compare("average", self.company)

        self.assertEqual(self.ledger(products["shortage"])["value"], 42.0)
        self.assertEqual(self.ledger(products["surplus"])["value"], 42.0)
        self.assertEqual(self.ledger(products["all gone"])["value"], 120.0)

    def test_amounts_under_fifo(self):
        _session, products = self.compare("fifo", self.company)

        self.assertEqual(self.ledger(products["shortage"])["value"], 28.0)
        self.assertEqual(self.ledger(products["all gone"])["value"], 120.0)

    def test_amounts_in_another_company_and_currency(self):
        for cost_method in ("standard", "average", "fifo"):
            _session, products = self.compare(cost_method, self.other_company)

            entry = self.ledger(products["shortage"])
            self.assertEqual(entry["currency"], "MAD")
            self.assertEqual(len(entry["entry"]), 2)

    def test_the_journal_entry_names_its_count(self):
        session, products = self.compare("average", self.company)

        entry = self.moves_of(session).account_move_id
        self.assertEqual(entry.mapped("ref"), [session.display_name])
        self.assertEqual(entry.journal_id, self.company.account_stock_journal_id)
        self.assertEqual(entry.line_ids.product_id, self.env["product.product"].union(
            *(products[case] for case in ("shortage", "surplus", "all gone"))
        ))  # fmt: skip

    def test_the_expected_variance_is_the_booked_one(self):
        product = self.twin("Counted", "average", self.company)

        session = self.count_twins({product: 13}, self.company)

        self.assertEqual(session.net_variance_value, -42.0)
        self.assertEqual(self.ledger(product)["value"], 42.0)

    def test_the_posting_date_is_the_date_of_the_entry(self):
        product = self.twin("Counted", "average", self.company)

        session = self.count_twins({product: 13}, self.company, posting_date=date(2020, 7, 1))

        entry = self.moves_of(session).account_move_id
        self.assertEqual((entry.date, entry.state), (date(2020, 7, 1), "posted"))
        self.assertEqual(set(entry.line_ids.mapped("date")), {date(2020, 7, 1)})

    def test_a_closed_period_refuses_and_books_nothing(self):
        product = self.twin("Counted", "average", self.company)
        self.company.fiscalyear_lock_date = LOCK
        session = self.session(posting_date=LOCK)
        self.count(session, {self.line(session, product): 13})
        self.approve(session)

        with self.assert_refused("closed", str(LOCK)):
            session.action_post()

    def test_a_reversal_books_the_opposite(self):
        product = self.twin("Counted", "standard", self.company)
        session = self.count_twins({product: 13}, self.company)

        reversal = session.with_user(self.anton)._reverse(
            session.sudo().line_ids.filtered("move_id"), "Slip"
        )

        sums = {}
        for line in self.moves_of(session | reversal).account_move_id.line_ids:
            sums[line.account_id] = sums.get(line.account_id, 0) + line.balance
        self.assertEqual(set(sums.values()), {0.0})
        self.assertEqual(len(sums), 2)

    def test_goods_of_others_are_booked_at_nothing(self):
        product = self.twin("Counted", "average", self.company)
        consignor = self.env["res.partner"].create({"name": "Consignor"})
        self.stock(product, self.bin_b, 5, owner=consignor)
        session = self.session(self.bin_b)
        self.count(session, {session.sudo().line_ids: 2})

        self.post(session)

        move = self.moves_of(session)
        self.assertEqual((move.quantity, move.value), (3, 0))
        self.assertFalse(move.account_move_id)
