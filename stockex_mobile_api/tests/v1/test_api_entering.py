import uuid

from odoo.tests import tagged

from .common import ApiCase


@tagged("post_install", "-at_install")
class TestApiEntering(ApiCase):
    roles = ("karim", "lea", "carla")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 10)
        cls.counter = cls.key(cls.karim)
        session = cls.draft(cls.bin_a | cls.bin_b)
        session.action_start()
        cls.count_id = session.id
        cls.path = f"/counts/{cls.count_id}/entries"
        cls.the_line = cls.line(session, cls.bolt)

    def entry(self, quantity, **item):
        if "product_id" not in item:
            item.setdefault("line_id", self.the_line.id)
        return {"uuid": str(uuid.uuid4()), "quantity": quantity, **item}

    def enter(self, *entries, key=None, status=200):
        body = {"entries": list(entries)}
        found = self.send("POST", self.path, key or self.counter, body, status)
        self.the_line.invalidate_recordset()
        return found["results"] if status == 200 else found

    def test_each_entry_has_its_own_result_and_a_bad_one_harms_no_other(self):
        good, bad = self.entry(3), self.entry(-1)
        found = self.entry(2, product_id=self.bolt.id, location_id=self.bin_b.id)
        nowhere = self.entry(1, line_id=2**31 - 1)

        results = self.enter(good, bad, good, found, nowhere)

        self.assertEqual(
            [one["status"] for one in results],
            ["recorded", "refused", "duplicate", "recorded", "refused"],
        )
        self.assertEqual(results[0]["line"]["id"], self.the_line.id)
        self.assertEqual((results[0]["counted_quantity"], results[0]["unit"]), (3, "Units"))
        self.assertIn("negative", results[1]["detail"])
        self.assertEqual(self.the_line.counted_quantity, 3)
        entries = self.get(self.path, self.counter)["data"]
        self.assertEqual(sorted(one["quantity"] for one in entries), [2, 3])

    def test_what_was_sent_before_counts_once(self):
        entry = self.entry(4)

        first, again = self.enter(entry), self.enter({**entry, "quantity": 9})

        self.assertEqual((first[0]["status"], again[0]["status"]), ("recorded", "duplicate"))
        self.assertEqual(self.the_line.counted_quantity, 4)

    def test_a_uuid_of_somebody_else_or_of_ours_is_refused(self):
        entry = self.entry(4)
        self.enter(entry, key=self.key(self.lea))

        results = self.enter(entry, self.entry(1, uuid="void-12345"))

        self.assertEqual([one["status"] for one in results], ["refused", "refused"])
        self.assertEqual(self.the_line.counted_quantity, 4)

    def test_set_replaces_and_add_adds(self):
        self.enter(self.entry(4), self.entry(2))
        self.assertEqual(self.the_line.counted_quantity, 6)

        self.enter(self.entry(5, mode="set"))

        self.assertEqual(self.the_line.counted_quantity, 5)

    def test_a_thousand_entries_go_in_one_request_and_no_more(self):
        results = self.enter(*[self.entry(1) for _number in range(1000)])

        self.assertEqual({one["status"] for one in results}, {"recorded"})
        self.assertEqual(self.the_line.counted_quantity, 1000)
        refused = self.enter(*[self.entry(1) for _number in range(1001)], status=422)
        self.assertEqual(refused["errors"][0]["where"], "body.entries")

    def test_who_is_no_counter_and_a_count_that_is_closed_are_told_once(self):
        stranger = self.make_user("vera", "stockex.group_approver", self.company)
        before = self.footprint()

        refused = self.enter(self.entry(1), key=self.key(stranger), status=403)
        self.assertIn("not a counter", refused["detail"])
        self.assertEqual(self.footprint(), before)

        self.enter(self.entry(1))
        self.send("POST", f"/counts/{self.count_id}/submit", self.key(self.carla), {})
        refused = self.enter(self.entry(1), key=self.key(self.carla), status=409)
        self.assertEqual(refused["code"], "count_refused")

    def test_a_scan_says_what_it_is_and_what_happened(self):
        path = f"/counts/{self.count_id}/scan"
        place = self.send("POST", path, self.counter, {"barcode": self.bin_a.barcode})
        self.assertEqual(
            place,
            {
                "type": "location",
                "location": {"id": self.bin_a.id, "name": self.bin_a.complete_name},
            },
        )

        body = {"barcode": self.bolt.barcode, "location_id": self.bin_a.id}
        shown = self.send("POST", path, self.counter, body)

        self.assertEqual((shown["type"], shown["line"]["id"]), ("line", self.the_line.id))
        self.assertEqual((shown["counted_quantity"], shown["is_unexpected"]), (1, False))
        gs1 = {"barcode": f"010{self.bolt.barcode}3705", "location_id": self.bin_a.id}
        self.assertEqual(self.send("POST", path, self.counter, gs1)["counted_quantity"], 6)
        unknown = self.send("POST", path, self.counter, {"barcode": "no such thing"}, 409)
        self.assertEqual(unknown["code"], "barcode_unknown")

    def test_refusals_name_nothing_of_another_company(self):
        self.add_other_company()
        theirs = {"company_id": self.other_company.id}
        owner = self.env["res.partner"].create({"name": "Secret owner", **theirs})
        product = self.make_product("Secret tagine", company=self.other_company, **theirs)
        lot = self.make_lot(self.milk, "SECRET-LOT")
        lot.company_id = self.other_company
        package = self.env["stock.package"].create({"name": "SECRET-PACK"})
        self.stock(self.bolt, self.other_bin, 1, package=package)
        here = {"location_id": self.bin_a.id}

        results = self.enter(
            self.entry(1, product_id=product.id, **here),
            self.entry(1, product_id=self.bolt.id, location_id=self.other_bin.id),
            self.entry(1, product_id=self.milk.id, lot_id=lot.id, **here),
            self.entry(1, product_id=self.bolt.id, package_id=package.id, **here),
            self.entry(1, product_id=self.bolt.id, owner_id=owner.id, **here),
        )

        self.assertEqual({one["status"] for one in results}, {"refused"})
        told = " ".join(one["detail"] for one in results)
        self.assertNotIn("secret", told.lower())
        self.assertNotIn(self.other_bin.name, told)
        self.assertIn(f"“{product.id}” belongs to another company", told)

    def test_many_that_cannot_be_taken_cost_little(self):
        kilo = self.env.ref("uom.product_uom_kgm").id
        bad = (
            {"quantity": -1},
            {"quantity": 0.0001},
            {"line_id": 2**31 - 1},
            {"product_id": self.bolt.id, "location_id": self.bin_c.id},
            {"unit_id": kilo},
        )
        entries = [self.entry(**{"quantity": 1, **bad[number % 5]}) for number in range(400)]
        entries += [self.entry(1) for _number in range(100)]
        self.env.flush_all()
        before = self.env.cr.sql_log_count

        results = self.enter(*entries)

        self.assertLess(self.env.cr.sql_log_count - before, 250)
        self.assertEqual([one["status"] for one in results[:400]], ["refused"] * 400)
        self.assertEqual({one["status"] for one in results[400:]}, {"recorded"})
        words = ("negative", "decimals", "not in", "not part", "cannot be counted in")
        for word, one in zip(words, results, strict=False):
            self.assertIn(word, one["detail"])
        self.assertEqual(self.the_line.counted_quantity, 100)
