import json

from odoo.tests import new_test_user, tagged

from .lookup_case import LookupCase

# All that a blind counter is told, by kind.
IDENTITY = {
    "product": {
        *("kind", "id", "name", "code", "barcode", "packs", "uom", "tracking", "storable"),
        *("active", "picture"),
    },
    "lot": {
        *("kind", "id", "name", "reference", "product", "code", "uom", "tracking", "state"),
        *("expires", "removal", "best_before", "alert"),
    },
    "location": {"kind", "id", "name", "barcode", "warehouse", "active", "can_count"},
    "package": {"kind", "id", "name"},
}
FIGURES = {
    "product": {"stock", "lots", "price", "deliveries"},
    "lot": {"stock"},
    "location": {"contents", "counted_at", "count"},
    "package": {"location", "container", "contents"},
}


@tagged("post_install", "-at_install")
class TestSyncLookupBlind(LookupCase):
    """A blind counter learns nothing of the book by looking things up."""

    roles = ("karim", "lea", "carla", "anton", "quentin", "ada")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 5)
        cls.stock(cls.milk, cls.bin_a, 3, cls.lot)
        cls.open = cls.begun(cls.bin_a)

    def questions(self):
        """Yield every way to ask about each kind."""
        for kind, record, code in (
            ("product", self.bolt, "BLT"),
            ("product", self.milk, "SX-Milk"),
            ("lot", self.lot, "L-1"),
            ("location", self.bin_a, self.bin_a.barcode),
            ("package", self.package, "PK-9"),
        ):
            yield kind, {kind: record.id}
            yield kind, {"code": code}
            yield kind, {"code": code, "typed": True}

    def everything(self, user):
        """Return all answers as one text."""
        answers = [self.said(self.ask(user, **question)) for _kind, question in self.questions()]
        answers += [
            self.said(self.ask(user, code=name, typed=True)) for name in ("bo", "01", "L-", "mi")
        ]
        return json.dumps(answers, sort_keys=True)

    def trade(self):
        """Change every figure that there is."""
        self.stock(self.bolt, self.bin_a, 7654)
        self.stock(self.bolt, self.bin_b, 8765, package=self.package)
        self.stock(self.milk, self.bin_b, 9876, self.lot)
        self.receive(self.bolt, self.bin_c, 6543, 4321)
        coming = self.env["stock.move"].create(
            self.move_vals(self.bolt, self.suppliers, self.bin_a, 5432) | {"picked": False}
        )
        coming._action_confirm()
        going = self.env["stock.move"].create(
            {
                "product_id": self.bolt.id,
                "product_uom_qty": 3456,
                "location_id": self.bin_a.id,
                "location_dest_id": self.customers.id,
                "company_id": self.company.id,
            }
        )
        going._action_confirm()
        going._action_assign()
        self.bolt.list_price = 2345.67
        self.bin_a.last_inventory_date = "2026-01-01"
        self.env.flush_all()

    def test_a_blind_counter_is_told_what_it_is_and_not_one_field_more(self):
        self.trade()
        for kind, question in self.questions():
            with self.subTest(question=question):
                answer = self.ask(self.karim, **question)
                self.assertIs(answer["blind"], True)
                self.assertEqual(set(answer["card"]), IDENTITY[kind])

    def test_no_field_of_any_answer_changes_with_the_stock(self):
        before = self.everything(self.karim)
        seen = self.everything(self.carla)

        self.trade()

        self.assertEqual(self.everything(self.karim), before)
        self.assertNotEqual(self.everything(self.carla), seen)
        for figure in ("7654", "8765", "9876", "6543", "5432", "3456", "2345"):
            self.assertNotIn(figure, self.everything(self.karim))

    def test_no_field_changes_with_what_others_count_or_post(self):
        before = self.everything(self.karim)

        self.count(self.open, {self.line(self.open, self.bolt): 1}, self.lea)
        self.count(self.open, {self.line(self.open, self.milk): 3}, self.lea)
        self.assertEqual(self.everything(self.karim), before)
        self.post(self.open)

        self.assertEqual(self.everything(self.karim), before)
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 1)

    def test_a_counter_without_a_count_is_as_blind(self):
        self.assertEqual(self.everything(self.lea), self.everything(self.karim))
        self.open.with_user(self.carla).action_cancel()
        self.trade()

        for kind, question in self.questions():
            with self.subTest(question=question):
                answer = self.ask(self.lea, **question)
                self.assertIs(answer["blind"], True)
                self.assertEqual(set(answer["card"]), IDENTITY[kind])

    def test_the_roles_that_see_the_book_see_the_figures(self):
        self.trade()
        for user in (self.carla, self.anton, self.quentin, self.ada):
            for kind, question in self.questions():
                with self.subTest(question=question, user=user.name):
                    if user == self.ada and kind == "lot":
                        # An accountant may not open lots in Odoo either.
                        self.assertEqual(self.ask(user, **question)["status"], "unknown")
                        continue
                    answer = self.ask(user, **question)
                    self.assertIs(answer["blind"], False)
                    self.assertEqual(set(answer["card"]), IDENTITY[kind] | FIGURES[kind])

    def test_a_counter_who_sells_sees_figures_but_no_list_of_their_own_rights(self):
        seller = new_test_user(
            self.env,
            "seller",
            groups="stockex.group_counter,sales_team.group_sale_salesman",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self.trade()

        card = self.card(seller, product=self.milk.id)

        self.assertEqual(card["stock"]["quantity"], 9879)
        self.assertIsNone(card["lots"])
        self.assertEqual(self.card(seller, product=self.bolt.id)["deliveries"]["more"], 0)

    def test_who_may_not_open_lots_is_told_their_names_only(self):
        def lots(user):
            rows = self.card(user, location=self.bin_a.id)["contents"]["rows"]
            return [row["lot"] for row in rows if row["lot"]]

        self.assertEqual(lots(self.carla), [{"id": self.lot.id, "name": "L-1"}])
        self.assertEqual(lots(self.ada), [{"id": None, "name": "L-1"}])

    def test_a_part_of_a_lots_name_tells_a_counter_nothing(self):
        self.make_lot(self.milk, "SECRET-1")

        self.assertEqual(self.ask(self.karim, code="secret", typed=True)["status"], "unknown")
        self.assertEqual(self.found(self.carla, code="secret", typed=True)[0][0], "lot")
        self.assertEqual(self.found(self.karim, code="SECRET-1")[0][0], "lot")

    def test_who_has_no_role_that_sees_moves_is_told_of_no_delivery(self):
        clerk = new_test_user(
            self.env,
            "clerk",
            groups="base.group_user",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self.trade()

        card = self.card(clerk, product=self.bolt.id)

        self.assertIsNone(card["deliveries"])
        self.assertEqual(self.ask(clerk, code="L-1")["status"], "unknown")
