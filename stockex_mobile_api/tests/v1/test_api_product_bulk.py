from odoo.tests import tagged

from .common import ApiCase


@tagged("post_install", "-at_install")
class TestApiProductBulk(ApiCase):
    roles = ("carla",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "stockex.group_controller,product.group_product_manager"
        cls.petra = cls.make_user("petra", groups, cls.company)

    def setUp(self):
        super().setUp()
        self.writer = self.key(self.petra, "products:write")

    def save(self, *items, status=200):
        return self.send("POST", "/products/bulk", self.writer, {"items": list(items)}, status)

    def test_new_and_changed_products_are_taken_in_one_go(self):
        answer = self.save(
            {"name": "Kettle", "barcode": "4000000000001"},
            {"id": self.bolt.id, "reference": "B-1"},
            {"name": "Toaster"},
            {"id": self.milk.id, "list_price": 3},
            {"id": self.bolt.id, "weight": 2},
        )

        made = self.env["product.product"].search(
            [("name", "in", ("Kettle", "Toaster"))], order="id"
        )
        self.assertEqual(made.mapped("name"), ["Kettle", "Toaster"])
        self.assertEqual(
            answer,
            {
                "results": [
                    {"status": "created", "id": made[0].id},
                    {"status": "updated", "id": self.bolt.id},
                    {"status": "created", "id": made[1].id},
                    {"status": "updated", "id": self.milk.id},
                    {"status": "updated", "id": self.bolt.id},
                ],
                "created": 2,
                "updated": 3,
                "refused": 0,
            },
        )
        self.assertEqual((self.bolt.default_code, self.bolt.weight), ("B-1", 2))
        self.assertEqual(self.milk.lst_price, 3)

    def test_bad_items_are_told_one_by_one_and_harm_no_other(self):
        self.add_other_company()
        theirs = self.make_product("Tagine", company_id=self.other_company.id)
        answer = self.save(
            {"name": "Kettle"},
            {"name": "Copy", "barcode": self.bolt.barcode},
            {"id": theirs.id, "name": "Ours"},
            {"id": 2**31 - 1, "name": "Nobody"},
            {"reference": "NAMELESS"},
            {"id": self.bolt.id, "company_id": self.company.id},
            {"id": self.bolt.id, "unit_id": 2**31 - 1},
            {"name": "Lost", "category_id": 2**31 - 1},
            {"id": self.milk.id, "weight": 1.5},
        )

        results = answer["results"]
        self.assertEqual(
            [result["status"] for result in results],
            ["created", *["refused"] * 7, "updated"],
        )
        self.assertEqual((answer["created"], answer["updated"], answer["refused"]), (1, 1, 7))
        self.assertEqual(
            [result.get("code") for result in results[1:8]],
            ["barcode_taken", "not_found", "not_found", *["invalid"] * 4],
        )
        self.assertIn("Bolt", results[1]["detail"])
        self.assertEqual(
            [[fault["where"] for fault in result["errors"]] for result in results[4:8]],
            [["item.name"], ["item.company_id"], ["item.unit_id"], ["item.category_id"]],
        )
        self.assertEqual(self.milk.weight, 1.5)
        self.assertEqual(
            (self.bolt.name, self.bolt.company_id.id, theirs.name), ("Bolt", False, "Tagine")
        )
        names = ("Copy", "Nobody", "Lost", "Ours")
        self.assertFalse(self.env["product.product"].search([("name", "in", names)]))

    def test_of_two_new_products_with_one_barcode_the_first_is_taken(self):
        answer = self.save(
            {"name": "First", "barcode": "4000000000001"},
            {"name": "Second", "barcode": "4000000000001"},
            {"name": "Third", "barcode": "4000000000002"},
        )

        self.assertEqual(
            [result["status"] for result in answer["results"]], ["created", "refused", "created"]
        )
        self.assertEqual(answer["results"][1]["code"], "barcode_taken")
        self.assertIn("First", answer["results"][1]["detail"])

    def test_an_item_relies_on_those_before_it_and_on_none_after(self):
        old = self.make_product("Old", barcode="4000000000001")
        free = {"id": old.id, "barcode": "4000000000002"}
        taking = {"name": "New", "barcode": "4000000000001"}

        early = self.save({"id": self.milk.id, "weight": 2}, taking, free)
        late = self.save(taking, {"id": self.milk.id, "weight": 3})

        self.assertEqual(
            [result["status"] for result in early["results"]], ["updated", "refused", "updated"]
        )
        self.assertEqual((late["created"], late["updated"]), (1, 1))

    def test_many_that_cannot_be_taken_cost_little_more_than_those_that_can(self):
        before = self.env.cr.sql_log_count
        self.save(*[{"name": f"Part {number}"} for number in range(60)])
        good = self.env.cr.sql_log_count - before

        before = self.env.cr.sql_log_count
        copies = [{"name": "Copy", "barcode": self.bolt.barcode} for _number in range(60)]
        answer = self.save(*copies)
        bad = self.env.cr.sql_log_count - before

        self.assertEqual(answer["refused"], 60)
        # Each is tried three times at the most: with all, with its part, and alone.
        self.assertLess(bad, 5 * good)

    def test_two_hundred_are_taken_and_one_more_is_not(self):
        items = [{"name": f"Part {number}", "reference": f"P-{number}"} for number in range(200)]
        bad = dict(items[99], barcode=self.bolt.barcode)

        answer = self.save(*items[:99], bad, *items[100:])

        self.assertEqual((answer["created"], answer["refused"]), (199, 1))
        self.assertEqual(answer["results"][99]["code"], "barcode_taken")
        parts = self.env["product.product"].search([("default_code", "=like", "P-%")], order="id")
        self.assertEqual(
            [result.get("id") for result in answer["results"] if "id" in result], parts.ids
        )
        response = self.call("POST", "/products/bulk", self.writer, {"items": [*items, items[0]]})
        self.assert_faults(response, "body.items")
        self.assert_faults(
            self.call("POST", "/products/bulk", self.writer, {"items": []}), "body.items"
        )

    def test_an_unknown_property_refuses_the_whole_request(self):
        body = {"items": [{"name": "Kettle"}, {"name": "Toaster", "standard_price": 1}]}

        response = self.call("POST", "/products/bulk", self.writer, body)

        self.assert_faults(response, "body.items.1.standard_price")
        self.assertFalse(self.env["product.product"].search([("name", "=", "Kettle")]))

    def test_the_same_batch_sent_again_under_its_key_is_taken_once(self):
        once = {"Idempotency-Key": "batch-1"}
        body = {"items": [{"name": "Kettle"}, {"name": "Copy", "barcode": self.bolt.barcode}]}

        first = self.call("POST", "/products/bulk", self.writer, body, once)
        again = self.call("POST", "/products/bulk", self.writer, body, once)

        self.assertEqual(first.json(), again.json())
        self.assertEqual(self.env["product.product"].search_count([("name", "=", "Kettle")]), 1)
