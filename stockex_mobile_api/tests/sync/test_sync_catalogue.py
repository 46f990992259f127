from datetime import datetime, timedelta

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ...exceptions import HandheldRefused
from ...models.sync.sync_catalogue import SLICES
from .sync_case import SyncCase

# What would tell a blind counter what is expected.
BOOK = ("book", "expected", "difference", "verdict", "cost", "value")


@tagged("post_install", "-at_install")
class TestSyncCatalogue(SyncCase):
    roles = ("karim", "lea", "carla")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.lot = cls.make_lot(cls.milk, "L-1")
        cls.stock(cls.bolt, cls.bin_a, 5)
        cls.stock(cls.bolt, cls.bin_b, 7)
        cls.stock(cls.milk, cls.bin_a, 3, cls.lot)
        cls.bin_a.barcode = "BIN-A"
        cls.bolt.write({"barcode": "3760000000017", "default_code": "BLT"})
        cls.open = cls.begun()

    def test_a_counter_gets_the_count_its_places_lines_and_goods(self):
        [session] = self.page("sessions")["rows"]
        self.assertEqual((session["id"], session["state"]), (self.open.id, "counting"))
        self.assertEqual(session["controller"], self.open.user_id.name)
        self.assertEqual(self.rows("locations")[self.bin_a.id]["barcode"], "BIN-A")
        line = self.line(self.open, self.bolt, self.bin_a)
        self.assertEqual(
            self.rows("lines")[line.id],
            {
                "id": line.id,
                "session": self.open.id,
                "product": self.bolt.id,
                "location": self.bin_a.id,
                "lot": None,
                "package": None,
                "owner": None,
                "uom": self.bolt.uom_id.id,
                "order": 1,
                "state": "pending",
                "mine": None,
                "base": self.base(line),
            },
        )
        product = self.rows("products")[self.bolt.id]
        self.assertEqual((product["code"], product["barcodes"]), ("BLT", ["3760000000017", "BLT"]))
        self.assertEqual(self.rows("lots")[self.lot.id]["product"], self.milk.id)

    def test_no_slice_tells_what_is_expected(self):
        for name in SLICES:
            for row in self.page(name)["rows"]:
                self.assertFalse([key for key in row if any(word in key for word in BOOK)], name)

    def test_another_companys_things_stay_there(self):
        theirs = self.make_product("Foreign", company_id=self.other_company.id)

        self.assertNotIn(theirs.id, self.rows("products"))
        mine = self.rows("products")
        self.assertIn(self.bolt.id, mine)

    def test_what_is_counted_shows_to_its_counter_only(self):
        line = self.line(self.open, self.bolt, self.bin_a)
        self.count(self.open, {line: 4}, user=self.lea)

        row = self.rows("lines")[line.id]

        self.assertEqual((row["state"], row["mine"]), ("counted", None))
        self.assertEqual(self.rows("lines", self.lea)[line.id]["mine"], 4)

    def test_pages_follow_one_another_without_gap_or_repetition(self):
        whole = list(self.rows("products"))
        found, after = [], None
        while True:
            page = self.page("products", after=after, limit=2)
            self.assertEqual(page["total"], len(whole))
            found += [row["id"] for row in page["rows"]]
            after = page["next"]
            if not after:
                break

        self.assertEqual(found, whole)
        self.assertEqual(found, sorted(found))

    def test_only_what_changed_comes_again_and_what_left_is_named(self):
        version = self.page("products")["version"]
        self.age_products()
        self.assertEqual(self.page("products", since=version)["rows"], [])
        self.bolt.default_code = "BLT-2"
        gone = self.make_product("Old")
        gone.active = False
        self.env.flush_all()

        page = self.page("products", since=version)

        self.assertEqual([row["id"] for row in page["rows"]], [self.bolt.id])
        self.assertEqual(page["gone"], gone.ids)

    def age_products(self):
        """Have no product changed since two hours."""
        long_ago = datetime.now() - timedelta(hours=2)
        self.env.flush_all()
        for table in ("product_product", "product_template", "product_uom"):
            self.env.cr.execute(
                SQL("UPDATE %s SET write_date = %s", SQL.identifier(table), long_ago)
            )
        self.env.invalidate_all()

    def test_what_stands_on_a_template_or_a_box_comes_again_too(self):
        version = self.page("products")["version"]
        left = self.make_product("Left")
        self.age_products()
        self.bolt.product_tmpl_id.name = "Bolt M8"
        box = self.env.ref("uom.product_uom_dozen")
        self.milk.product_uom_ids = [Command.create({"uom_id": box.id, "barcode": "BOX-12"})]
        left.product_tmpl_id.is_storable = False
        self.env.flush_all()

        page = self.page("products", since=version)

        found = {row["id"]: row for row in page["rows"]}
        self.assertEqual(set(found), set((self.bolt | self.milk).ids))
        self.assertEqual(found[self.bolt.id]["name"], "Bolt M8")
        self.assertEqual([pack["barcode"] for pack in found[self.milk.id]["packs"]], ["BOX-12"])
        self.assertEqual(page["gone"], left.ids)

    def test_a_box_that_lost_its_barcode_is_told_too(self):
        box = self.env.ref("uom.product_uom_dozen")
        [gone, moved] = self.env["product.uom"].create(
            [
                {"uom_id": box.id, "barcode": "BOX-GONE", "product_id": self.milk.id},
                {"uom_id": box.id, "barcode": "BOX-MOVED", "product_id": self.bolt.id},
            ]
        )
        version = self.page("products")["version"]
        self.age_products()

        gone.unlink()
        moved.product_id = self.milk
        self.env.flush_all()
        page = self.page("products", since=version)

        packs = {row["id"]: [pack["barcode"] for pack in row["packs"]] for row in page["rows"]}
        self.assertEqual(packs, {self.milk.id: ["BOX-MOVED"], self.bolt.id: []})

    def test_a_count_that_is_over_leaves_nothing_to_count(self):
        self.open.action_cancel()

        for name in ("sessions", "lines"):
            page = self.page(name)
            self.assertEqual((page["rows"], page["total"]), ([], 0), name)

    def test_what_there_cannot_be_is_refused(self):
        for sent in (
            {"slice": "users"},
            {"slice": None},
            {"slice": "_gone"},
            {"slice": "products", "since": "x"},
            {"slice": "products", "after": "1;DROP"},
            {"slice": "products", "limit": 0},
            {"slice": "products", "limit": 10**6},
            {"slice": "products", "since": 5},
        ):
            with self.subTest(sent=sent), self.assertRaises(HandheldRefused) as caught:
                self.page(sent.pop("slice"), **sent)
            self.assertEqual(caught.exception.code, "invalid")

    def test_a_device_that_never_called_or_was_shut_out_gets_nothing(self):
        catalogue = self.env(user=self.karim)["stockex.sync.catalogue"]
        call = {"device": self.device(), "protocol": 1, "slice": "products"}
        with self.assertRaises(HandheldRefused) as caught:
            catalogue._serve(call)
        self.assertEqual(caught.exception.code, "device_unknown")
        self.hello()
        device = self.env["stockex.sync.device"].search([("uuid", "=", self.device())])
        device.action_revoke()
        with self.assertRaises(HandheldRefused) as caught:
            catalogue._serve(call)
        self.assertEqual(caught.exception.code, "device_revoked")

    def test_a_page_costs_the_same_for_few_and_for_many(self):
        self.hello()
        for name in ("products", "lines"):
            self.rows(name)
            with self.subTest(slice=name):
                self.env.invalidate_all()
                few = self.queries(name)
                self.make_products_many(40)
                self.env.invalidate_all()
                self.assertLessEqual(self.queries(name), few + 2)

    def queries(self, name):
        start = self.env.cr.sql_log_count
        self.env(user=self.karim)["stockex.sync.catalogue"]._page(name)
        return self.env.cr.sql_log_count - start

    def make_products_many(self, number):
        products = self.env["product.product"].create(
            [{"name": f"Many {index}", "is_storable": True} for index in range(number)]
        )
        for product in products:
            self.find(self.open, product, self.bin_a, 1)
