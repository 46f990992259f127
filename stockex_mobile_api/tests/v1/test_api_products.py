from odoo.tests import tagged

from .common import ApiCase


@tagged("post_install", "-at_install")
class TestApiProducts(ApiCase):
    """One product, as it is read."""

    roles = ("karim", "carla", "ada")

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

    def test_a_product_is_shown_with_its_names_and_links(self):
        shown = self.get(self.path(self.bolt), self.reader)

        currency = self.bolt.currency_id
        self.assertEqual(
            shown,
            {
                "id": self.bolt.id,
                "name": "Bolt",
                "reference": "SX-Bolt",
                "barcode": "3700000000013",
                "category": {"id": self.goods.id, "name": "Kitchen"},
                "unit": {"id": self.bolt.uom_id.id, "name": "Units"},
                "type": "consu",
                "is_storable": True,
                "tracking": "none",
                "has_expiry_date": False,
                "list_price": 29.9,
                "currency": {"id": currency.id, "name": currency.name},
                "standard_price": 10.0,
                "weight": 0.5,
                "volume": 0.01,
                "abc_class": "a",
                "active": True,
                "company": None,
                "created_at": self.bolt.create_date.replace(microsecond=0).isoformat() + "Z",
                "updated_at": self.bolt.write_date.replace(microsecond=0).isoformat() + "Z",
            },
        )

    def test_only_what_is_asked_for_is_sent(self):
        shown = self.get(self.path(self.bolt), self.reader, fields="name,id")

        self.assertEqual(shown, {"id": self.bolt.id, "name": "Bolt"})
        response = self.call("GET", self.path(self.bolt), self.reader, params={"fields": "secret"})
        self.assert_problem(response, 422, "invalid")

    def test_costs_are_for_those_who_see_the_book(self):
        for user, cost in ((self.karim, None), (self.carla, 10.0), (self.ada, 10.0)):
            with self.subTest(user=user.login):
                key = self.key(user, "products:read")
                self.assertEqual(self.get(self.path(self.bolt), key)["standard_price"], cost)
                page = self.get("/products", key, search="Bolt")
                self.assertEqual([one["standard_price"] for one in page["data"]], [cost])

    def test_quantities_come_on_request_and_need_their_scope(self):
        self.stock(self.bolt, self.bin_a, 7654)
        wanted = "id,on_hand_quantity,free_quantity,forecast_quantity"
        both = ("products:read", "stock:read")
        for user, scopes, quantity in (
            (self.carla, both, 7654.0),
            (self.carla, both[:1], None),
            (self.karim, both, None),
        ):
            with self.subTest(user=user.login, scopes=scopes):
                key = self.key(user, *scopes)
                shown = self.get(self.path(self.bolt), key, fields=wanted)
                self.assertEqual(list(shown.values()), [self.bolt.id, *[quantity] * 3])
                whole = self.call("GET", self.path(self.bolt), key)
                self.assertNotIn("7654", whole.text)

    def test_the_version_changes_with_what_is_shown_and_not_with_the_stock(self):
        first = self.call("GET", self.path(self.bolt), self.reader)
        self.stock(self.bolt, self.bin_a, 5)
        etag = first.headers["ETag"]

        same = self.call("GET", self.path(self.bolt), self.reader, headers={"If-None-Match": etag})
        self.assertEqual((same.status_code, same.content), (304, b""))
        self.bolt.weight = 0.6
        other = self.call("GET", self.path(self.bolt), self.reader, headers={"If-None-Match": etag})
        self.assertEqual(other.status_code, 200)
        self.assertNotEqual(other.headers["ETag"], etag)

    def test_another_companys_product_is_not_found(self):
        self.add_other_company()
        theirs = self.make_product("Tagine", company_id=self.other_company.id)

        for method, path, body in (
            ("GET", self.path(theirs), None),
            ("GET", f"{self.path(theirs)}/stock", None),
            ("PATCH", self.path(theirs), {"name": "Ours"}),
            ("POST", f"{self.path(theirs)}/archive", {}),
            ("POST", f"{self.path(theirs)}/unarchive", {}),
        ):
            with self.subTest(path=path, method=method):
                before = self.snapshot()
                key = self.key(self.petra)
                self.assert_problem(self.call(method, path, key, body), 404, "not_found")
                self.assertEqual(self.snapshot(), before)
        page = self.get("/products", self.reader, search="Tagine")
        self.assertEqual(page["data"], [])

    def test_nonsense_ids_are_not_found(self):
        for number in ("0", "999999999", "2147483648", "99999999999999999999"):
            with self.subTest(number=number):
                response = self.call("GET", f"/products/{number}", self.reader)
                self.assert_problem(response, 404, "not_found")
