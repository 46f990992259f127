from odoo.tests import tagged

from .lookup_case import LookupCase, amounts


@tagged("post_install", "-at_install")
class TestSyncLookupPlaces(LookupCase):
    """What lies in a place or package, and that a card stays short."""

    roles = ("karim", "lea", "carla", "anton")

    # --- Locations ---

    def test_a_location_tells_what_lies_in_it_and_below_latest_first(self):
        below = self.make_bin("A-01-1", self.bin_a)
        self.stock(self.bolt, self.bin_a, 5)
        self.stock(self.milk, below, 3, self.lot, package=self.package)
        old = self.env["stock.quant"].search([("location_id", "=", self.bin_a.id)])
        old.in_date = self.days(-9)

        card = self.see(location=self.bin_a.id)

        self.assertEqual(
            card["contents"],
            {
                "more": 0,
                "rows": [
                    {
                        "product": {"id": self.milk.id, "name": "Milk"},
                        "lot": {"id": self.lot.id, "name": "L-1"},
                        "package": {"id": self.package.id, "name": "PK-9"},
                        "location": {"id": below.id, "name": below.display_name},
                        "uom": "Units",
                        **amounts(3.0, 0.0),
                    },
                    {
                        "product": {"id": self.bolt.id, "name": "Bolt"},
                        "lot": None,
                        "package": None,
                        "location": None,
                        "uom": "Units",
                        **amounts(5.0, 0.0),
                    },
                ],
            },
        )
        self.assertEqual(card["warehouse"], self.warehouse.name)
        self.assertIs(card["can_count"], True)

    def test_a_count_may_begin_where_the_company_lets_counters(self):
        self.company.stockex_handheld_adhoc = False
        self.assertIs(self.see(location=self.bin_a.id)["can_count"], False)
        self.company.stockex_handheld_adhoc = True
        for user, place, may in (
            (self.karim, self.bin_a, True),
            (self.anton, self.bin_a, False),
            (self.carla, self.customers, False),
            (self.carla, self.warehouse.view_location_id, False),
        ):
            with self.subTest(user=user.name, place=place.name):
                self.assertIs(self.card(user, location=place.id)["can_count"], may)

    def test_a_location_tells_when_it_was_counted_and_by_which_count_it_is_held(self):
        self.stock(self.bolt, self.bin_a, 5)
        self.assertIsNone(self.see(location=self.bin_a.id)["counted_at"])
        session = self.begun(self.bin_a)

        held = self.see(location=self.bin_a.id)["count"]
        self.assertEqual(held, {"name": session.display_name, "state": "counting"})
        self.assertIsNone(self.see(location=self.bin_b.id)["count"])
        self.count(session, {self.line(session, self.bolt): 5})
        self.assertIsNone(self.see(location=self.bin_a.id)["counted_at"])
        self.post(session)

        card = self.see(location=self.bin_a.id)
        last = self.line(session, self.bolt).last_entry_at
        self.assertIsNone(card["count"])
        self.assertEqual(card["counted_at"], last.isoformat(timespec="seconds") + "Z")
        self.bin_a.last_inventory_date = self.days(2).date()
        self.assertEqual(
            self.see(location=self.bin_a.id)["counted_at"], self.days(2).date().isoformat()
        )

    def test_a_customers_place_has_no_contents(self):
        self.stock(self.bolt, self.customers, 5)

        card = self.see(location=self.customers.id)

        self.assertEqual((card["contents"], card["counted_at"], card["count"]), (None, None, None))

    # --- Packages ---

    def test_a_package_tells_where_it_is_and_what_is_in_it(self):
        pallet = self.env["stock.package"].create({"name": "PALLET"})
        self.stock(self.bolt, self.bin_b, 8, package=self.package)
        self.package.parent_package_id = pallet

        card = self.see(code="PK-9")

        self.assertEqual(card["location"]["id"], self.bin_b.id)
        self.assertEqual(card["container"], {"id": pallet.id, "name": "PALLET"})
        [row] = card["contents"]["rows"]
        self.assertEqual((row["product"]["id"], row["quantity"]), (self.bolt.id, 8.0))
        [inside] = self.see(code="PALLET")["contents"]["rows"]
        self.assertEqual(inside["package"]["id"], self.package.id)

    # --- Size ---

    def test_a_card_costs_the_same_and_stays_as_short_however_much_there_is(self):
        questions = (
            {"product": self.milk.id},
            {"location": self.warehouse.lot_stock_id.id},
            {"package": self.package.id},
        )
        self.fill(30)
        for question in questions:
            self.see(**question)
        few = [self.queries(question) for question in questions]

        self.fill(60)

        self.assertEqual([self.queries(question) for question in questions], few)
        product, place, package = (self.see(**question) for question in questions)
        for rows, total in (
            (product["stock"], 90),
            (product["lots"], 90),
            (place["contents"], 90),
            (package["contents"], 90),
        ):
            self.assertEqual((len(rows["rows"]), rows["more"]), (20, total - 20))
        self.assertEqual(product["stock"]["quantity"], 90)

    def fill(self, number):
        """Put a lot each into as many new places, all of it in one pallet."""
        lots = self.env["stock.lot"].create(
            [{"product_id": self.milk.id, "name": f"M-{number}-{i}"} for i in range(number)]
        )
        for index, lot in enumerate(lots):
            place = self.make_bin(f"{number}-{index}", self.warehouse.lot_stock_id)
            self.stock(self.milk, place, 1, lot, package=self.package)

    def queries(self, question):
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        self.env(user=self.carla)["stockex.sync.lookup"]._serve(
            {"device": self.device(self.carla), "protocol": 1, **question}
        )
        return self.env.cr.sql_log_count - start
