from odoo.fields import Command
from odoo.tests import tagged

from .lookup_case import LookupCase, amounts

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADU"
    "lEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestSyncLookupCards(LookupCase):
    """What a controller reads on a card: exact figures, the most useful first."""

    roles = ("karim", "lea", "carla", "anton")

    def coming(self, quantity, days, partner=None, **vals):
        """Announce goods from outside."""
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.in_type_id.id,
                "partner_id": partner and partner.id,
                "location_id": self.suppliers.id,
                "location_dest_id": self.bin_a.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.bolt.id,
                            "product_uom_qty": quantity,
                            "date": self.days(days),
                            "location_id": self.suppliers.id,
                            "location_dest_id": self.bin_a.id,
                            **vals,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        picking.move_ids.date = self.days(days)
        return picking

    # --- Products ---

    def test_a_product_tells_what_it_is(self):
        self.bolt.image_1920 = PIXEL

        card = self.see(product=self.bolt.id)

        self.assertEqual(
            {name: card[name] for name in ("name", "code", "barcode", "packs", "uom", "tracking")},
            {
                "name": "Bolt",
                "code": "BLT",
                "barcode": "3700000000013",
                "packs": [{"barcode": "PACK-50", "name": "Box of 50", "quantity": 50.0}],
                "uom": "Units",
                "tracking": "none",
            },
        )
        self.assertEqual(card["picture"], f"/web/image/product.product/{self.bolt.id}/image_128")
        self.assertIsNone(self.see(product=self.milk.id)["picture"])

    def test_stock_is_told_by_place_with_what_is_promised(self):
        self.stock(self.bolt, self.bin_a, 5)
        self.stock(self.bolt, self.bin_b, 7)
        self.stock(self.bolt, self.customers, 100)
        going = self.env["stock.move"].create(
            {
                "product_id": self.bolt.id,
                "product_uom_qty": 2,
                "location_id": self.bin_b.id,
                "location_dest_id": self.customers.id,
                "company_id": self.company.id,
            }
        )
        going._action_confirm()
        going._action_assign()

        card = self.see(product=self.bolt.id)

        self.assertEqual(
            card["stock"],
            {
                **amounts(12, 2),
                "more": 0,
                "rows": [
                    {
                        "location": {"id": self.bin_b.id, "name": self.bin_b.display_name},
                        **amounts(7.0, 2.0),
                    },
                    {
                        "location": {"id": self.bin_a.id, "name": self.bin_a.display_name},
                        **amounts(5.0, 0.0),
                    },
                ],
            },
        )
        self.assertIsNone(card["lots"])

    def test_nothing_in_stock_is_said_as_such(self):
        card = self.see(product=self.milk.id)

        self.assertEqual(
            card["stock"],
            {**amounts(0, 0), "rows": [], "more": 0},
        )
        self.assertEqual(card["lots"], {"rows": [], "more": 0})
        self.assertEqual(card["deliveries"], {"rows": [], "more": 0})

    def test_lots_are_told_in_the_order_in_which_they_expire(self):
        late, soon = self.make_lot(self.milk, "LATE"), self.make_lot(self.milk, "SOON")
        for lot, days in ((late, 90), (soon, 9)):
            lot.expiration_date = self.days(days)
            self.stock(self.milk, self.bin_a, days, lot)
        self.stock(self.milk, self.bin_b, 1, self.lot)
        self.stock(self.milk, self.bin_b, 2, soon)

        rows = self.see(product=self.milk.id)["lots"]["rows"]

        self.assertEqual(
            [(row["lot"]["name"], row["quantity"]) for row in rows],
            [("SOON", 11.0), ("LATE", 90.0), ("L-1", 1.0)],
        )
        self.assertEqual(rows[0]["expires"], soon.expiration_date.isoformat() + "Z")
        self.assertIsNone(rows[2]["expires"])

    def test_the_price_is_in_the_currency_of_who_sells_it(self):
        euro, dirham = self.company.currency_id, self.other_company.currency_id
        self.assertEqual(self.see(product=self.bolt.id)["price"]["currency"], euro.name)
        self.theirs.list_price = 250
        self.assertEqual(
            self.card(self.omar, product=self.theirs.id)["price"],
            {"amount": 250.0, "currency": dirham.name, "digits": 2},
        )
        # Shared goods are priced in the currency of the first company.
        main = self.bolt.currency_id
        dirham.rate_ids = [
            Command.clear(),
            Command.create({"rate": 10, "company_id": self.other_company.id, "name": "2020-01-01"}),
        ]
        main.rate_ids.filtered(lambda rate: rate.company_id == self.other_company).unlink()
        price = self.card(self.omar, product=self.bolt.id)["price"]
        expected = main._convert(12.5, dirham, self.other_company, self.days(0).date(), round=True)
        self.assertEqual((price["amount"], price["currency"]), (expected, "MAD"))
        self.assertNotEqual(price["amount"], 12.5)

    def test_deliveries_are_told_soonest_first_with_who_brings_them(self):
        maker = self.env["res.partner"].create({"name": "Steelworks"})
        self.coming(30, 9)
        first = self.coming(20, 2, maker)
        box = self.coming(2, 5, maker, product_uom=self.box.id)
        self.coming(99, 1).action_cancel()
        self.receive(self.bolt, self.bin_a, 4, 1)
        self.env["stock.move"].create(
            self.move_vals(self.bolt, self.bin_a, self.bin_b, 1) | {"picked": False}
        )._action_confirm()

        rows = self.see(product=self.bolt.id)["deliveries"]["rows"]

        self.assertEqual(
            [(row["quantity"], row["from"]) for row in rows],
            [(20.0, "Steelworks"), (100.0, "Steelworks"), (30.0, self.suppliers.display_name)],
        )
        self.assertEqual([row["reference"] for row in rows[:2]], [first.name, box.name])
        self.assertEqual(rows[0]["date"], first.move_ids.date.isoformat() + "Z")

    def test_a_service_has_no_stock(self):
        service = self.env["product.product"].create({"name": "Repair", "type": "service"})

        self.assertIsNone(self.see(product=service.id)["stock"])

    # --- Lots ---

    def test_a_lot_tells_its_dates_its_state_and_where_it_is(self):
        self.lot.write(
            {
                "expiration_date": self.days(3),
                "use_date": self.days(2),
                "removal_date": self.days(1),
                "alert_date": self.days(-1),
                "ref": "R-9",
            }
        )
        self.stock(self.milk, self.bin_a, 4, self.lot)
        self.stock(self.milk, self.bin_b, 6, self.lot)

        card = self.see(code="L-1")

        self.assertEqual((card["state"], card["reference"]), ("expires_soon", "R-9"))
        self.assertEqual(card["product"], {"id": self.milk.id, "name": "Milk"})
        self.assertEqual(card["expires"], self.lot.expiration_date.isoformat() + "Z")
        self.assertEqual(
            [(row["location"]["id"], row["quantity"]) for row in card["stock"]["rows"]],
            [(self.bin_b.id, 6.0), (self.bin_a.id, 4.0)],
        )
        self.lot.expiration_date = self.days(-1)
        self.assertEqual(self.see(lot=self.lot.id)["state"], "expired")
        self.assertEqual(self.see(lot=self.lot.id)["name"], "L-1")

    # --- Two companies ---

    def test_figures_are_those_of_the_users_companies(self):
        self.stock(self.bolt, self.bin_a, 5)
        self.stock(self.bolt, self.other_bin, 70)

        self.assertEqual(self.see(product=self.bolt.id)["stock"]["quantity"], 5)
        self.assertEqual(self.card(self.omar, product=self.bolt.id)["stock"]["quantity"], 70)
        self.carla.company_ids = [Command.link(self.other_company.id)]
        self.assertEqual(self.see(product=self.bolt.id)["stock"]["quantity"], 75)
