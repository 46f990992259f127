from odoo.tests import tagged

from .common import ApiCase


@tagged("post_install", "-at_install")
class TestApiProductWriting(ApiCase):
    """One product: created, changed, archived."""

    roles = ("carla",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "stockex.group_controller,product.group_product_manager"
        cls.petra = cls.make_user("petra", groups, cls.company)
        cls.goods = cls.env["product.category"].create({"name": "Kitchen"})
        cls.bolt.write({"categ_id": cls.goods.id, "lst_price": 29.9, "weight": 0.5, "volume": 0.01})
        cls.bolt.with_company(cls.company).stockex_abc_class = "a"

    def setUp(self):
        super().setUp()
        self.writer = self.key(self.petra, "products:read", "products:write")
        self.reader = self.key(self.carla, "products:read")

    def snapshot(self):
        self.env.invalidate_all()
        products = self.env["product.product"].with_context(active_test=False).search([])
        return products.read(["name", "default_code", "barcode", "active", "lst_price"])

    def path(self, product):
        return f"/products/{product.id}"

    def test_a_product_is_created_as_it_was_sent(self):
        sent = {
            "name": "Kettle",
            "reference": "KET-17",
            "barcode": "3700000000990",
            "category_id": self.goods.id,
            "unit_id": self.bolt.uom_id.id,
            "type": "consu",
            "is_storable": True,
            "tracking": "serial",
            "list_price": 49.5,
            "weight": 1.25,
            "volume": 0.04,
            "abc_class": "b",
            "company_id": self.company.id,
        }

        response = self.call("POST", "/products", self.writer, sent)

        shown = self.body(response, 201)
        product = self.env["product.product"].browse(shown["id"])
        self.assertTrue(response.headers["Location"].endswith(f"/products/{product.id}"))
        self.assertEqual(shown, self.get(self.path(product), self.writer))
        self.assertEqual(
            {name: shown[name] for name in sent if name in shown},
            {name: value for name, value in sent.items() if not name.endswith("_id")},
        )
        self.assertEqual(shown["category"]["id"], self.goods.id)
        self.assertEqual(shown["company"], {"id": self.company.id, "name": "Maison Dupont"})
        self.assertEqual(product.lst_price, 49.5)
        self.assertEqual(product.create_uid, self.petra)

    def test_what_is_left_out_stays_and_null_empties(self):
        shown = self.send(
            "PATCH", self.path(self.bolt), self.writer, {"barcode": None, "list_price": 31}
        )

        self.assertEqual((shown["barcode"], shown["list_price"]), (None, 31.0))
        self.assertEqual(
            (shown["name"], shown["reference"], shown["weight"]), ("Bolt", "SX-Bolt", 0.5)
        )
        self.assertEqual((self.bolt.barcode, self.bolt.lst_price), (False, 31.0))

    def test_a_change_of_another_version_is_refused(self):
        etag = self.call("GET", self.path(self.bolt), self.writer).headers["ETag"]
        first = self.call(
            "PATCH", self.path(self.bolt), self.writer, {"weight": 2}, {"If-Match": etag}
        )
        self.assertEqual(first.status_code, 200)

        second = self.call(
            "PATCH", self.path(self.bolt), self.writer, {"weight": 3}, {"If-Match": etag}
        )

        self.assert_problem(second, 412, "changed", "Bolt")
        self.assertEqual(self.bolt.weight, 2)
        third = self.call(
            "PATCH",
            self.path(self.bolt),
            self.writer,
            {"weight": 3},
            {"If-Match": first.headers["ETag"]},
        )
        self.assertEqual(self.body(third)["weight"], 3.0)

    def test_a_barcode_that_is_taken_is_refused_by_whose_it_is(self):
        before = self.snapshot()

        for method, path, body in (
            ("POST", "/products", {"name": "Copy", "barcode": self.bolt.barcode}),
            ("PATCH", self.path(self.milk), {"barcode": self.bolt.barcode}),
        ):
            with self.subTest(method=method):
                response = self.call(method, path, self.writer, body)
                self.assert_problem(response, 409, "barcode_taken", "3700000000013", "Bolt")
        self.assertEqual(self.snapshot(), before)
        kept = self.send("PATCH", self.path(self.bolt), self.writer, {"barcode": self.bolt.barcode})
        self.assertEqual(kept["barcode"], "3700000000013")

    def test_a_barcode_of_a_packaging_is_refused(self):
        box = self.env["uom.uom"].create(
            {"name": "Box of 12", "relative_factor": 12, "relative_uom_id": self.bolt.uom_id.id}
        )
        self.env["product.uom"].create(
            {"product_id": self.bolt.id, "uom_id": box.id, "barcode": "3700000000994"}
        )

        response = self.call(
            "PATCH", self.path(self.milk), self.writer, {"barcode": "3700000000994"}
        )

        self.assert_problem(response, 409, "refused", "packaging")
        self.assertEqual(self.milk.barcode, "3700000000020")

    def test_archiving_takes_it_off_the_list_and_back(self):
        archived = self.send("POST", f"{self.path(self.bolt)}/archive", self.writer, {})

        self.assertFalse(archived["active"])
        ours = [("Bolt", True), ("Bolt", False)]
        lists = [
            {one["name"] for one in self.get("/products", self.reader, archived=flag)["data"]}
            for flag in ("true", "false")
        ]
        self.assertEqual(
            [name in found for (name, _), found in zip(ours, lists, strict=True)], [True, False]
        )
        self.assertEqual(self.get(self.path(self.bolt), self.reader)["active"], False)
        again = self.send("POST", f"{self.path(self.bolt)}/unarchive", self.writer, {})
        self.assertTrue(again["active"])

    def test_what_may_not_be_written_is_no_property(self):
        before = self.snapshot()
        for body in (
            {"company_id": self.company.id},
            {"standard_price": 1},
            {"active": False},
            {"id": 1},
            {"product_tmpl_id": 1},
        ):
            with self.subTest(body=body):
                response = self.call("PATCH", self.path(self.bolt), self.writer, body)
                self.assert_faults(response, f"body.{next(iter(body))}")
        self.assertEqual(self.snapshot(), before)

    def test_values_that_nothing_can_hold_are_refused(self):
        before = self.snapshot()
        for name, value in (
            ("name", "a\x00b"),
            ("name", ""),
            ("name", "x" * 201),
            ("name", None),
            ("name", 7),
            ("barcode", "1" * 201),
            ("category_id", 0),
            ("category_id", 2**31),
            ("category_id", True),
            ("unit_id", None),
            ("list_price", -1),
            ("list_price", 1e300),
            ("list_price", "9"),
            ("tracking", "pallet"),
            ("abc_class", "A"),
            ("is_storable", "yes"),
        ):
            with self.subTest(name=name, value=str(value)[:20]):
                response = self.call("PATCH", self.path(self.bolt), self.writer, {name: value})
                self.assert_faults(response, f"body.{name}")
        self.assertEqual(self.snapshot(), before)

    def test_a_new_product_needs_a_name_and_a_company_of_the_key(self):
        self.add_other_company()
        before = self.snapshot()

        self.assert_faults(self.call("POST", "/products", self.writer, {}), "body.name")
        body = {"name": "Tagine", "company_id": self.other_company.id}
        response = self.call("POST", "/products", self.writer, body)
        self.assert_problem(response, 409, "unknown_reference", "body.company_id")
        response = self.call("PATCH", self.path(self.bolt), self.writer, {"category_id": 2**31 - 1})
        self.assert_problem(response, 409, "unknown_reference", "body.category_id")

        self.assertEqual(self.snapshot(), before)

    def test_scope_and_role_must_both_allow_it(self):
        before = self.snapshot()
        no_scope = self.key(self.petra, "products:read")
        no_role = self.key(self.carla, "products:write")
        for key, code in ((no_scope, "scope_missing"), (no_role, "forbidden")):
            for method, path, body in (
                ("POST", "/products", {"name": "Kettle"}),
                ("PATCH", self.path(self.bolt), {"name": "Kettle"}),
                ("POST", f"{self.path(self.bolt)}/archive", {}),
                ("POST", "/products/bulk", {"items": [{"name": "Kettle"}]}),
            ):
                with self.subTest(code=code, path=path, method=method):
                    self.assert_problem(self.call(method, path, key, body), 403, code)
        other = self.key(self.petra, "stock:read")
        for path in ("/products", self.path(self.bolt), "/units", "/product-categories"):
            self.assert_problem(self.call("GET", path, other), 403, "scope_missing")
        self.assertEqual(self.snapshot(), before)

    def test_the_same_request_under_one_key_makes_one_product(self):
        once = {"Idempotency-Key": "kettle-1"}
        first = self.call("POST", "/products", self.writer, {"name": "Kettle"}, once)
        again = self.call("POST", "/products", self.writer, {"name": "Kettle"}, once)

        self.assertEqual((first.status_code, again.status_code), (201, 201))
        self.assertEqual(first.json(), again.json())
        kettles = self.env["product.product"].search([("name", "=", "Kettle")])
        self.assertEqual(kettles.ids, [first.json()["id"]])
